import { closeCode } from "../domain/close-code.ts";
import type { Receipt } from "../domain/delivery.ts";
import type { PendingMessage, StreamRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import { CENTRE_SOURCE, type Source } from "../domain/station.ts";
import { type AdmissionLimits, TokenBucket } from "../domain/token-bucket.ts";
import type { Connection } from "../transport/transport.ts";
import {
  decodeIngestFrame,
  MAX_FRAME_ITEMS,
  type WireSubscribe,
  type WireUnsubscribe,
} from "../wire/ingest-frame.ts";
import { isPlainFrame, peekFrame } from "../wire/peek.ts";
import { encodeProblem, encodeReceipt } from "../wire/server-message.ts";
import { Backlog, type Waiting } from "./backlog.ts";
import { type Gathered, GatheredMessages, LARGEST_GATHERED_BYTES } from "./gathered-messages.ts";
import type { MessageOutcome } from "./message-outcome.ts";
import { SourceBuckets } from "./source-buckets.ts";
import { SLICE_MS, Turn } from "./turn.ts";

/** The pipeline as producer sessions see it. */
export interface RecordSink {
  stamp(nowMs: number): number;
  push(record: Exclude<StreamRecord, { kind: "tick" }>): MessageOutcome | undefined;
  /** Fetches what the messages that come next will need of memory. */
  readAhead?(messages: readonly PendingMessage[]): void;
}

/** What lets a producer subscribe on its own socket, e.g. to what lies ahead of it. */
export interface SubscriptionGate {
  subscribe(connection: Connection, source: Source, request: WireSubscribe): void;
  unsubscribe(connection: Connection, request: WireUnsubscribe): void;
  drained(connection: Connection): void;
  closed(connection: Connection): void;
}

export interface ProducerSessionOptions {
  /** What one source may send; it may change at any time. */
  readonly admission: AdmissionLimits;
  /** Says why what is shed now is: the server cannot follow, or the source sends too much. */
  readonly overload?: { readonly isOverloaded: boolean };
  /** A session without an accepted hello is closed after this (4408). */
  readonly helloTimeoutMs: number;
  readonly maxSessions: number;
  /**
   * Calls back when the disk has everything that was taken so far, with false where that cannot be said. Receipts say
   * false where absent.
   */
  readonly whenDurable?: (done: (isDurable: boolean) => void) => void;
  /** Small messages of one turn of the event loop are processed together; each on its own where absent. */
  readonly gathering?: Gathering;
}

export interface Gathering {
  /** Calls back when the present turn has brought all that it brings. */
  readonly defer: (flush: () => void) => void;
  /** A message met a fault of the program: its connection is to be closed. */
  readonly onFault: (connection: Connection, error: unknown) => void;
  /**
   * What a turn has no time for waits here, up to so many bytes; what finds no room is shed. Safety messages do not wait.
   * Where absent every turn takes as long as its messages take.
   */
  readonly backlogBytes?: number;
}

interface Session {
  readonly slot: number;
  readonly connection: Connection;
  /** Of the server itself, not of a client. */
  readonly isOwn: boolean;
  readonly openedAtMs: number;
  /** Of the session until its hello, then of its source. */
  bucket: TokenBucket;
  /** Set by the hello. */
  source: Source | undefined;
  receiptsForAll: boolean;
  unreadableInRow: number;
  shedItems: number;
  /** Shed because the server had no time for them, whatever the rate. */
  crowdedItems: number;
  /** Items that the credentials did not permit, by reason; there are two. */
  readonly refused: Map<string, number>;
  /** When it was told last that the server is overloaded. */
  overloadToldAtMs: number;
  /** We close it: what it has sent since is not read. */
  isEnding: boolean;
}

/** A producer that sends nothing but garbage is cut after so many messages: each costs a decode and a log line. */
const MAX_UNREADABLE_IN_ROW = 100;

const RATE_LIMIT = "rate-limit";
const OVERLOAD = "overload";

/** A producer is told of an overload when it loses messages by it, and again after this. */
const OVERLOAD_NOTICE_EVERY_MS = 10_000;

/**
 * Producer sockets: stamps, admits and hands on their messages, answers receipts, and closes sessions that do not keep
 * to the protocol. Everything that matters to detection leaves here as a record.
 */
export class ProducerSessions {
  readonly #sink: RecordSink;
  readonly #gate: SubscriptionGate;
  readonly #options: ProducerSessionOptions;
  readonly #clock: () => number;
  readonly #byConnection = new Map<number, Session>();
  readonly #buckets: SourceBuckets;
  readonly #gathered = new GatheredMessages<Session>();
  readonly #backlog: Backlog<Session> | undefined;
  readonly #turn: Turn;
  #isWorking = false;
  readonly #freeSlots: number[] = [];
  #highestSlot = 0;
  /** Answers that did not fit into a producer's send buffer: a producer that does not read loses receipts only. */
  answersDropped = 0;
  /** Messages that found the backlog full. */
  messagesCrowded = 0;

  constructor(
    sink: RecordSink,
    gate: SubscriptionGate,
    options: ProducerSessionOptions,
    clock: () => number,
  ) {
    this.#sink = sink;
    this.#gate = gate;
    this.#options = options;
    this.#buckets = new SourceBuckets(options.admission);
    this.#clock = clock;
    const { backlogBytes, defer = () => undefined } = options.gathering ?? {};
    this.#backlog = backlogBytes === undefined ? undefined : new Backlog(backlogBytes);
    this.#turn = new Turn(defer);
  }

  /** What waits because turns had no time for it, for how long without a break, and the most that may. */
  get backlog(): { readonly bytes: number; readonly limitBytes: number; readonly standingMs: number } {
    const { bytes = 0, limitBytes = 0 } = this.#backlog ?? {};
    return { bytes, limitBytes, standingMs: this.#backlog?.standingMs(this.#clock()) ?? 0 };
  }

  get size(): number {
    return this.#byConnection.size;
  }

  /** What the source that was given most got since this was asked last, items per second. */
  mostTakenPerSecond(): number {
    return this.#buckets.mostTakenPerSecond(this.#clock());
  }

  get isFull(): boolean {
    return this.size >= this.#options.maxSessions;
  }

  /** @param isOwn the server itself speaks, and may call itself the centre */
  open(connection: Connection, isOwn = false): void {
    if (this.isFull) return connection.close(closeCode.tryAgainLater, "too many producer sessions");
    this.flush();
    const receivedAtMs = this.#sink.stamp(this.#clock());
    const slot = this.#freeSlots.pop() ?? ++this.#highestSlot;
    this.#byConnection.set(connection.id, {
      slot,
      connection,
      isOwn,
      openedAtMs: receivedAtMs,
      bucket: new TokenBucket(this.#options.admission, receivedAtMs),
      source: undefined,
      receiptsForAll: false,
      unreadableInRow: 0,
      shedItems: 0,
      crowdedItems: 0,
      refused: new Map(),
      overloadToldAtMs: Number.NEGATIVE_INFINITY,
      isEnding: false,
    });
    this.#sink.push({ kind: "session-opened", receivedAtMs, slot });
  }

  message(connection: Connection, bytes: Uint8Array): void {
    const session = this.#byConnection.get(connection.id);
    if (session === undefined) return;
    if (isImpostor(session, bytes)) {
      session.isEnding = true;
      return connection.close(closeCode.forbidden, `nobody else may be the source ${CENTRE_SOURCE}`);
    }
    const { gathering } = this.#options;
    const nowMs = this.#clock();
    if (gathering !== undefined && this.#keepsForLater(session, bytes, nowMs, gathering)) return;
    if (gathering !== undefined && mayWait(session, bytes)) {
      this.#gather(session, bytes, nowMs, gathering);
    } else {
      this.flush();
      this.#take(session, bytes, nowMs);
    }
  }

  /**
   * True where this turn has no time for the message: it waits behind those of its session that wait, or is shed. Hellos
   * and safety messages have time always, and overtake.
   */
  #keepsForLater(session: Session, bytes: Uint8Array, nowMs: number, { defer }: Gathering): boolean {
    const backlog = this.#backlog;
    if (backlog === undefined || session.source === undefined) return false;
    if (backlog.isEmpty && this.#turn.hasTime(nowMs)) return false;
    const peek = peekFrame(bytes);
    if (peek.hasSafetyItems) return false;
    if (!this.#fits(session, peek.items, nowMs)) session.shedItems += peek.items;
    else if (!backlog.add(session, bytes, nowMs)) {
      session.crowdedItems += peek.items;
      this.messagesCrowded++;
    } else if (!this.#isWorking) {
      this.#isWorking = true;
      defer(this.#work);
    }
    return true;
  }

  /** A slice of what waits; the next one in the next turn, so that what arrives is heard between. */
  readonly #work = (): void => {
    const endMs = this.#clock() + SLICE_MS;
    do this.#takeWaiting(this.#backlog?.take());
    while (this.#backlog?.isEmpty === false && this.#clock() < endMs);
    this.flush();
    this.#isWorking = this.#backlog?.isEmpty === false;
    if (this.#isWorking) this.#options.gathering?.defer(this.#work);
  };

  /** Takes all that waits, however long it takes: nothing more will come. */
  finish(): void {
    while (this.#backlog?.isEmpty === false) this.#takeWaiting(this.#backlog.take());
    this.flush();
  }

  #takeWaiting(waiting: Waiting<Session> | undefined): void {
    if (waiting === undefined) return;
    const { session } = waiting;
    if ("end" in waiting) {
      this.flush();
      waiting.end();
    } else if (mayWait(session, waiting.bytes)) {
      this.#gathered.add(session, session.slot, waiting.bytes, waiting.arrivedAtMs);
      if (this.#gathered.isFull) this.flush();
    } else {
      this.flush();
      this.#takeSafely(session, waiting.bytes, waiting.arrivedAtMs);
    }
  }

  #gather(session: Session, bytes: Uint8Array, nowMs: number, { defer }: Gathering): void {
    if (this.#gathered.isEmpty) defer(this.#flushDeferred);
    this.#gathered.add(session, session.slot, bytes, nowMs);
    if (this.#gathered.isFull) this.flush();
  }

  readonly #flushDeferred = (): void => this.flush();

  /** Processes what was gathered: before any other record, and before time goes on. */
  flush(): void {
    if (this.#gathered.isEmpty) return;
    const messages = this.#gathered.take();
    this.#sink.readAhead?.(messages.filter(isReadAhead));
    for (const { session, bytes, arrivedAtMs } of messages) this.#takeSafely(session, bytes, arrivedAtMs);
  }

  /** For messages whose own callback is over. */
  #takeSafely(session: Session, bytes: Uint8Array, arrivedAtMs: number): void {
    if (session.isEnding) return;
    try {
      this.#take(session, bytes, arrivedAtMs);
    } catch (error) {
      session.isEnding = true;
      this.#options.gathering?.onFault(session.connection, error);
    }
  }

  #take(session: Session, bytes: Uint8Array, arrivedAtMs: number): void {
    const receivedAtMs = this.#sink.stamp(arrivedAtMs);
    if (!this.#admits(session, bytes, receivedAtMs)) return;
    const outcome = this.#sink.push({ kind: "message", receivedAtMs, slot: session.slot, bytes });
    if (outcome === undefined) return;
    if (outcome.introduced !== undefined) this.#introduce(session, outcome.introduced, receivedAtMs);
    session.bucket.charge(outcome.items);
    this.#answer(session, outcome);
  }

  /**
   * Counts items that were turned away before they came here, e.g. because the credentials do not permit them. Written down
   * with the next sweep: a record for each would let a client fill a recording with what it may not send.
   */
  shed(connection: Connection, items: number, reason: string): void {
    const refused = this.#byConnection.get(connection.id)?.refused;
    refused?.set(reason, (refused.get(reason) ?? 0) + items);
  }

  drained(connection: Connection): void {
    this.#gate.drained(connection);
  }

  closed(connection: Connection, code: number): void {
    const session = this.#byConnection.get(connection.id);
    if (session === undefined) return;
    this.flush();
    this.#gate.closed(connection);
    this.#byConnection.delete(connection.id);
    if (this.#backlog?.holds(session) === true)
      this.#backlog.addEnd(session, () => this.#ended(session, code));
    else this.#ended(session, code);
  }

  /** Its slot and its bucket are free when the last of its messages has been taken. */
  #ended(session: Session, code: number): void {
    this.#flushShed(session);
    if (session.source !== undefined) this.#buckets.release(session.source.name);
    this.#freeSlots.push(session.slot);
    const receivedAtMs = this.#sink.stamp(this.#clock());
    this.#sink.push({ kind: "session-closed", receivedAtMs, slot: session.slot, reason: String(code) });
  }

  /** Closes sessions whose hello is overdue and writes down what was shed. Called a few times a second. */
  sweep(): void {
    this.flush();
    const nowMs = this.#clock();
    this.#buckets.sweep(nowMs);
    const deadlineMs = nowMs - this.#options.helloTimeoutMs;
    for (const session of this.#byConnection.values()) {
      this.#flushShed(session);
      if (session.source !== undefined || session.openedAtMs > deadlineMs) continue;
      session.connection.close(closeCode.helloTimeout, `no hello within ${this.#options.helloTimeoutMs} ms`);
    }
  }

  /**
   * Safety messages pass whatever the rate; other messages beyond it are shed and counted item by item. While the bucket
   * holds a full frame, nobody needs to look into the message.
   */
  #admits(session: Session, bytes: Uint8Array, receivedAtMs: number): boolean {
    const available = session.bucket.available(receivedAtMs);
    if (available >= MAX_FRAME_ITEMS) return true;
    const peek = peekFrame(bytes);
    if (peek.hasSafetyItems || this.#fits(session, peek.items, receivedAtMs)) return true;
    session.shedItems += peek.items;
    return false;
  }

  /** A frame larger than the burst would never fit: it passes when the bucket is full. */
  #fits({ bucket }: Session, items: number, nowMs: number): boolean {
    return items <= Math.max(bucket.available(nowMs), bucket.isFull(nowMs) ? MAX_FRAME_ITEMS : 0);
  }

  /** A hello may come again with the same content. */
  #introduce(session: Session, source: Source, receivedAtMs: number): void {
    if (session.source !== undefined) return;
    session.source = source;
    session.bucket = this.#buckets.hold(source.name, receivedAtMs);
  }

  #flushShed(session: Session): void {
    const isOverloaded = this.#options.overload?.isOverloaded === true;
    this.#writeShed(session, session.shedItems, isOverloaded ? OVERLOAD : RATE_LIMIT);
    this.#writeShed(session, session.crowdedItems, OVERLOAD);
    session.shedItems = 0;
    session.crowdedItems = 0;
    for (const [reason, items] of session.refused) this.#writeShed(session, items, reason);
    session.refused.clear();
  }

  #writeShed(session: Session, items: number, reason: string): void {
    if (items === 0) return;
    const receivedAtMs = this.#sink.stamp(this.#clock());
    if (reason === OVERLOAD) this.#tellOverload(session, receivedAtMs);
    this.#sink.push({ kind: "shed", receivedAtMs, slot: session.slot, items, reason });
  }

  #tellOverload(session: Session, nowMs: number): void {
    if (nowMs - session.overloadToldAtMs < OVERLOAD_NOTICE_EVERY_MS) return;
    session.overloadToldAtMs = nowMs;
    const problem = { code: OVERLOAD, message: OVERLOAD_HINT, field: "", subscriptionId: "" };
    if (session.connection.send(encodeProblem(problem)) === "dropped") this.answersDropped++;
  }

  #answer(session: Session, outcome: MessageOutcome): void {
    const { connection } = session;
    session.receiptsForAll ||= outcome.receiptsForAll;
    if (outcome.wantDurableReceipt) this.#sendReceiptWhenDurable(session, outcome);
    else if (outcome.wantReceipt || session.receiptsForAll) {
      this.#sendReceipt(session, receiptOf(outcome, false));
    }
    if (outcome.refused !== undefined) return this.#refuse(session, outcome);
    session.unreadableInRow = 0;
    if (outcome.subscribe !== undefined && session.source !== undefined) {
      this.#gate.subscribe(connection, session.source, outcome.subscribe);
    }
    if (outcome.unsubscribe !== undefined) this.#gate.unsubscribe(connection, outcome.unsubscribe);
  }

  /** The receipt tells what became of the frame now; the outcome is another's by the time it is sent. */
  #sendReceiptWhenDurable(session: Session, outcome: MessageOutcome): void {
    const receipt = receiptOf(outcome, false);
    const { whenDurable } = this.#options;
    if (whenDurable === undefined) return this.#sendReceipt(session, receipt);
    whenDurable((durable) => {
      if (this.#byConnection.get(session.connection.id) !== session) return;
      this.#sendReceipt(session, { ...receipt, durable });
    });
  }

  #sendReceipt(session: Session, receipt: Receipt): void {
    if (session.connection.send(encodeReceipt(receipt)) === "dropped") this.answersDropped++;
  }

  /** A session without a proper hello ends at once; unreadable messages end it when nothing else comes. */
  #refuse(session: Session, outcome: MessageOutcome): void {
    const { connection } = session;
    const rejection = outcome.refused;
    if (rejection === undefined) return;
    const field = rejection.field ?? "";
    if (rejection.rejected === "no-hello" || rejection.rejected === "bad-hello") {
      const message = HELLO_HINTS[field] ?? HELLO_HINT;
      connection.send(encodeProblem({ code: rejection.rejected, message, field, subscriptionId: "" }));
      session.isEnding = true;
      return connection.close(closeCode.badHello, message);
    }
    session.unreadableInRow++;
    if (session.unreadableInRow < MAX_UNREADABLE_IN_ROW) return;
    session.isEnding = true;
    connection.close(closeCode.policyViolation, `${MAX_UNREADABLE_IN_ROW} unreadable messages in a row`);
  }
}

