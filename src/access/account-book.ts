import { isDeepStrictEqual } from "node:util";
import { type Account, readAccounts } from "./account-file.ts";
import { fileVersion } from "./file-version.ts";
import { PasswordChecker } from "./password.ts";
import type { RoleRights, RoleTable } from "./roles.ts";

/** Somebody who has shown their password. */
export interface KnownPerson extends RoleRights {
  readonly subject: string;
  readonly name: string;
}

export interface AccountBookOptions {
  readonly path: string;
  readonly roles: RoleTable;
  /** The file cannot be used, or can be again (`undefined`). Called on changes only. */
  readonly onFault: (fault: string | undefined) => void;
  /** People who are gone, or whose password, roles or name have changed. */
  readonly onChanged: (names: ReadonlySet<string>) => void;
}

/** Local accounts of people, from a file that is read again when it changes. */
export class AccountBook {
  readonly #options: AccountBookOptions;
  readonly #checker = new PasswordChecker();
  #accounts: ReadonlyMap<string, Account>;
  #version: string;
  #fault: string | undefined;

  /** @throws Error in one clause where the file cannot be used */
  constructor(options: AccountBookOptions) {
    this.#options = options;
    this.#version = fileVersion(options.path);
    this.#accounts = byName(readAccounts(options.path, options.roles));
  }

  get fault(): string | undefined {
    return this.#fault;
  }

  /** Too many passwords are being checked: come back later. */
  get isBusy(): boolean {
    return this.#checker.isFull;
  }

  has(name: string): boolean {
    return this.#accounts.has(name);
  }

  /** Who has the name and the password; undefined where nobody does, which takes as long. */
  async check(name: string, password: string): Promise<KnownPerson | undefined> {
    const account = this.#accounts.get(name);
    const isRight = await this.#checker.isRight(account?.password, password);
    // The file may have changed while the password was being checked.
    if (!isRight || account === undefined || this.#accounts.get(name) !== account) return undefined;
    const rights = this.#options.roles.rightsOf(account.roles);
    return { subject: account.name, name: account.displayName ?? account.name, ...rights };
  }

  /** Reads the file again where it has changed; one that cannot be used leaves the earlier one in force. */
  look(): void {
    const before = this.#fault;
    try {
      const version = fileVersion(this.#options.path);
      if (version !== this.#version || this.#fault !== undefined) this.#readAgain(version);
      this.#fault = undefined;
    } catch (error) {
      this.#fault = (error as Error).message;
    }
    if (this.#fault !== before) this.#options.onFault(this.#fault);
  }

  #readAgain(version: string): void {
    const fresh = byName(readAccounts(this.#options.path, this.#options.roles));
    const changed = new Set<string>();
    for (const [name, account] of this.#accounts) {
      const now = fresh.get(name);
      // Who has not changed stays the same object, so that a check that is under way holds.
      if (now !== undefined && isDeepStrictEqual(now, account)) fresh.set(name, account);
      else changed.add(name);
    }
    this.#accounts = fresh;
    this.#version = version;
    if (changed.size > 0) this.#options.onChanged(changed);
  }
}

function byName(accounts: readonly Account[]): Map<string, Account> {
  return new Map(accounts.map((account) => [account.name, account]));
}
