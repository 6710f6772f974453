import { afterEach, describe, expect, it } from "vitest";
import type { PendingMessage, StreamRecord } from "../../src/domain/record.ts";
import { reject } from "../../src/domain/rejection.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { LARGEST_GATHERED_BYTES } from "../../src/ingest/gathered-messages.ts";
import { MessageOutcome } from "../../src/ingest/message-outcome.ts";
import { ProducerSessions } from "../../src/ingest/producer-sessions.ts";
import { memoryTransport } from "../../src/transport/memory.ts";
import type { Connection } from "../../src/transport/transport.ts";

const LIMITS = {
  maxMessageBytes: 300_000,
  maxBufferedBytes: 1 << 20,
  idleTimeoutMs: 60_000,
  maxConnections: 100,
};
const NOBODY = {
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  drained: () => undefined,
  closed: () => undefined,
};

/** A frame whose one item is a text: nobody here decodes it. */
function frameOf(text: string): Uint8Array {
  const { length } = text;
  const head = length < 0x80 ? [ITEMS_TAG, length] : [ITEMS_TAG, (length & 0x7f) | 0x80, length >> 7];
  return Buffer.concat([Buffer.from(head), Buffer.from(text)]);
}

function textOf(bytes: Uint8Array): string {
  const from = (bytes[1] ?? 0) < 0x80 ? 2 : 3;
  const length = from === 2 ? (bytes[1] ?? 0) : ((bytes[1] ?? 0) & 0x7f) | ((bytes[2] ?? 0) << 7);
  return Buffer.from(bytes).toString("utf8", from, from + length);
}

const ITEMS_TAG = (3 << 3) | 2;
const WANT_RECEIPT = Buffer.from([6 << 3, 1]);

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

/** Sessions whose turn of the event loop ends when a test says so. */
async function harness() {
  const seen: string[] = [];
  const ahead: number[] = [];
  const faults: unknown[] = [];
  const outcome = new MessageOutcome();
  const deferred: (() => void)[] = [];
  const connections: Connection[] = [];
  let nowMs = 1_790_000_000_000;
  let lastMs = 0;
  let onMessage = (_text: string): void => undefined;
  const sink = {
    stamp: (at: number) => Math.max(at, lastMs),
    readAhead: (messages: readonly PendingMessage[]) => ahead.push(messages.length),
    push(record: StreamRecord): MessageOutcome | undefined {
      expect(record.receivedAtMs).toBeGreaterThanOrEqual(lastMs);
      lastMs = record.receivedAtMs;
      const text = record.kind === "message" ? textOf(record.bytes).slice(0, 8) : record.kind;
      seen.push(`${text} ${record.receivedAtMs - 1_790_000_000_000}`);
      if (record.kind !== "message") return undefined;
      onMessage(text);
      return outcome;
    },
  };
  const sessions = new ProducerSessions(
    sink,
    NOBODY,
    {
      admission: { itemsPerSecond: 1_000, burstItems: 2_000 },
      helloTimeoutMs: 5_000,
      maxSessions: 10,
      gathering: {
        defer: (flush) => deferred.push(flush),
        onFault: (connection, error) => {
          faults.push(error);
          connection.close(4500, "fault");
        },
      },
    },
    () => nowMs,
  );
  const listener = await memoryTransport().listen({ host: "memory", port: 0 }, LIMITS, {
    upgrade: () => ({ accept: true, subprotocol: subprotocol.ingest }),
    open: (connection) => {
      connections.push(connection);
      sessions.open(connection);
    },
    message: (connection, bytes) => sessions.message(connection, bytes),
    refusedText: () => undefined,
    drained: (connection) => sessions.drained(connection),
    closed: (connection, code) => sessions.closed(connection, code),
  });
  stop = () => listener.drain(0);
  /** Two producers; what their opening recorded is forgotten. */
  for (let i = 0; i < 2; i++) listener.connect({ subprotocols: [subprotocol.ingest] });
  seen.length = 0;
  return {
    seen,
    ahead,
    faults,
    outcome,
    sessions,
    pass: (ms: number) => (nowMs += ms),
    send: (from: number, text: string) => sessions.message(connections[from] as Connection, frameOf(text)),
    ask: (from: number, text: string) =>
      sessions.message(connections[from] as Connection, Buffer.concat([frameOf(text), WANT_RECEIPT])),
    close: (from: number) => sessions.closed(connections[from] as Connection, 1000),
    endTurn: () => {
      for (const flush of deferred.splice(0)) flush();
    },
    meet: (what: (text: string) => void) => (onMessage = what as typeof onMessage),
  };
}

describe("gathering of small messages", () => {
  it("answers at once where somebody waits for an answer, after what came before", async () => {
    const { seen, send, ask, endTurn } = await harness();
    send(0, "a");
    ask(1, "b");
    expect(seen).toEqual(["a 0", "b 0"]);
    endTurn();
    expect(seen).toHaveLength(2);
  });

  it("processes the messages of a turn together, in their order and with the times of their arrival", async () => {
    const { seen, ahead, send, pass, endTurn } = await harness();
    send(0, "a");
    pass(3);
    send(1, "b");
    send(0, "c");
    expect(seen).toEqual([]);
    pass(5);
    endTurn();
    expect(seen).toEqual(["a 0", "b 3", "c 3"]);
    expect(ahead).toEqual([3]);
  });

  it("does not let the bytes of a message change before its turn", async () => {
    const { seen, sessions, send, endTurn } = await harness();
    send(0, "first");
    const bytes = Buffer.from("gone");
    sessions.message({ id: -1 } as Connection, bytes);
    bytes.fill(0);
    send(1, "other");
    endTurn();
    send(0, "later");
    endTurn();
    expect(seen).toEqual(["first 0", "other 0", "later 0"]);
  });

  it("waits for no further message once a batch is full", async () => {
    const { seen, send, endTurn } = await harness();
    for (let i = 0; i < 70; i++) send(i % 2, `m${i}`);
    expect(seen).toHaveLength(64);
    endTurn();
    expect(seen.map((line) => line.split(" ")[0])).toEqual(Array.from({ length: 70 }, (_, i) => `m${i}`));
  });

  it("keeps the order to large messages, sessions and the sweep", async () => {
    const { seen, sessions, send, close, pass, endTurn } = await harness();
    send(0, "small");
    pass(1);
    send(1, `large${" ".repeat(LARGEST_GATHERED_BYTES)}`);
    send(0, "last");
    close(0);
    send(1, "swept");
    sessions.sweep();
    endTurn();
    expect(seen.map((line) => line.trim().split(" ")[0])).toEqual([
      "small",
      "large",
      "last",
      "session-closed",
      "swept",
    ]);
  });

  it("reads nothing more of a session that was refused", async () => {
    const { seen, outcome, send, meet, endTurn } = await harness();
    meet((text) => {
      outcome.refused = text === "bad" ? reject("no-hello") : undefined;
    });
    for (const text of ["bad", "more"]) send(0, text);
    send(1, "good");
    endTurn();
    expect(seen).toEqual(["bad 0", "good 0"]);
  });

  it("ends the session whose message met a fault, and no other", async () => {
    const { seen, faults, send, meet, endTurn } = await harness();
    meet((text) => {
      if (text === "poison") throw new Error("a bug");
    });
    for (const text of ["poison", "more"]) send(0, text);
    send(1, "good");
    endTurn();
    expect(faults).toHaveLength(1);
    expect(seen).toEqual(["poison 0", "good 0"]);
  });
});
