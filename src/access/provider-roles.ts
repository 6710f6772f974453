import { isPlainName } from "./claims.ts";
import { type Refused, refuse } from "./refusal.ts";
import type { RoleTable } from "./roles.ts";
import type { Person } from "./sessions.ts";

export interface ProviderRolesOptions {
  readonly table: RoleTable;
  /** Claim that lists roles or groups; points lead inside. */
  readonly rolesClaim: string;
  readonly nameClaim: string;
  /** Which of the provider's roles are which of ours: `tmc-desk=operator tmc-police=viewer,agency:police`. */
  readonly mapping: string;
}

/** Names that are shown where the claim of the configuration is missing (OpenID Connect Core 1.0 §5.1). */
const OTHER_NAMES = ["preferred_username", "email"];

/** Who somebody is and what they may do, by what a provider says of them. */
export class ProviderRoles {
  readonly #options: ProviderRolesOptions;
  readonly #mapping: ReadonlyMap<string, readonly string[]> | undefined;

  /** @throws Error, one clause, where the mapping names an unknown role */
  constructor(options: ProviderRolesOptions) {
    this.#options = options;
    this.#mapping = options.mapping.trim() === "" ? undefined : readMapping(options.mapping, options.table);
  }

  /** Roles of the provider that mean nothing here are passed over; somebody with none that does may do nothing. */
  personOf(claims: Readonly<Record<string, unknown>>): Person | Refused {
    const subject = claims["sub"];
    if (!isPlainName(subject)) return refuse("bad-credentials", "the identity provider names nobody");
    const roles = this.#rolesOf(claims);
    if (roles.length === 0) return refuse("missing-scope", "the identity provider gives you no role here");
    try {
      const rights = this.#options.table.rightsOf(roles);
      return { subject, name: this.#nameOf(claims) ?? subject, ...rights };
    } catch (error) {
      return refuse("not-permitted", (error as Error).message);
    }
  }

  #rolesOf(claims: Readonly<Record<string, unknown>>): readonly string[] {
    const value = valueAt(claims, this.#options.rolesClaim);
    const theirs = (typeof value === "string" ? value.split(" ") : Array.isArray(value) ? value : []).filter(
      (role): role is string => typeof role === "string",
    );
    const { table } = this.#options;
    return this.#mapping === undefined
      ? theirs.filter((role) => table.knows(role))
      : theirs.flatMap((role) => this.#mapping?.get(role) ?? []);
  }

  #nameOf(claims: Readonly<Record<string, unknown>>): string | undefined {
    const names = [valueAt(claims, this.#options.nameClaim), ...OTHER_NAMES.map((claim) => claims[claim])];
    return names.find(isPlainName);
  }
}

function readMapping(text: string, table: RoleTable): ReadonlyMap<string, readonly string[]> {
  return new Map(
    text
      .split(" ")
      .filter((word) => word !== "")
      .map((entry) => {
        const at = entry.lastIndexOf("=");
        const roles = entry.slice(at + 1).split(",");
        const unknown = roles.find((role) => !table.knows(role));
        if (at < 1 || unknown !== undefined)
          throw new Error(`${entry} names no role of access.roles; there are ${table.names.join(", ")}`);
        return [entry.slice(0, at), roles];
      }),
  );
}

/** A claim by its whole name, or else by points that lead inside. */
function valueAt(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let value: unknown = claims;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
