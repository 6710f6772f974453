import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AccountBook } from "../../src/access/account-book.ts";
import { RoleTable } from "../../src/access/roles.ts";
import { runCli } from "./capture.ts";

const roles = new RoleTable("viewer=subscribe operator=subscribe,operate");
const PASSWORD = "correct horse battery staple";

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), "roadpulse-accounts-")), "accounts.json");
}

const book = (path: string) =>
  new AccountBook({ path, roles, onFault: () => undefined, onChanged: () => undefined });

describe("roadpulse account", () => {
  it("adds, lists, changes and removes people whom a server then knows", async () => {
    const file = newFile();
    const run = (args: readonly string[], stdin?: string) =>
      runCli(["account", ...args, "--file", file], stdin === undefined ? {} : { stdin });
    const added = await run(
      ["add", "a.operator", "--display-name", "Ada", "--role", "operator", "agency:port"],
      `${PASSWORD}\nrest`,
    );
    expect([added.code, added.stderr]).toEqual([0, "a.operator may log in.\n"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).not.toContain(PASSWORD);
    expect(await book(file).check("a.operator", PASSWORD)).toEqual({
      subject: "a.operator",
      name: "Ada",
      agency: "port",
      scopes: new Set(["subscribe", "operate"]),
    });
    expect((await run(["list"])).stdout).toBe("a.operator\toperator,agency:port\tAda\n");
    expect((await run(["passwd", "a.operator"], "another long password")).code).toBe(0);
    expect(await book(file).check("a.operator", PASSWORD)).toBeUndefined();
    expect((await run(["role", "a.operator", "viewer"])).code).toBe(0);
    const person = await book(file).check("a.operator", "another long password");
    expect(person).toMatchObject({ agency: "centre", scopes: new Set(["subscribe"]) });
    expect((await run(["remove", "a.operator"])).code).toBe(0);
    expect((await run(["list"])).stdout).toBe("");
  });

  it("names a mistake and changes nothing", async () => {
    const file = newFile();
    const run = (args: readonly string[], stdin = PASSWORD) =>
      runCli(["account", ...args, "--file", file], { stdin });
    await run(["add", "a", "--role", "viewer"]);
    const before = readFileSync(file, "utf8");
    const mistakes: [string[], string, string?][] = [
      [["add", "a", "--role", "viewer"], "has an account already"],
      [["add", "B C", "--role", "viewer"], "small letters"],
      [["add", "b", "--role", "king"], "king is no role; there are viewer, operator"],
      [["add", "b", "--role", "agency:port", "agency:police"], "two agencies"],
      [["add", "b", "--role", "viewer"], "at least 15 characters", "short"],
      [["add", "b", "--role", "viewer"], "No password came", ""],
      [["add", "harbourmaster", "--role", "viewer"], "holds the account's name", "the harbourmaster himself"],
      [["passwd", "b"], "holds no account b"],
    ];
    for (const [args, message, stdin] of mistakes) {
      const { code, stderr } = await run(args, stdin);
      expect(stderr, args.join(" ")).toContain(message);
      expect(code).not.toBe(0);
    }
    expect(readFileSync(file, "utf8")).toBe(before);
    expect((await runCli(["account", "list"])).stderr).toContain("--file");
  });

  it("reads no file that others can read, and says what is wrong with one", async () => {
    const file = newFile();
    writeFileSync(file, "{}", { mode: 0o600 });
    const list = async () => (await runCli(["account", "list", "--file", file])).stderr;
    expect(await list()).toContain("accounts must be a list");
    const hash = `$scrypt$ln=15,r=8,p=3$${"A".repeat(22)}$${"A".repeat(43)}`;
    const of = (account: object) => writeFileSync(file, JSON.stringify({ accounts: [account] }));
    of({ name: "a", roles: ["viewer"], password: hash, admin: true });
    expect(await list()).toContain("accounts[0].admin is not known");
    of({ name: "a", roles: ["king"], password: hash });
    expect(await list()).toContain("king is no role");
    of({ name: "a", roles: [], password: hash.replace("ln=15", "ln=30") });
    expect(await list()).toContain("password must be a hash");
    chmodSync(file, 0o640);
    expect(await list()).toContain("chmod 600");
  });
});
