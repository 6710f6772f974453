import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { clientFrame, LeanSocket } from "../../bench/load/lean-socket.ts";

let server: WebSocketServer | undefined;

afterEach(() => {
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
});

async function echoServer(): Promise<string> {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket) => {
    socket.on("message", (data: Buffer) => socket.send(data));
  });
  await once(server, "listening");
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
}

it.each([0, 5, 125, 126, 2_257, 65_535, 65_536, 200_000])(
  "sends and reads messages of %i bytes",
  async (size) => {
    const url = await echoServer();
    const payload = Uint8Array.from({ length: size }, (_, i) => i % 251);
    let resolveEcho: (bytes: Buffer) => void = () => {};
    const echo = new Promise<Buffer>((resolve) => {
      resolveEcho = resolve;
    });
    const socket = await LeanSocket.open(url, "x", (bytes) => resolveEcho(Buffer.from(bytes)));
    socket.sendFrame(clientFrame(payload));
    expect((await echo).equals(payload)).toBe(true);
    socket.destroy();
  },
);

it("tells why the server closed", async () => {
  const url = await echoServer();
  const accepted = once(server as WebSocketServer, "connection") as Promise<[WebSocket]>;
  const socket = await LeanSocket.open(url, "x", () => {});
  const [peer] = await accepted;
  peer.close(4400, "enough");
  await once(peer, "close");
  expect(socket.ended).toBe("closed by server: 4400 enough");
});
