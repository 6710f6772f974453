import type { Command } from "commander";
import type { Finding } from "./hop.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { addUrlOption, streamAddress } from "./stream-address.ts";
import { painter, printable } from "./style.ts";

interface DoctorFlags {
  readonly url: string;
  readonly json?: boolean;
}

export function addDoctorCommand(program: Command, io: CliIo): void {
  addUrlOption(program.command("doctor"))
    .summary("find the broken hop of a running server")
    .description(
      "Follow a message through a running server, hop by hop, and name the one that is broken. Sends one status " +
        "reading under the source name roadpulse-doctor. Exit code 1 where something is broken.",
    )
    .option("--json", "one JSON object")
    .action(async (flags: DoctorFlags) => {
      const url = streamAddress(flags.url);
      const { examine } = await import("./doctor-hops.ts");
      const findings: Finding[] = [];
      for await (const finding of examine(new URL(url))) {
        findings.push(finding);
        if (flags.json !== true) io.stdout.write(findingText(finding, io));
      }
      if (flags.json === true) io.stdout.write(`${JSON.stringify({ url, findings })}\n`);
      const broken = findings.find(({ state }) => state === "failed");
      if (broken !== undefined) throw new CommandFailure(`The broken hop is ${broken.hop}.`);
    });
}

const HOP_CHARACTERS = 12;

function findingText({ hop, state, text, hint }: Finding, io: CliIo): string {
  const paint = painter(io.stdout, io.env);
  const mark = {
    ok: paint("green", "ok     "),
    failed: paint("red", "FAILED "),
    skipped: paint("dim", "skipped"),
  }[state];
  const advice = hint === undefined ? "" : `${" ".repeat(HOP_CHARACTERS + 9)}${hint}\n`;
  return `${hop.padEnd(HOP_CHARACTERS)} ${mark} ${printable(text)}\n${advice}`;
}
