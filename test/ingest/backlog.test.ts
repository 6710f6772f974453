import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../../src/domain/record.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { Backlog } from "../../src/ingest/backlog.ts";
import { MessageOutcome } from "../../src/ingest/message-outcome.ts";
import { ProducerSessions } from "../../src/ingest/producer-sessions.ts";
import { SLICE_MS } from "../../src/ingest/turn.ts";
import type { Connection } from "../../src/transport/transport.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";

describe("messages that wait", () => {
  it("leave in order within their session, in turns between sessions, and never exceed the bound", () => {
    const arrivals = fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 400 }), fc.boolean()));
    fc.assert(
      fc.property(arrivals, (all) => {
        const backlog = new Backlog<number>(2_000);
        const kept = new Map<number, number[]>();
        const take = (): void => {
          const entry = backlog.take();
          if (entry === undefined || !("bytes" in entry)) return;
          expect(entry.arrivedAtMs).toBe(kept.get(entry.session)?.shift());
          // Memory is used again, but never while somebody's message stands in it.
          expect(new Set(entry.bytes)).toEqual(new Set([entry.arrivedAtMs & 255]));
        };
        all.forEach(([session, length, takes], at) => {
          if (backlog.add(session, new Uint8Array(length).fill(at), at))
            kept.set(session, [...(kept.get(session) ?? []), at]);
          expect(backlog.bytes).toBeLessThanOrEqual(backlog.limitBytes);
          if (takes) take();
        });
        while (!backlog.isEmpty) take();
        expect([...kept.values()].flat()).toEqual([]);
        expect(backlog.bytes).toBe(0);
      }),
    );
  });

  it("find room beside a session that floods", () => {
    const backlog = new Backlog<string>(10_000);
    while (backlog.add("flood", new Uint8Array(100), 0));
    expect(backlog.add("modest", new Uint8Array(100), 0)).toBe(true);
    expect(backlog.take()).toMatchObject({ session: "flood" });
    expect(backlog.take()).toMatchObject({ session: "modest" });
  });
});

const cam = (stationId: number): Uint8Array =>
  encodeIngestFrame({ items: [{ station_id: stationId, awareness: { latitude_e7: 1, longitude_e7: 2 } }] });
const denm = encodeIngestFrame({ items: [{ station_id: 9, hazard: { cause_code: 94 } }] });

/** Sessions whose messages take longer than a slice each, and whose turns end when a test says so. */
function slowSessions(backlogBytes: number) {
  const seen: string[] = [];
  const deferred: (() => void)[] = [];
  const outcome = new MessageOutcome();
  let nowMs = 1_000;
  const sessions = new ProducerSessions(
    {
      stamp: (at) => at,
      push(record: StreamRecord) {
        if (record.kind === "shed") seen.push(`${record.items} shed: ${record.reason}`);
        else if (record.kind !== "message") seen.push(record.kind);
        else {
          seen.push(record.bytes.length === denm.length ? "hazard" : `${record.slot}`);
          nowMs += SLICE_MS + 1;
        }
        return record.kind === "message" ? outcome : undefined;
      },
    },
    { subscribe: () => {}, unsubscribe: () => {}, drained: () => {}, closed: () => {} },
    {
      admission: { itemsPerSecond: 1_000, burstItems: 2_000 },
      helloTimeoutMs: 5_000,
      maxSessions: 10,
      gathering: { defer: (flush) => deferred.push(flush), onFault: () => undefined, backlogBytes },
    },
    () => nowMs,
  );
  const connect = (id: number): Connection => {
    const connection = { id, subprotocol: subprotocol.ingest, send: () => "sent" } as unknown as Connection;
    sessions.open(connection);
    outcome.introduced = { slot: id, name: `s${id}`, kind: "rsu", timeBase: "utc" };
    sessions.message(connection, encodeIngestFrame({ hello: { source_id: `s${id}` }, items: [] }));
    outcome.clear();
    return connection;
  };
  const endTurn = (): void => {
    for (const flush of deferred.splice(0)) flush();
  };
  return { seen, sessions, connect, endTurn };
}

describe("turns that have no time left", () => {
  it("hear hazards at once and the rest in slices, a session's end behind its messages", () => {
    const { seen, sessions, connect, endTurn } = slowSessions(10_000);
    const [first, second] = [connect(1), connect(2)];
    endTurn();
    seen.length = 0;
    const asked = (stationId: number): Uint8Array => Buffer.concat([cam(stationId), WANT_RECEIPT]);
    for (let at = 0; at < 3; at++) sessions.message(first, asked(at));
    sessions.message(second, asked(7));
    sessions.message(second, denm);
    sessions.closed(first, 1000);
    expect(seen).toEqual(["1", "hazard"]);
    for (let turn = 0; turn < 6; turn++) endTurn();
    expect(seen).toEqual(["1", "hazard", "1", "2", "1", "session-closed"]);
  });

  it("shed and count what finds no room, as overload and not as too high a rate", () => {
    const { seen, sessions, connect, endTurn } = slowSessions(1_000);
    const first = connect(1);
    endTurn();
    seen.length = 0;
    for (let at = 0; at < 20; at++) sessions.message(first, Buffer.concat([cam(at), WANT_RECEIPT]));
    sessions.sweep();
    const shed = Number(/^(\d+) shed: overload$/.exec(seen.at(-1) ?? "")?.[1]);
    sessions.finish();
    expect(seen.filter((what) => what === "1").length + shed).toBe(20);
    expect(sessions.messagesCrowded).toBe(shed);
  });
});

const WANT_RECEIPT = Buffer.from([6 << 3, 1]);
