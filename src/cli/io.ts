/** A stream of text for people or programs. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a command sees of the world. Data go to `stdout`, everything else to `stderr`. */
export interface CliIo {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C or SIGTERM: finish and return. */
  readonly signal: AbortSignal;
}

/** Exit codes; 130 is the shell's convention for "ended by Ctrl-C" (128 + SIGINT). */
export const exitCode = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Ends a command with one sentence for the user and, where there is one, a hint. Not a bug: no stack is shown. */
export class CommandFailure extends Error {
  readonly hint: string | undefined;
  readonly exitCode: number;

  constructor(message: string, hint?: string, code: number = exitCode.failed) {
    super(message);
    this.hint = hint;
    this.exitCode = code;
  }
}

/** The command was called wrongly. */
export function usageFailure(message: string, hint?: string): CommandFailure {
  return new CommandFailure(message, hint, exitCode.usage);
}

/** Resolves when the user or the system asks to stop. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
