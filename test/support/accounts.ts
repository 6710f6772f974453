import { join } from "node:path";
import { type Account, writeAccounts } from "../../src/access/account-file.ts";
import { hashPassword } from "../../src/access/password.ts";

export const PASSWORD = "correct horse battery staple";

let hashed: Promise<string> | undefined;

/** People of a test, all with the same password: hashing takes half a second. */
export class AccountFile {
  readonly path: string;
  readonly #accounts = new Map<string, Account>();

  constructor(directory: string) {
    this.path = join(directory, "accounts.json");
  }

  async put(name: string, roles: readonly string[], more: Partial<Account> = {}): Promise<void> {
    hashed ??= hashPassword(PASSWORD);
    this.#accounts.set(name, { name, roles, password: await hashed, ...more });
    writeAccounts(this.path, [...this.#accounts.values()]);
  }

  remove(name: string): void {
    this.#accounts.delete(name);
    writeAccounts(this.path, [...this.#accounts.values()]);
  }
}
