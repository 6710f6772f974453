import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { plainAddress } from "./handshake.ts";
import type { UpgradeRequest } from "./transport.ts";

/** What a request of `node:http` shows of its sender besides headers. */
export function peerFacts({
  socket,
  url = "/",
}: IncomingMessage): Pick<UpgradeRequest, "path" | "query" | "remoteAddress" | "clientCertificate"> {
  const mark = url.indexOf("?");
  // A certificate that no known authority has signed is none.
  const certificate =
    socket instanceof TLSSocket && socket.authorized ? socket.getPeerX509Certificate()?.raw : undefined;
  return {
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? "" : url.slice(mark + 1),
    remoteAddress: plainAddress(socket.remoteAddress ?? ""),
    ...(certificate === undefined ? {} : { clientCertificate: certificate }),
  };
}
