import { closeCode } from "../../src/domain/close-code.ts";
import { STREAM_PATH, subprotocol } from "../../src/domain/subprotocol.ts";
import { TICK_MS } from "../../src/domain/time.ts";
import { type Clock, liveClock } from "../../src/stream/clock.ts";
import type {
  Connection,
  ConnectionHandlers,
  Listener,
  ServerTransport,
} from "../../src/transport/transport.ts";
import { MAX_FRAME_BYTES } from "../../src/wire/ingest-frame.ts";
import { encodeAnswers } from "./answer-message.ts";
import { ANSWER_FIELDS } from "./answers.ts";
import { LinearRoad } from "./engine.ts";
import { FrameReader } from "./frame-reader.ts";
import type { RoadOptions, RoadState } from "./state.ts";

const LIMITS = {
  maxMessageBytes: MAX_FRAME_BYTES,
  maxBufferedBytes: 4 * 1024 * 1024,
  idleTimeoutMs: 120_000,
  maxConnections: 4_096,
};

interface Session {
  readonly slot: number;
  readonly connection: Connection;
  isIntroduced: boolean;
}

/** What a server has done. */
export interface ServerCounts {
  messages: number;
  reports: number;
  requests: number;
  skipped: number;
  malformed: number;
  answers: number;
  /** Messages of answers that a session would not take. */
  dropped: number;
}

/**
 * The queries behind a WebSocket transport. A session reports for any number of vehicles on the subprotocol of producers and
 * is told on the same socket what is for them: notices at once, with the callback that brought the reports, and answers about
 * accounts when a tick makes them due.
 */
export class RoadServer {
  readonly engine: LinearRoad;
  readonly counts: ServerCounts = {
    messages: 0,
    reports: 0,
    requests: 0,
    skipped: 0,
    malformed: 0,
    answers: 0,
    dropped: 0,
  };
  readonly #reader: FrameReader;
  readonly #clock: Clock = liveClock();
  readonly #sessions = new Map<number, Session>();
  readonly #bySlot: (Session | undefined)[] = [];
  #listener: Listener | undefined;
  #pacer: NodeJS.Timeout | undefined;
  #slot = 0;

  constructor(options: RoadOptions) {
    this.engine = new LinearRoad(options, (state) => this.#deliver(state));
    this.#reader = new FrameReader(this.engine.pool, this.engine.requests);
  }

  /** Begins to listen on loopback; resolves with the URL of the stream. */
  async listen(transport: ServerTransport): Promise<string> {
    const listener = await transport.listen({ host: "127.0.0.1", port: 0 }, LIMITS, this.#handlers());
    this.#listener = listener;
    // Only makes time advance in silence: ticks follow from receive times.
    this.#pacer = setInterval(() => this.engine.advanceTo(this.engine.stamp(this.#clock())), TICK_MS);
    return `ws://127.0.0.1:${listener.port}${STREAM_PATH}`;
  }

  async close(): Promise<void> {
    clearInterval(this.#pacer);
    await this.#listener?.drain(1_000);
  }

  #handlers(): ConnectionHandlers {
    return {
      upgrade: (request) =>
        request.subprotocols.includes(subprotocol.ingest)
          ? { accept: true, subprotocol: subprotocol.ingest }
          : { accept: false, status: 400, reason: `offer ${subprotocol.ingest}` },
      open: (connection) => this.#open(connection),
      message: (connection, bytes) => this.#message(connection, bytes),
      refusedText: () => {},
      drained: () => {},
      closed: (connection) => this.#closed(connection),
    };
  }

  #open(connection: Connection): void {
    const session = { slot: ++this.#slot, connection, isIntroduced: false };
    this.#sessions.set(connection.id, session);
    this.#bySlot[session.slot] = session;
  }

  #closed(connection: Connection): void {
    const session = this.#sessions.get(connection.id);
    this.#sessions.delete(connection.id);
    if (session === undefined) return;
    this.#bySlot[session.slot] = undefined;
    this.engine.state.accounts.forget(session.slot);
  }

  #message(connection: Connection, bytes: Uint8Array): void {
    const session = this.#sessions.get(connection.id);
    if (session === undefined) return;
    const { engine, counts } = this;
    const receivedAtMs = engine.stamp(this.#clock());
    counts.messages++;
    if (!this.#reader.read(bytes, session.slot)) {
      counts.malformed++;
      return;
    }
    session.isIntroduced ||= this.#reader.hasHello && !Number.isNaN(this.#reader.secondZeroMs);
    if (!session.isIntroduced) return connection.close(closeCode.badHello, "hello and second 0 come first");
    engine.clock.secondZeroMs = this.#reader.secondZeroMs;
    counts.reports += engine.pool.frames.length;
    counts.requests += engine.requests.length;
    counts.skipped = this.#reader.skipped;
    this.#present = session;
    engine.push(receivedAtMs, session.slot);
    this.#present = undefined;
  }

  #present: Session | undefined;

  #deliver(state: RoadState): void {
    const { notices, accountAnswers } = state;
    if (notices.length > 0 && this.#present !== undefined) {
      this.#send(this.#present, this.#reader.frameSeq, notices.rows, notices.length);
    }
    if (accountAnswers.length > 0) this.#deliverAccounts(state);
  }

  /** One message per session that asked. */
  #deliverAccounts({ accountAnswers, accounts }: RoadState): void {
    const bySlot = new Map<number, number[]>();
    accounts.askers.forEach((slot, index) => {
      const indexes = bySlot.get(slot);
      if (indexes === undefined) bySlot.set(slot, [index]);
      else indexes.push(index);
    });
    for (const [slot, indexes] of bySlot) {
      const session = this.#bySlot[slot];
      if (session === undefined) continue;
      const rows = new Int32Array(indexes.length * ANSWER_FIELDS);
      indexes.forEach((index, at) => {
        const start = index * ANSWER_FIELDS;
        rows.set(accountAnswers.rows.subarray(start, start + ANSWER_FIELDS), at * ANSWER_FIELDS);
      });
      this.#send(session, 0, rows, indexes.length);
    }
  }

  #send({ connection }: Session, frameSeq: number, rows: Int32Array, count: number): void {
    this.counts.answers += count;
    if (connection.send(encodeAnswers(frameSeq, rows, count)) === "dropped") this.counts.dropped++;
  }
}
