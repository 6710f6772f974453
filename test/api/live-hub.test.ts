import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveMessage } from "../../src/api/contract/live.ts";
import type { Board, LiveViewer } from "../../src/api/live/board.ts";
import { LiveHub, type LiveWorld } from "../../src/api/live/hub.ts";
import type { LiveOutlet } from "../../src/api/live/outlet.ts";
import type { LiveVehicle } from "../../src/api/live/vehicle-frame.ts";
import { closeCode } from "../../src/domain/close-code.ts";
import { BoardPicture, liveRequest, readLive, type TileFrame } from "../support/live-client.ts";

const BUFFER_BYTES = 256 * 1024;
const EXTENT = [6.6, 51.3, 6.9, 51.6] as const;

/** A connection whose network takes nothing while it is blocked. */
class Outlet implements LiveOutlet {
  readonly heard: (LiveMessage | TileFrame)[] = [];
  blocked = false;
  ended: number | undefined;
  #unsent: Uint8Array[] = [];

  send(bytes: Uint8Array): "sent" | "buffered" | "dropped" {
    if (this.ended !== undefined || this.bufferedBytes() + bytes.length > BUFFER_BYTES) return "dropped";
    if (this.blocked) this.#unsent.push(bytes);
    else this.heard.push(readLive(bytes));
    return this.blocked ? "buffered" : "sent";
  }

  bufferedBytes(): number {
    return this.#unsent.reduce((sum, bytes) => sum + bytes.length, 0);
  }

  close(code: number): void {
    this.ended = code;
  }

  unblock(): void {
    this.blocked = false;
    this.heard.push(...this.#unsent.map(readLive));
    this.#unsent = [];
  }

  picture(): BoardPicture {
    const picture = new BoardPicture("id");
    for (const message of this.heard)
      if ("type" in message && message.type === "incidents") picture.take(message);
    return picture;
  }
}

const viewerOf = (agency: string): LiveViewer => ({
  viewer: { subject: "t", name: "t", agency, scopes: ["subscribe"], expiresAtMs: undefined, open: false },
  permit: undefined,
});

const vehicle = (row: number, longitudeE7: number): LiveVehicle => ({
  row,
  stationId: row + 1_000,
  stationType: "passenger-car",
  latitudeE7: 514_400_000,
  longitudeE7,
  speedMps: 10,
  headingDeg: 359.9,
  receivedAtMs: 0,
});

function worldOf(vehicles: readonly LiveVehicle[] = [], reads = { count: 0 }): LiveWorld {
  return {
    epoch: () => 1,
    version: "0",
    clock: "live",
    serverTimeMs: () => 0,
    reachedMs: () => 5_000,
    roads: undefined,
    traffic: () => ({ isCongested: () => false }),
    vehicles: {
      eachIn({ westE7, eastE7, southE7, northE7 }, visit) {
        reads.count++;
        for (const one of vehicles) {
          const { longitudeE7: x, latitudeE7: y } = one;
          if (x >= westE7 && x <= eastE7 && y >= southE7 && y <= northE7) visit(one);
        }
      },
      at: (row) => vehicles.find((one) => one.row === row),
    },
    labelOf: () => 1,
    heartbeat: () => ({
      serverTimeMs: 0,
      reachedMs: 0,
      silentMs: undefined,
      stations: 0,
      itemsPerS: 0,
      sources: { ok: 0, doubtful: 0, failed: 0 },
      latencyP50Ms: undefined,
      latencyP99Ms: undefined,
      troubles: [],
    }),
  };
}

/** Things that the police see only where they are shared with them. */
class Things implements Board {
  readonly type = "incidents";
  readonly items = new Map<string, { id: string; revision: number; shared: boolean; pad: string }>();
  readonly keyOf = ({ viewer }: LiveViewer) => viewer.agency;
  readonly ids = () => this.items.keys();
  view(id: string, { viewer }: LiveViewer) {
    const item = this.items.get(id);
    return item === undefined || (viewer.agency === "police" && !item.shared) ? undefined : item;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("LiveHub", () => {
  it("brings every console to the present state of what it may see, however slow it reads", () => {
    const step = fc.record({
      ids: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 4 }),
      act: fc.constantFrom(
        "change",
        "share",
        "unshare",
        "remove",
        "block",
        "unblock",
        "pass",
        "join",
        "more",
      ),
      who: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const hub = new LiveHub(worldOf());
        const things = new Things();
        const port = hub.addBoard(things);
        const consoles: { outlet: Outlet; session: ReturnType<LiveHub["openSession"]>; agency: string }[] =
          [];
        const join = (agency: string) => {
          const outlet = new Outlet();
          consoles.push({ outlet, session: hub.openSession(outlet, viewerOf(agency)), agency });
        };
        join("centre");
        join("police");
        let revision = 0;
        for (const { ids, act, who } of steps) {
          const one = consoles[who % consoles.length];
          if (act === "block" && one !== undefined) one.outlet.blocked = true;
          if (act === "unblock" && one !== undefined) {
            one.outlet.unblock();
            one.session.drained();
          }
          if (act === "join") join(who % 2 === 0 ? "centre" : "police");
          if (act === "pass") vi.advanceTimersByTime(60);
          for (const id of ids.map(String)) {
            const known = things.items.get(id);
            const shared = act === "share" || (act === "change" && known?.shared === true);
            if (act === "remove") things.items.delete(id);
            // A few of them fill the buffer of a connection.
            if (act === "change" || act === "share" || act === "unshare")
              things.items.set(id, { id, revision: ++revision, shared, pad: "x".repeat(30_000) });
          }
          port.changed(ids.map(String));
        }
        for (const { outlet, session } of consoles) {
          outlet.unblock();
          session.drained();
        }
        vi.advanceTimersByTime(1_000);
        for (const { outlet, agency } of consoles) {
          const expected = [...things.items.values()].filter(({ shared }) => shared || agency === "centre");
          const told = [...outlet.picture().items.values()];
          expect(told.map(({ id, revision }) => [id, revision]).sort()).toEqual(
            expected.map(({ id, revision }) => [id, revision]).sort(),
          );
        }
        hub.close();
      }),
      { numRuns: 200 },
    );
  });

