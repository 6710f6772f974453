import type { Command } from "commander";
import { streamUrl } from "../client/socket.ts";
import { usageFailure } from "./io.ts";

export const DEFAULT_STREAM_URL = "ws://127.0.0.1:8080/v1/stream";

export function addUrlOption(command: Command): Command {
  return command.option("--url <url>", "address of the server", DEFAULT_STREAM_URL);
}

/**
 * The address of a server's streams; `http` and a bare host are understood.
 * @throws CommandFailure where the text is no address
 */
export function streamAddress(text: string): string {
  try {
    return streamUrl(text);
  } catch {
    throw usageFailure(
      `--url takes the address of a server, not ${text}.`,
      `For example --url ${DEFAULT_STREAM_URL}.`,
    );
  }
}
