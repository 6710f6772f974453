import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import { subprotocol } from "../../src/domain/subprotocol.ts";

/** Status of the answer to whoever asks for a stream of alerts; 101 where it is opened. @param options of the library */
export async function streamStatus(url: string, options: object): Promise<number> {
  const socket = new WebSocket(url, [subprotocol.alerts], options);
  socket.on("error", () => undefined);
  const opened = once(socket, "open").then(() => 101);
  const refused = once(socket, "unexpected-response").then(([, response]) => {
    (response as IncomingMessage).resume();
    return (response as IncomingMessage).statusCode ?? 0;
  });
  const status = await Promise.race([opened, refused]);
  socket.terminate();
  return status;
}
