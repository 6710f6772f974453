import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Listener } from "../../src/transport/transport.ts";
import { handshake } from "../contract/socket-clients.ts";

/** A plain TCP connection for what no WebSocket library would send. */
export async function rawConnect(at: { readonly host: string; readonly port: number }): Promise<Socket> {
  const socket = connect(at.port, at.host);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** A raw connection past the WebSocket handshake. */
export async function rawWebSocket(listener: Listener): Promise<Socket> {
  const socket = await rawConnect(listener);
  socket.write(handshake(listener));
  await once(socket, "data");
  return socket;
}

/** Settles once the socket takes more, or is gone. */
export function writable(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.removeListener("drain", done).removeListener("close", done);
      resolve();
    };
    socket.once("drain", done).once("close", done);
  });
}

/** Everything the server answers to `request` until it ends the connection. */
export async function answerTo(
  at: { readonly host: string; readonly port: number },
  request: string,
): Promise<string> {
  const socket = await rawConnect(at);
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString();
  });
  socket.write(request);
  await once(socket, "close");
  return answer;
}

/** A client's frame with an all-zero mask (RFC 6455 §5.2); payloads up to 125 bytes. */
export function clientFrame(opcode: number, payload: Uint8Array, fin = true): Buffer {
  const head = [(fin ? 0x80 : 0) | opcode, 0x80 | payload.length, 0, 0, 0, 0];
  return Buffer.concat([Buffer.from(head), payload]);
}
