import type { Command } from "commander";
import type { CliIo } from "./io.ts";

export function addMapCheckCommand(_map: Command, _io: CliIo): void {}
