import { describe, expect, it } from "vitest";
import { pickFastLane } from "../../src/transport/fast-lane.ts";
import type { Connection, ConnectionHandlers, ServerTransport } from "../../src/transport/transport.ts";
import { loadUws } from "../../src/transport/uws.ts";
import { findStreamFault } from "../../src/transport/uws-self-test.ts";
import { wsTransport } from "../../src/transport/ws.ts";

/** Serves through `ws`, but spoils what `damage` returns something else for. */
function damaged(damage: (bytes: Uint8Array) => Uint8Array): ServerTransport {
  const inner = wsTransport();
  return {
    listen: (at, limits, handlers) => {
      const spoiling: ConnectionHandlers = {
        ...handlers,
        open: (connection) => handlers.open(spoiled(connection, damage)),
      };
      return inner.listen(at, limits, spoiling);
    },
  };
}

function spoiled(connection: Connection, damage: (bytes: Uint8Array) => Uint8Array): Connection {
  return new Proxy(connection, {
    get(target, name) {
      if (name === "send") return (bytes: Uint8Array) => target.send(damage(bytes));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

describe("findStreamFault", () => {
  it("finds none in a sound engine", async () => {
    expect(await findStreamFault(wsTransport())).toBeUndefined();
  });

  it("finds four bytes lost in the middle of one frame", async () => {
    let frames = 0;
    const fault = await findStreamFault(
      damaged((bytes) => {
        frames += 1;
        return frames === 150 ? Buffer.concat([bytes.subarray(0, 8_000), bytes.subarray(8_004)]) : bytes;
      }),
    );
    expect(fault).toMatch(/frame 149 of 16384 bytes arrived corrupted/);
  });

  it("finds a lost frame", async () => {
    let frames = 0;
    const fault = await findStreamFault(
      damaged((bytes) => {
        frames += 1;
        return frames === 20 ? new Uint8Array(0) : bytes;
      }),
    );
    expect(fault).toMatch(/corrupted/);
  });
});

describe("loadUws", () => {
  it("says why a module that throws is unavailable", async () => {
    const load = () =>
      Promise.reject(new Error("This version supports only Node.js 18\n\nError: cannot open shared object"));
    expect(await loadUws(load)).toEqual({
      unavailable: "uWebSockets.js does not load: This version supports only Node.js 18",
    });
  });

  it("does not take another module for it", async () => {
    expect(await loadUws(() => Promise.resolve({ default: {} }))).toEqual({
      unavailable: "uWebSockets.js does not load: the module has no App",
    });
  });
});

describe("pickFastLane", () => {
  it("falls back to ws and says why", async () => {
    const lane = await pickFastLane(() => Promise.resolve({ unavailable: "no binary for this Node" }));
    expect(lane).toMatchObject({ engine: "ws", fallbackReason: "no binary for this Node" });
  });

  it("takes uWebSockets.js where it is available", async () => {
    const transport = wsTransport();
    expect(await pickFastLane(() => Promise.resolve(transport))).toEqual({
      engine: "uws",
      transport,
      fallbackReason: undefined,
    });
  });
});
