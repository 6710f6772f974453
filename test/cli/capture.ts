import { Readable } from "node:stream";
import type { CliIo } from "../../src/cli/io.ts";
import { run } from "../../src/cli/program.ts";

export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process, with an environment of its own. */
export async function runCli(
  args: readonly string[],
  options: { readonly env?: CliIo["env"]; readonly signal?: AbortSignal; readonly stdin?: string } = {},
): Promise<Captured> {
  let stdout = "";
  let stderr = "";
  const io: CliIo = {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stdin: Readable.from(options.stdin === undefined ? [] : [options.stdin]),
    env: options.env ?? {},
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await run(args, io);
  return { code, stdout, stderr };
}