  it("never tells the police of what is not shared with them, not even its end", () => {
    const hub = new LiveHub(worldOf());
    const things = new Things();
    const port = hub.addBoard(things);
    const outlet = new Outlet();
    hub.openSession(outlet, viewerOf("police"));
    things.items.set("secret", { id: "secret", revision: 1, shared: false, pad: "" });
    port.changed(["secret"]);
    vi.advanceTimersByTime(100);
    things.items.delete("secret");
    port.changed(["secret"]);
    vi.advanceTimersByTime(100);
    expect(JSON.stringify(outlet.heard)).not.toContain("secret");
    hub.close();
  });

  it("ends a session that takes nothing of what is new for ten seconds, and no other", () => {
    const hub = new LiveHub(worldOf());
    const things = new Things();
    const port = hub.addBoard(things);
    const [slow, quick] = [new Outlet(), new Outlet()];
    for (const outlet of [slow, quick]) hub.openSession(outlet, viewerOf("centre"));
    slow.blocked = true;
    for (let id = 0; id < 5; id++) {
      things.items.set(`${id}`, { id: `${id}`, revision: 1, shared: true, pad: "x".repeat(60_000) });
      port.changed([`${id}`]);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(9_000);
    expect(slow.ended).toBeUndefined();
    vi.advanceTimersByTime(2_000);
    expect([slow.ended, quick.ended]).toEqual([closeCode.slowConsumer, undefined]);
    expect(quick.picture().items.size).toBe(5);
    hub.close();
  });

  it("encodes a tile once a second for all that look at it, and drops it for those with unsent bytes", () => {
    const reads = { count: 0 };
    const hub = new LiveHub(worldOf([vehicle(3, 67_000_000)], reads));
    const view = { type: "view", extent: [6.69, 51.43, 6.71, 51.45], zoom: 13, vehicles: true };
    const outlets = Array.from({ length: 5 }, () => new Outlet());
    for (const outlet of outlets) hub.openSession(outlet, viewerOf("centre")).message(liveRequest(view));
    const tiles = reads.count;
    const framesOf = ({ heard }: Outlet) => heard.filter((message) => "vehicles" in message).length;
    expect(outlets.map(framesOf)).toEqual(outlets.map(() => tiles));
    outlets[0]?.send(new Uint8Array([2, ...new Uint8Array(23)]));
    for (const outlet of outlets) outlet.heard.length = 0;
    const slow = outlets[4] as Outlet;
    slow.blocked = true;
    vi.advanceTimersByTime(3_000);
    expect(reads.count).toBe(4 * tiles);
    expect(framesOf(outlets[1] as Outlet)).toBe(3 * tiles);
    slow.unblock();
    expect(framesOf(slow)).toBeLessThanOrEqual(1);
    expect(hub.frames.dropped).toBeGreaterThan(0);
    hub.close();
  });

  it("knows a followed vehicle by its slot until the row is another station's", () => {
    const vehicles = [vehicle(3, 67_000_000)];
    const hub = new LiveHub(worldOf(vehicles));
    const outlet = new Outlet();
    const session = hub.openSession(outlet, viewerOf("centre"));
    session.message(liveRequest({ type: "view", extent: EXTENT, zoom: 12, vehicles: true }));
    const slot = outlet.heard.flatMap((m) => ("key" in m ? m.vehicles : []))[0]?.slot;
    session.message(liveRequest({ type: "follow", slot }));
    vehicles[0] = { ...vehicle(3, 67_000_000), stationId: 77 };
    vi.advanceTimersByTime(5_000);
    const told = outlet.heard.flatMap((m) => ("type" in m && m.type === "followed" ? [m] : []));
    expect(told.map(({ vehicle: known }) => known !== undefined)).toEqual([true, false]);
    hub.close();
  });

  it("reads nothing and keeps no timer while no console is open", () => {
    const reads = { count: 0 };
    const hub = new LiveHub(worldOf([], reads));
    const port = hub.addBoard(new Things());
    port.changed(["a"]);
    expect(vi.getTimerCount()).toBe(0);
    const session = hub.openSession(new Outlet(), viewerOf("centre"));
    session.message(liveRequest({ type: "view", extent: EXTENT, zoom: 12, vehicles: true }));
    expect(vi.getTimerCount()).toBe(1);
    session.closed();
    const after = reads.count;
    vi.advanceTimersByTime(5_000);
    expect([vi.getTimerCount(), reads.count - after]).toEqual([0, 0]);
  });
});