function receiptOf(outcome: MessageOutcome, durable: boolean): Receipt {
  return {
    frameSeq: outcome.frameSeq,
    accepted: outcome.accepted,
    duplicate: outcome.duplicate,
    late: outcome.late,
    durable,
    rejected: outcome.rejected.map(({ rejection, count }) => ({
      reason: rejection.rejected,
      count,
      field: rejection.field ?? "",
    })),
  };
}

/** Whoever says of themselves that they are the centre; looked for in what comes before the hello is accepted. */
function isImpostor({ isOwn, source }: Session, bytes: Uint8Array): boolean {
  if (isOwn || source !== undefined || isPlainFrame(bytes)) return false;
  const frame = decodeIngestFrame(bytes);
  return !isRejection(frame) && frame.hello?.source_id === CENTRE_SOURCE;
}

/** Near the limit of its rate, a source's messages are not read before they are admitted. */
function isReadAhead({ session, arrivedAtMs }: Gathered<Session>): boolean {
  return session.bucket.available(arrivedAtMs) >= MAX_FRAME_ITEMS;
}

/** Who expects an answer gets it at once: the connection may be closed right behind the message. */
function mayWait({ receiptsForAll }: Session, bytes: Uint8Array): boolean {
  return !receiptsForAll && bytes.length <= LARGEST_GATHERED_BYTES && isPlainFrame(bytes);
}

const OVERLOAD_HINT =
  "the server is overloaded and sheds part of what is no safety message; send less or in batches";

const HELLO_HINT = "the first message of a producer needs a hello with source_id and kind";
const HELLO_HINTS: Readonly<Record<string, string>> = {
  "hello.source_id": "hello.source_id must be 1 to 64 characters of a-z, 0-9, '-', '_', '.', ':'",
  "hello.kind": "hello.kind must say vehicle, RSU or gateway",
  "hello.time_base": "hello.time_base must be UTC, TAI or UTC without leap seconds",
  hello: "a session has one hello: reconnect to change it",
};
