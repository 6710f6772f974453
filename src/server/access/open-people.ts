import { readFileSync } from "node:fs";
import { AccountBook } from "../../access/account-book.ts";
import { Provider } from "../../access/provider.ts";
import { ProviderRoles } from "../../access/provider-roles.ts";
import { RoleTable } from "../../access/roles.ts";
import { type Session, type SessionEnd, Sessions } from "../../access/sessions.ts";
import type { Config } from "../../config/schema.ts";
import type { Gatekeeper } from "./gatekeeper.ts";
import { Logins } from "./logins.ts";

/** What people log in with, opened; undefined members where the configuration has none. */
export interface People {
  readonly sessions: Sessions;
  readonly accounts: AccountBook | undefined;
  readonly provider: Provider | undefined;
  /** @returns logging in for a gatekeeper that knows the sessions; called once */
  begin(gatekeeper: Gatekeeper): Logins;
  close(): void;
}

/** How often files and the provider are looked at, and sessions ended. */
const LOOK_MS = 1_000;

type Tell = (what: string) => (fault: string | undefined) => void;

/**
 * Opens what people log in with; undefined where nobody does.
 * @throws Error in one clause where a file or a table of roles cannot be used
 */
export function openPeople(config: Config, nowMs: () => number, tell: Tell): People | undefined {
  const { access, oidc, session } = config;
  if (access.accounts === undefined && oidc.issuer === undefined) return undefined;
  const table = named("access.roles", () => new RoleTable(access.roles));
  let onEnd: (session: Session, end: SessionEnd) => void = () => undefined;
  const sessions = new Sessions({ ...session, nowMs, onEnd: (ended, end) => onEnd(ended, end) });
  const accounts = access.accounts && openAccounts(access.accounts, table, sessions, tell);
  const provider = openProvider(config, nowMs, tell);
  const providerRoles = named("oidc.roles", () => openProviderRoles(config, table));
  let timer: NodeJS.Timeout | undefined;
  return {
    sessions,
    accounts: accounts || undefined,
    provider,
    begin(gatekeeper) {
      onEnd = (ended, end) => gatekeeper.noteSession(end, ended);
      const logins = new Logins({
        sessions,
        accounts: accounts || undefined,
        provider,
        providerRoles,
        gatekeeper,
      });
      provider?.look();
      timer = setInterval(() => logins.sweep(), LOOK_MS).unref();
      return logins;
    },
    close: () => clearInterval(timer),
  };
}

function openAccounts(path: string, roles: RoleTable, sessions: Sessions, tell: Tell): AccountBook {
  return new AccountBook({
    path,
    roles,
    onFault: tell("the accounts"),
    onChanged: (names) =>
      sessions.endWhere(({ kind, subject }) => kind === "account" && names.has(subject), "changed"),
  });
}

function openProvider({ oidc, access }: Config, nowMs: () => number, tell: Tell): Provider | undefined {
  const { issuer, clientId, clientSecret, clientCredentialFile, scope } = oidc;
  if (issuer === undefined || clientId === undefined) return undefined;
  const secretOf = () =>
    clientCredentialFile === undefined ? clientSecret : readFileSync(clientCredentialFile, "utf8").trim();
  // A file that is not there is a mistake now, not at the first login.
  secretOf();
  const { clockToleranceS } = access;
  const onFault = tell("the identity provider");
  return new Provider({ issuer, clientId, clientSecret: secretOf, scope, clockToleranceS, nowMs, onFault });
}

function openProviderRoles({ oidc }: Config, table: RoleTable): ProviderRoles {
  const { rolesClaim, nameClaim, roles: mapping } = oidc;
  return new ProviderRoles({ table, rolesClaim, nameClaim, mapping });
}

function named<Value>(setting: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    throw new Error(`${setting}: ${(error as Error).message}`);
  }
}
