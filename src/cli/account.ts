import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { Account } from "../access/account-file.ts";
import type { RoleTable } from "../access/roles.ts";
import { addConfigOptions, type ConfigFlags, configFrom } from "./config-options.ts";
import { type CliIo, CommandFailure, usageFailure } from "./io.ts";
import { readNewPassword } from "./password-prompt.ts";

interface AccountFlags extends ConfigFlags {
  readonly file?: string;
  readonly role?: readonly string[];
  readonly displayName?: string;
}

/** The file that a command changes, and what its accounts may be. */
interface Place {
  readonly path: string;
  readonly table: RoleTable;
  readonly accounts: readonly Account[];
}

const EXAMPLES = `
Examples:
  roadpulse account add a.operator --role operator --file accounts.json
  roadpulse account add p.desk --role viewer agency:police --display-name "Police, control room"
  roadpulse account role a.operator supervisor
  pass show roadpulse | roadpulse account passwd a.operator

The password is asked for, or read from the first line of stdin; it is never taken from the command line.
A server that uses the file (access.accounts) reads it again within a second; sessions of people who are
changed or removed end then.
`;

/** People who may log in with name and password. */
export function addAccountCommand(program: Command, io: CliIo): void {
  const account = program
    .command("account")
    .summary("people who may log in")
    .description("Add, change and remove people who may log in with name and password.")
    .addHelpText("after", EXAMPLES);
  const command = (usage: string, description: string) =>
    addConfigOptions(
      account
        .command(usage)
        .description(description)
        .option("--file <file>", "file of the accounts; access.accounts of the configuration where absent"),
    );
  command("add <name>", "Add somebody; makes the file where there is none.")
    .requiredOption("--role <roles...>", "what they may do: roles of access.roles, and agency:<name>")
    .option("--display-name <name>", "name to show")
    .action((name: string, flags: AccountFlags) => add(name, flags, io));
  command("list", "List everybody.").action((flags: AccountFlags) => list(flags, io));
  command("passwd <name>", "Give somebody a new password.").action((name: string, flags: AccountFlags) =>
    passwd(name, flags, io),
  );
  command("role <name> <roles...>", "Give somebody other roles.").action(
    (name: string, roles: string[], flags: AccountFlags) => role(name, roles, flags, io),
  );
  command("remove <name>", "Remove somebody.").action((name: string, flags: AccountFlags) =>
    remove(name, flags, io),
  );
}

async function add(name: string, flags: AccountFlags, io: CliIo): Promise<void> {
  const { nameProblem } = await import("../access/account-file.ts");
  const place = await placeOf(flags, io, true);
  const problem = nameProblem(name);
  if (problem !== undefined) throw usageFailure(`${name} cannot be an account: ${problem}.`);
  if (place.accounts.some((known) => known.name === name))
    throw new CommandFailure(`${name} has an account already.`, "Use passwd or role to change it.");
  const roles = flags.role ?? [];
  checkRoles(place, roles);
  const password = await newHash(name, io);
  const { displayName } = flags;
  const added = { name, ...(displayName === undefined ? {} : { displayName }), roles, password };
  await write(place, [...place.accounts, added]);
  io.stderr.write(`${name} may log in.\n`);
}

async function list(flags: AccountFlags, io: CliIo): Promise<void> {
  const { accounts } = await placeOf(flags, io);
  for (const { name, roles, displayName } of accounts)
    io.stdout.write(`${[name, roles.join(","), displayName ?? ""].join("\t").trimEnd()}\n`);
}

async function passwd(name: string, flags: AccountFlags, io: CliIo): Promise<void> {
  const place = await placeOf(flags, io);
  known(place, name);
  const password = await newHash(name, io);
  await write(place, changed(place, name, { password }));
  io.stderr.write(`${name} has a new password.\n`);
}

async function role(name: string, roles: readonly string[], flags: AccountFlags, io: CliIo): Promise<void> {
  const place = await placeOf(flags, io);
  known(place, name);
  checkRoles(place, roles);
  await write(place, changed(place, name, { roles }));
  io.stderr.write(`${name} has the roles ${roles.join(", ")}.\n`);
}

async function remove(name: string, flags: AccountFlags, io: CliIo): Promise<void> {
  const place = await placeOf(flags, io);
  known(place, name);
  await write(
    place,
    place.accounts.filter((other) => other.name !== name),
  );
  io.stderr.write(`${name} may not log in any more.\n`);
}

async function placeOf(flags: AccountFlags, io: CliIo, mayBeNew = false): Promise<Place> {
  const { RoleTable } = await import("../access/roles.ts");
  const { readAccounts } = await import("../access/account-file.ts");
  const { access } = configFrom(flags, io);
  const path = flags.file ?? access.accounts;
  if (path === undefined)
    throw usageFailure("Nothing says which file holds the accounts.", "Give --file, or set access.accounts.");
  try {
    const table = new RoleTable(access.roles);
    return { path, table, accounts: mayBeNew && !existsSync(path) ? [] : readAccounts(path, table) };
  } catch (error) {
    throw new CommandFailure(`${(error as Error).message}.`);
  }
}

function known({ accounts, path }: Place, name: string): void {
  if (!accounts.some((account) => account.name === name))
    throw new CommandFailure(`${path} holds no account ${name}.`);
}

function changed({ accounts }: Place, name: string, change: Partial<Account>): readonly Account[] {
  return accounts.map((account) => (account.name === name ? { ...account, ...change } : account));
}

function checkRoles({ table }: Place, roles: readonly string[]): void {
  try {
    table.rightsOf(roles);
  } catch (error) {
    throw usageFailure(`${(error as Error).message}.`);
  }
}

async function newHash(name: string, io: CliIo): Promise<string> {
  const { hashPassword, passwordProblem } = await import("../access/password.ts");
  const password = await readNewPassword(io);
  const problem = passwordProblem(password, name);
  if (problem !== undefined) throw usageFailure(`The password is not taken: ${problem}.`);
  return await hashPassword(password);
}

async function write({ path }: Place, accounts: readonly Account[]): Promise<void> {
  const { writeAccounts } = await import("../access/account-file.ts");
  writeAccounts(path, accounts);
}
