import { WebSocket } from "ws";

/** A server that does not answer the handshake within this is not there. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * Opens a WebSocket with one subprotocol; resolves when it is open.
 * @throws Error in one sentence that names the address: refused with an HTTP status, or nobody listens.
 */
export function openSocket(url: string, protocol: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [protocol], {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
    });
    socket.binaryType = "nodebuffer";
    socket.once("open", () => {
      socket.removeAllListeners("error");
      socket.removeAllListeners("unexpected-response");
      resolve(socket);
    });
    socket.once("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        if (text.length < 512) text += chunk.toString();
      });
      response.on("end", () =>
        reject(new Error(`${url} refused the stream with HTTP ${response.statusCode}: ${text.trim()}`)),
      );
    });
    socket.once("error", (error: Error) => reject(new Error(`cannot reach ${url}: ${error.message}`)));
  });
}
