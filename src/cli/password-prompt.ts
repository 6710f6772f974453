import { type CliIo, CommandFailure, exitCode, usageFailure } from "./io.ts";

/** Longer lines are no passwords. */
const MAX_CHARACTERS = 1_024;

const ENTER = /[\r\n]/;
const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const BACKSPACE = /[\b\u007f]/;

/** A new password: typed twice without being shown, or the first line of stdin where that is no terminal. */
export async function readNewPassword(io: CliIo): Promise<string> {
  const terminal = io.stdin as NodeJS.ReadStream;
  if (terminal.isTTY !== true) return await firstLine(io.stdin);
  const password = await typed(io, terminal, "New password: ");
  if ((await typed(io, terminal, "Once more: ")) === password) return password;
  throw new CommandFailure("The two passwords differ; nothing was changed.");
}

async function firstLine(stdin: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  stdin.setEncoding("utf8");
  for await (const part of stdin) {
    text += String(part);
    const end = text.search(ENTER);
    if (end >= 0) return text.slice(0, end);
    if (text.length > MAX_CHARACTERS) break;
  }
  if (text.length > 0 && text.length <= MAX_CHARACTERS) return text;
  throw usageFailure(
    "No password came.",
    "Type it at the prompt of a terminal, or write it as one line to stdin.",
  );
}

function typed(io: CliIo, terminal: NodeJS.ReadStream, prompt: string): Promise<string> {
  io.stderr.write(prompt);
  terminal.setRawMode(true);
  terminal.setEncoding("utf8");
  terminal.resume();
  return new Promise((resolve, reject) => {
    let text = "";
    const finish = (end: () => void) => {
      terminal.off("data", onData);
      terminal.setRawMode(false);
      terminal.pause();
      io.stderr.write("\n");
      end();
    };
    const onData = (keys: string) => {
      for (const key of keys) {
        if (ENTER.test(key) || key === CTRL_D) return finish(() => resolve(text));
        if (key === CTRL_C)
          return finish(() => reject(new CommandFailure("Interrupted.", undefined, exitCode.interrupted)));
        text = BACKSPACE.test(key) ? [...text].slice(0, -1).join("") : (text + key).slice(0, MAX_CHARACTERS);
      }
    };
    terminal.on("data", onData);
  });
}
