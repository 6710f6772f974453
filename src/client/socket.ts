import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import { STREAM_PATH } from "../domain/subprotocol.ts";
import { ClientError, refusedWith, unreachable } from "./client-error.ts";
import { type ClientCredentials, socketOptions } from "./credentials.ts";

export interface SocketOptions {
  readonly paused?: boolean;
  readonly credentials?: ClientCredentials | undefined;
}

/** A server that does not answer the handshake within this is not there. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Enough of a refusal's text to learn the reason. */
const MAX_REFUSAL_CHARACTERS = 512;

/** Largest message that a client takes: a server's batch stays below 64 KiB. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/**
 * Address of the streams of a server: `http` is read as `ws`, and a bare host gets the path of the streams.
 * @throws ClientError where the text is no address.
 */
export function streamUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:") url.protocol = "ws:";
  if (url?.protocol === "https:") url.protocol = "wss:";
  if (url === undefined || !/^wss?:$/.test(url.protocol)) {
    throw new ClientError(`"${text}" is no address of a server; write ws://host:port`, "no");
  }
  if (url.pathname === "/") url.pathname = STREAM_PATH;
  url.hash = "";
  return url.href;
}

/**
 * Opens a stream; resolves when it is open. No message is lost to a listener that the caller adds right after.
 * With `paused` nothing is read before the caller's `resume`.
 * @throws ClientError in one sentence that names the address: refused with an HTTP status, or nobody listens.
 */
export async function openSocket(
  url: string,
  protocol: string,
  { paused = false, credentials }: SocketOptions = {},
): Promise<WebSocket> {
  const address = streamUrl(url);
  const shown = await socketOptions(credentials);
  return await new Promise((resolve, reject) => {
    const socket = new WebSocket(address, [protocol], {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      ...shown,
    });
    socket.binaryType = "nodebuffer";
    socket.once("open", () => {
      socket.removeAllListeners("error");
      socket.removeAllListeners("unexpected-response");
      // The first message may have come with the handshake's answer and would be read before the caller goes on.
      socket.pause();
      if (!paused) setImmediate(() => socket.resume());
      resolve(socket);
    });
    socket.once("unexpected-response", (request, response) => {
      void readText(response).then((text) => reject(refusedWith(address, response.statusCode ?? 0, text)));
      response.once("end", () => request.destroy());
    });
    socket.once("error", (error: NodeJS.ErrnoException) => reject(unreachable(address, error)));
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = "";
  response.setEncoding("utf8");
  response.on("data", (chunk: string) => {
    if (text.length < MAX_REFUSAL_CHARACTERS) text += chunk;
  });
  await new Promise((resolve) => response.once("close", resolve));
  return text.slice(0, MAX_REFUSAL_CHARACTERS).trim();
}
