import type { MemoryListener } from "../../src/transport/memory.ts";
import type { MemoryClient } from "../../src/transport/memory-link.ts";
import type { Listener } from "../../src/transport/transport.ts";
import {
  type ConnectOptions,
  type ContractClient,
  type ContractClients,
  Inbox,
  type Refused,
  type SilentPeer,
} from "./contract-client.ts";
import { PROTOCOL } from "./recorder.ts";

/** RFC 6455 §7.1.5: what a side reports when the peer's close frame carries no code. */
const NO_STATUS = 1005;

/** Clients of the in-memory engine. */
export const memoryClients: ContractClients = {
  connect: (listener, options) => Promise.resolve(connect(listener, options)),
  connectSilent: (listener) => Promise.resolve(connectSilent(listener)),
};

function connect(listener: Listener, options: ConnectOptions = {}): ContractClient | Refused {
  const inbox = new Inbox();
  const [path, query] = (options.path ?? "/").split("?");
  const result = (listener as MemoryListener).connect({
    path: path ?? "/",
    query: query ?? "",
    headers: options.headers ?? {},
    subprotocols: options.subprotocols ?? [PROTOCOL],
    onMessage: (bytes) => inbox.add(bytes),
  });
  if (!result.accepted) return { status: result.status, body: result.reason };
  return contractClient(result.client, inbox);
}

function contractClient(client: MemoryClient, inbox: Inbox): ContractClient {
  return {
    subprotocol: client.subprotocol,
    inbox,
    closed: client.closed,
    send: client.send,
    sendText: client.sendText,
    close: (code = NO_STATUS, reason = "") => client.close(code, reason),
    terminate: client.terminate,
    stopReading: client.stopReading,
    resumeReading: client.resumeReading,
  };
}

function connectSilent(listener: Listener): SilentPeer {
  const result = (listener as MemoryListener).connect({ subprotocols: [PROTOCOL] });
  if (!result.accepted) throw new Error(result.reason);
  result.client.vanish();
  return { ended: result.client.closed.then(() => {}), terminate: () => result.client.terminate() };
}
