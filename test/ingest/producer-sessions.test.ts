import { afterEach, describe, expect, it, vi } from "vitest";
import { closeCode } from "../../src/domain/close-code.ts";
import type { StreamRecord } from "../../src/domain/record.ts";
import { reject } from "../../src/domain/rejection.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { MessageOutcome } from "../../src/ingest/message-outcome.ts";
import { ProducerSessions, type SubscriptionGate } from "../../src/ingest/producer-sessions.ts";
import { memoryTransport } from "../../src/transport/memory.ts";
import type { Connection } from "../../src/transport/transport.ts";
import { encodeIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { decodeServerMessage } from "../../src/wire/server-message.ts";

const LIMITS = {
  maxMessageBytes: 300_000,
  maxBufferedBytes: 1 << 20,
  idleTimeoutMs: 60_000,
  maxConnections: 100,
};
const place = { latitude_e7: 514_300_000, longitude_e7: 67_600_000 };
const cam: WireIngestItem = { station_id: 7, awareness: place };
const denm: WireIngestItem = {
  station_id: 7,
  hazard: { event: { originating_station_id: 7 }, cause_code: 94 },
};
const frame = (items: WireIngestItem[], over = {}) => encodeIngestFrame({ frame_seq: 5, items, ...over });

/** A pipeline that answers what a test wants and keeps what it was given. */
class Sink {
  readonly records: StreamRecord[] = [];
  readonly outcome = new MessageOutcome();
  stamp(nowMs: number): number {
    return nowMs;
  }
  push(record: StreamRecord): MessageOutcome | undefined {
    this.records.push(record);
    return record.kind === "message" ? this.outcome : undefined;
  }
  kinds(): string[] {
    return this.records.map(({ kind }) => kind);
  }
}

interface Over {
  readonly maxSessions?: number;
  readonly itemsPerSecond?: number;
  readonly burstItems?: number;
  readonly isOverloaded?: boolean;
  readonly whenDurable?: (done: (isDurable: boolean) => void) => void;
}

async function harness(over: Over = {}) {
  const sink = new Sink();
  const subscribed: unknown[] = [];
  const gate: SubscriptionGate = {
    subscribe: (_connection, _source, request) => subscribed.push(request),
    unsubscribe: () => undefined,
    drained: () => undefined,
    closed: () => subscribed.push("closed"),
  };
  let nowMs = 1_790_000_000_000;
  const sessions = new ProducerSessions(
    sink,
    gate,
    {
      admission: { itemsPerSecond: over.itemsPerSecond ?? 1_000, burstItems: over.burstItems ?? 2_000 },
      overload: { isOverloaded: over.isOverloaded ?? false },
      ...(over.whenDurable === undefined ? {} : { whenDurable: over.whenDurable }),
      helloTimeoutMs: 5_000,
      maxSessions: over.maxSessions ?? 10,
    },
    () => nowMs,
  );
  const listener = await memoryTransport().listen({ host: "memory", port: 0 }, LIMITS, {
    upgrade: () => ({ accept: true, subprotocol: subprotocol.ingest }),
    open: (connection: Connection) => sessions.open(connection),
    message: (connection, bytes) => sessions.message(connection, bytes),
    refusedText: () => undefined,
    drained: (connection) => sessions.drained(connection),
    closed: (connection, code) => sessions.closed(connection, code),
  });
  stop = () => listener.drain(0);
  const connect = () => {
    const result = listener.connect({ subprotocols: [subprotocol.ingest] });
    if (!result.accepted) throw new Error(result.reason);
    return result.client;
  };
  return { sink, sessions, subscribed, connect, pass: (ms: number) => (nowMs += ms) };
}

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

describe("ProducerSessions", () => {
  it("writes down a session's life and gives its slot to the next one", async () => {
    const { sink, connect, sessions } = await harness();
    const first = connect();
    first.send(frame([cam]));
    first.close(1000);
    await first.closed;
    connect();
    expect(sink.kinds()).toEqual(["session-opened", "message", "session-closed", "session-opened"]);
    expect(sink.records.map((record) => ("slot" in record ? record.slot : 0))).toEqual([1, 1, 1, 1]);
    expect(sessions.size).toBe(1);
  });

  it("answers a receipt that tells the producer what was not used", async () => {
    const { sink, connect } = await harness();
    const client = connect();
    Object.assign(sink.outcome, { items: 4, accepted: 2, duplicate: 1, frameSeq: 5, wantReceipt: true });
    sink.outcome.reject(reject("out-of-range", "awareness.speed_cmps"));
    client.send(frame([cam, cam, cam, cam]));
    expect(client.received.map(decodeServerMessage)).toEqual([
      {
        kind: "receipt",
        frameSeq: 5,
        accepted: 2,
        duplicate: 1,
        late: 0,
        durable: false,
        rejected: [{ reason: "out-of-range", count: 1, field: "awareness.speed_cmps" }],
      },
    ]);
  });

  it("answers a durable receipt when the disk has the frame, and says so where it has not", async () => {
    const waiting: ((isDurable: boolean) => void)[] = [];
    const { sink, connect } = await harness({ whenDurable: (done) => waiting.push(done) });
    const client = connect();
    for (const frameSeq of [5, 6]) {
      Object.assign(sink.outcome, { items: 1, accepted: 1, frameSeq, wantDurableReceipt: true });
      client.send(frame([denm]));
    }
    Object.assign(sink.outcome, { accepted: 0, frameSeq: 7, wantDurableReceipt: false });
    client.send(frame([cam]));
    expect(client.received).toEqual([]);
    for (const [index, done] of waiting.entries()) done(index === 0);
    expect(client.received.map(decodeServerMessage)).toMatchObject([
      { kind: "receipt", frameSeq: 5, accepted: 1, durable: true },
      { kind: "receipt", frameSeq: 6, accepted: 1, durable: false },
    ]);
    client.send(frame([denm]));
    client.close(1000);
    await client.closed;
    waiting.at(-1)?.(true);
    expect(client.received).toHaveLength(2);
  });

  it("closes a session that speaks without a hello, and says what is missing", async () => {
    const { sink, connect } = await harness();
    const client = connect();
    sink.outcome.refused = reject("no-hello");
    client.send(frame([cam]));
    expect(await client.closed).toMatchObject({ code: closeCode.badHello });
    expect(client.received.map(decodeServerMessage)[0]).toMatchObject({ kind: "problem", code: "no-hello" });
  });

  it("closes a session that never says hello, and leaves the others alone", async () => {
    const { sink, sessions, connect, pass } = await harness();
    const introduced = connect();
    sink.outcome.introduced = { slot: 1, name: "rsu-1", kind: "rsu", timeBase: "utc" };
    introduced.send(frame([]));
    const silent = connect();
    pass(5_001);
    sessions.sweep();
    expect(await silent.closed).toMatchObject({ code: closeCode.helloTimeout });
    expect(sessions.size).toBe(1);
  });

  it("says so where it sheds because the server is overloaded, at most every ten seconds", async () => {
    const { sink, sessions, connect, pass } = await harness({ burstItems: 100, isOverloaded: true });
    const client = connect();
    sink.outcome.introduced = { slot: 1, name: "rsu-1", kind: "rsu", timeBase: "utc" };
    sink.outcome.items = 100;
    for (let s = 0; s < 15; s++) {
      client.send(frame(Array.from({ length: 100 }, () => cam)));
      client.send(frame([cam, cam, cam]));
      pass(1_000);
      sessions.sweep();
    }
    const shed = sink.records.filter(({ kind }) => kind === "shed");
    expect(new Set(shed.map((record) => "reason" in record && record.reason))).toEqual(new Set(["overload"]));
    await expect
      .poll(() => client.received.map(decodeServerMessage))
      .toMatchObject([
        { kind: "problem", code: "overload" },
        { kind: "problem", code: "overload" },
      ]);
  });

  it("sheds what goes beyond the rate item by item, and lets safety messages pass", async () => {
    const { sink, sessions, connect, pass } = await harness({ itemsPerSecond: 100, burstItems: 100 });
    const client = connect();
    sink.outcome.items = 100;
    client.send(frame(Array.from({ length: 100 }, () => cam)));
    client.send(frame([cam, cam, cam]));
    sink.outcome.items = 2;
    client.send(frame([cam, denm]));
    pass(250);
    sessions.sweep();
    expect(sink.kinds()).toEqual(["session-opened", "message", "message", "shed"]);
    expect(sink.records.at(-1)).toMatchObject({ items: 3, reason: "rate-limit" });
    sink.outcome.items = 1;
    pass(1_000);
    client.send(frame([cam]));
    expect(sink.kinds().at(-1)).toBe("message");
  });

  it("counts all connections of a source against one rate, also those that come again", async () => {
    const { sink, sessions, connect, pass } = await harness({ itemsPerSecond: 100, burstItems: 100 });
    sink.outcome.introduced = { slot: 1, name: "rsu-1", kind: "rsu", timeBase: "utc" };
    sink.outcome.items = 60;
    const sixty = () => frame(Array.from({ length: 60 }, () => cam));
    const [first, second] = [connect(), connect()];
    for (const client of [first, second]) client.send(frame([]));
    sink.outcome.introduced = undefined;
    second.send(sixty());
    first.close(1000);
    await first.closed;
    const third = connect();
    sink.outcome.introduced = { slot: 1, name: "rsu-1", kind: "rsu", timeBase: "utc" };
    sink.outcome.items = 0;
    third.send(frame([]));
    third.send(sixty());
    pass(250);
    sessions.sweep();
    expect(sink.records.at(-1)).toMatchObject({ kind: "shed", items: 60 });
  });

  it("cuts a producer that sends nothing but garbage, not one that errs now and then", async () => {
    const { sink, connect } = await harness({ burstItems: 10_000 });
    const client = connect();
    for (let i = 0; i < 300; i++) {
      sink.outcome.refused = i % 50 === 49 ? undefined : reject("malformed");
      client.send(Uint8Array.of(255, 255, i & 255));
    }
    expect(sink.kinds().filter((kind) => kind === "message")).toHaveLength(300);
    sink.outcome.refused = reject("malformed");
    for (let i = 0; i < 100; i++) client.send(Uint8Array.of(255));
    expect(await client.closed).toMatchObject({ code: closeCode.policyViolation });
  });

  it("refuses sessions beyond the limit with a code that says when to come back", async () => {
    const { connect, sessions } = await harness({ maxSessions: 2 });
    connect();
    connect();
    const third = connect();
    expect(await third.closed).toMatchObject({ code: closeCode.tryAgainLater });
    expect(sessions.size).toBe(2);
  });

  it("hands a subscription on and ends it with the socket", async () => {
    const { sink, connect, subscribed } = await harness();
    const client = connect();
    sink.outcome.introduced = { slot: 1, name: "fleet-1", kind: "vehicle", timeBase: "utc" };
    sink.outcome.subscribe = { subscription_id: "ahead" };
    client.send(frame([]));
    client.terminate();
    await vi.waitFor(() => expect(subscribed).toEqual([{ subscription_id: "ahead" }, "closed"]));
  });
});
