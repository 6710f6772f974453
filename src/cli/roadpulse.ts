#!/usr/bin/env -S node --initial-old-space-size=400
import { exitCode } from "./io.ts";
import { run } from "./program.ts";

const stop = new AbortController();

/** The first signal asks to finish, the second one does not ask. */
function onSignal(): void {
  if (stop.signal.aborted) process.exit(exitCode.interrupted);
  stop.abort();
}
process.on("SIGINT", onSignal);
process.on("SIGTERM", onSignal);

// A reader that has seen enough (`roadpulse tail | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(exitCode.ok);
});

const { stdout, stderr, stdin, env } = process;
process.exitCode = await run(process.argv.slice(2), { stdout, stderr, stdin, env, signal: stop.signal });
