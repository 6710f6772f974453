import { describe, expect, it } from "vitest";
import { loadUws } from "../../src/transport/uws.ts";
import { socketClients } from "./socket-clients.ts";
import { describeTransport } from "./transport.ts";

const uws = await loadUws();

if ("unavailable" in uws) {
  describe("transport contract: uws", () => {
    // Where the full suite is demanded, a missing engine is a fault of the machine and not a reason to look away.
    if (process.env["REQUIRE_ALL_ENGINES"] === "1") {
      it("has a binary", () => expect(uws.unavailable).toBeUndefined());
    } else {
      it.skip(`no usable binary here: ${uws.unavailable}`, () => {});
    }
  });
} else {
  describeTransport("uws", {
    transport: uws,
    clients: socketClients,
    // The shortest that µWS accepts; it looks every 4 s.
    idleTimeoutMs: 8_000,
    oversizeCode: 1006,
  });
}
