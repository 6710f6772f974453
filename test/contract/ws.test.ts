import { wsTransport } from "../../src/transport/ws.ts";
import { socketClients } from "./socket-clients.ts";
import { describeTransport } from "./transport.ts";

describeTransport("ws", {
  transport: wsTransport(),
  clients: socketClients,
  idleTimeoutMs: 200,
  oversizeCode: 1009,
});
