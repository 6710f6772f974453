import type { ConnectionId } from "./transport.ts";

let last: ConnectionId = 0;

/** One counter for all engines of the process, so that an id names a connection wherever it is logged. */
export function nextConnectionId(): ConnectionId {
  last += 1;
  return last;
}
