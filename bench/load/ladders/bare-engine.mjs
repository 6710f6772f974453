// A WebSocket engine that does nothing with what it receives but count it: what the engine alone costs.
// `node bare-engine.mjs uws|ws`; says over IPC on which port of loopback it listens.
import { createServer } from "node:http";

const MAX_MESSAGE_BYTES = 256 * 1024;
const IDLE_TIMEOUT_S = 32;
const OFFERED = "v1.ingest.roadpulse";

let messages = 0;
globalThis.benchCounts = () => ({ messages });

async function listenUws() {
  const uws = await import("uWebSockets.js");
  const { App, DISABLED, us_socket_local_port } = uws.App === undefined ? uws.default : uws;
  App()
    .ws("/*", {
      maxPayloadLength: MAX_MESSAGE_BYTES,
      idleTimeout: IDLE_TIMEOUT_S,
      compression: DISABLED,
      message() {
        messages++;
      },
    })
    .listen("127.0.0.1", 0, (socket) => tell(us_socket_local_port(socket)));
}

async function listenWs() {
  const { WebSocketServer } = await import("ws");
  const http = createServer();
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => OFFERED,
  });
  server.on("connection", (socket) => {
    socket.on("message", () => {
      messages++;
    });
  });
  http.listen(0, "127.0.0.1", () => tell(http.address().port));
}

function tell(port) {
  process.send({ kind: "listening", port });
}

process.on("disconnect", () => process.exit(0));
process.channel.ref();
await (process.argv[2] === "uws" ? listenUws() : listenWs());
