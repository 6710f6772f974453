import { join } from "node:path";
import type { Command } from "commander";
import { envNameOf } from "../config/fields.ts";
import { STORE_FOLDERS } from "../store/store-folders.ts";
import { type CliIo, CommandFailure, usageFailure } from "./io.ts";

export interface StoreFlags {
  readonly data?: string;
}

const VARIABLE = envNameOf("store.directory");

export function addDataOption(command: Command): Command {
  return command.option("--data <folder>", `store.directory of the server (or ${VARIABLE})`);
}

/** Folder of the alert log. @throws CommandFailure where none is named */
export function alertsFolder(flags: StoreFlags, io: CliIo): string {
  const directory = flags.data ?? (io.env[VARIABLE] || undefined);
  if (directory !== undefined) return join(directory, STORE_FOLDERS.alerts);
  throw usageFailure("Which store?", `Name its folder with --data, or set ${VARIABLE}.`);
}

/** Sentences of the store are for people. */
export async function tellingStoreErrors<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // By name: the class itself would load the store.
    if (error instanceof Error && error.name === "JournalError") throw new CommandFailure(error.message);
    throw error;
  }
}
