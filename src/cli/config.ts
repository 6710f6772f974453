import type { Command } from "commander";
import { printConfig } from "../config/print.ts";
import { configWarnings } from "../config/rules.ts";
import { addConfigOptions, type ConfigFlags, configFrom } from "./config-options.ts";
import type { CliIo } from "./io.ts";

export function addConfigCommand(program: Command, io: CliIo): void {
  const config = program.command("config").summary("check or print the configuration");
  config.description("Check or print the configuration that the server would start with.");

  addConfigOptions(config.command("check"))
    .description("Name every mistake in the configuration. Starts nothing; exit code 2 where there is one.")
    .action((flags: ConfigFlags) => {
      const warnings = configWarnings(configFrom(flags, io));
      for (const warning of warnings) io.stderr.write(`Warning: ${warning}\n`);
      io.stdout.write("The configuration is valid.\n");
    });

  addConfigOptions(config.command("print"))
    .description("Print the effective configuration as JSON, secrets masked.")
    .action((flags: ConfigFlags) => {
      io.stdout.write(`${printConfig(configFrom(flags, io))}\n`);
    });
}
