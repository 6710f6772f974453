import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { isPlainName } from "./claims.ts";
import { readHash } from "./password.ts";
import type { RoleTable } from "./roles.ts";

/** One person of the account file. */
export interface Account {
  readonly name: string;
  /** Shown instead of the name. */
  readonly displayName?: string;
  readonly roles: readonly string[];
  /** In the PHC string format. */
  readonly password: string;
}

/** A file of a thousand people has 300 kB. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_ACCOUNTS = 10_000;

const ACCOUNT_NAME = /^[a-z0-9][a-z0-9._@-]{0,63}$/;

/** Why nobody may have the name; undefined where somebody may. */
export function nameProblem(name: string): string | undefined {
  if (ACCOUNT_NAME.test(name)) return undefined;
  return "a name has 1 to 64 small letters, digits and . _ @ -, and begins with a letter or digit";
}

/**
 * Reads `{"accounts": [{"name": "a.operator", "roles": ["operator"], "password": "$scrypt$…"}]}`.
 * @throws Error in one clause that begins with the path
 */
export function readAccounts(path: string, roles: RoleTable): readonly Account[] {
  try {
    const root = JSON.parse(readPrivately(path)) as { readonly accounts?: unknown } | null;
    const entries = root?.accounts;
    if (!Array.isArray(entries) || entries.length > MAX_ACCOUNTS)
      throw new Error(`accounts must be a list of at most ${MAX_ACCOUNTS} entries`);
    const accounts = entries.map((entry, index) => readAccount(entry, `accounts[${index}]`, roles));
    const twice = accounts.find(({ name }, index) => accounts.findIndex((a) => a.name === name) !== index);
    if (twice !== undefined) throw new Error(`${twice.name} stands in it twice`);
    return accounts;
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}

/** Writes the file whole or not at all, for its owner's eyes only. */
export function writeAccounts(path: string, accounts: readonly Account[]): void {
  const draft = `${path}.${process.pid}.new`;
  const file = openSync(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    fchmodSync(file, 0o600);
    writeFileSync(file, `${JSON.stringify({ accounts }, undefined, 2)}\n`);
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** The mode is that of the file that is read, not of one that takes its place in between. */
function readPrivately(path: string): string {
  const file = openSync(path, "r");
  try {
    const { mode, size } = fstatSync(file);
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw new Error("others than its owner can read or change it; chmod 600 mends that");
    if (size > MAX_FILE_BYTES) throw new Error(`larger than ${MAX_FILE_BYTES} bytes`);
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

function readAccount(entry: unknown, at: string, table: RoleTable): Account {
  const { name, displayName, roles, password, ...others } = (entry ?? {}) as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Error(`${at}.${unknown.slice(0, 32)} is not known`);
  if (typeof name !== "string" || nameProblem(name) !== undefined)
    throw new Error(`${at}.name: ${nameProblem(String(name))}`);
  if (displayName !== undefined && !isPlainName(displayName))
    throw new Error(`${at}.displayName must be 1 to 128 printable characters`);
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === "string"))
    throw new Error(`${at}.roles must be a list of roles`);
  if (typeof password !== "string") throw new Error(`${at}.password is missing`);
  within(`${at}.roles`, () => table.rightsOf(roles));
  within(at, () => readHash(password));
  return { name, roles, password, ...(displayName === undefined ? {} : { displayName }) };
}

function within(at: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    throw new Error(`${at}: ${(error as Error).message}`);
  }
}
