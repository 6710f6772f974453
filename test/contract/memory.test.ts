import { memoryTransport } from "../../src/transport/memory.ts";
import { memoryClients } from "./memory-clients.ts";
import { describeTransport } from "./transport.ts";

describeTransport("memory", {
  transport: memoryTransport(),
  clients: memoryClients,
  idleTimeoutMs: 50,
  oversizeCode: 1009,
});
