import type { Command } from "commander";
import { type CliIo, CommandFailure, usageFailure } from "./io.ts";
import { painter, printable } from "./style.ts";

interface DoctorFlags {
  readonly url: string;
  readonly json?: boolean;
}

/** What was found at one hop of the way from a producer's socket to a subscriber's. */
export interface Finding {
  readonly hop: string;
  readonly state: "ok" | "failed" | "skipped";
  /** What was seen, one phrase. */
  readonly text: string;
  /** What to do, one sentence. */
  readonly hint?: string;
}

export const DEFAULT_STREAM_URL = "ws://127.0.0.1:8080/v1/stream";

export function addDoctorCommand(program: Command, io: CliIo): void {
  program
    .command("doctor")
    .summary("find the broken hop of a running server")
    .description(
      "Follow a message through a running server, hop by hop, and name the one that is broken. Sends one status " +
        "reading under the source name roadpulse-doctor. Exit code 1 where something is broken.",
    )
    .option("--url <url>", "stream address of the server", DEFAULT_STREAM_URL)
    .option("--json", "one JSON object")
    .action(async (flags: DoctorFlags) => {
      const url = streamUrl(flags.url);
      const { examine } = await import("./doctor-hops.ts");
      const findings: Finding[] = [];
      for await (const finding of examine(url)) {
        findings.push(finding);
        if (flags.json !== true) io.stdout.write(findingText(finding, io));
      }
      if (flags.json === true) io.stdout.write(`${JSON.stringify({ url: flags.url, findings })}\n`);
      const broken = findings.find(({ state }) => state === "failed");
      if (broken !== undefined) throw new CommandFailure(`The broken hop is ${broken.hop}.`);
    });
}

/**
 * A stream address.
 * @throws CommandFailure where the text is none
 */
export function streamUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === "ws:" || url.protocol === "wss:")) return url;
  throw usageFailure(
    `--url takes the address of a stream, not ${text}.`,
    `For example --url ${DEFAULT_STREAM_URL}.`,
  );
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
