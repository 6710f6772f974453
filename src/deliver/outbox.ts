import { closeCode } from "../domain/close-code.ts";
import type { DeliveryCounters } from "../domain/counters.ts";
import { encodeFlowControl } from "../wire/server-message.ts";
import type { Backlog } from "./alert-batches.ts";
import type { Outlet } from "./outlet.ts";

export interface OutboxLimits {
  /** Bytes of live alerts that wait here, on top of the connection's own buffer. */
  readonly outboxBytes: number;
  /** A live alert that has waited this long disconnects its subscriber; so does a backlog that makes no progress. */
  readonly slowConsumerAgeMs: number;
}

/** The connection's own buffer is filled this far with alerts: enough to keep the network busy between two drains. */
const HIGH_WATER_BYTES = 64 * 1024;

/** What a waiting message costs beyond its bytes; it also bounds the number of messages. */
const MESSAGE_OVERHEAD_BYTES = 128;

/** The subscriber is told at these parts of the limits, so that the notice always comes before the end. */
const NOTICE_BYTES_PART = 0.5;
const NOTICE_AGE_PART = 0.25;

interface WaitingMessage {
  readonly bytes: Uint8Array;
  readonly alerts: number;
  readonly sinceMs: number;
}

interface WaitingBacklog {
  readonly backlog: Backlog;
  readonly sinceMs: number;
}

/** Why an outbox gave up. */
export type OutboxEnd = "slow" | "undeliverable";

/**
 * What waits for one connection, in order. Alerts are neither dropped nor replaced: a subscriber that reads too slowly
 * is told and, when a limit is reached, disconnected with 4508. What becomes of alerts is counted here.
 */
export class Outbox {
  /** Positions that newer ones replaced since the last notice to this subscriber. */
  positionsConflated = 0;
  readonly #outlet: Outlet;
  readonly #limits: OutboxLimits;
  readonly #counters: DeliveryCounters;
  readonly #onEnd: (end: OutboxEnd) => void;
  /** Messages are bounded by `outboxBytes`, backlogs by one per subscription. */
  #queue: (WaitingMessage | WaitingBacklog)[] = [];
  /** Bytes of the messages in the queue. */
  #bytes = 0;
  /** The message in hand: the connection refused it, so it is the next one. */
  #current: WaitingMessage | undefined;
  /** The connection's buffer was full: wait until it has run empty. */
  #blocked = false;
  /** When a backlog last went on; live alerts behind it do not age meanwhile. */
  #backlogAtMs = 0;
  #noticed = false;
  #ended = false;

  constructor(
    outlet: Outlet,
    limits: OutboxLimits,
    counters: DeliveryCounters,
    onEnd: (end: OutboxEnd) => void,
  ) {
    this.#outlet = outlet;
    this.#limits = limits;
    this.#counters = counters;
    this.#onEnd = onEnd;
  }

  /** Bytes of live messages that wait here. */
  get queuedBytes(): number {
    return this.#bytes;
  }

  /** A backlog is still being sent: what comes now waits behind it. */
  get hasBacklog(): boolean {
    return this.#queue.some((entry) => "backlog" in entry);
  }

  /** Nothing waits, neither here nor in the connection: positions may go. */
  get isClear(): boolean {
    return !this.#ended && this.#isEmpty && this.#outlet.bufferedBytes() === 0;
  }

  /** @param alerts alerts in the message; 0 for answers and notices */
  push(bytes: Uint8Array, alerts: number, nowMs: number): void {
    this.#counters.matched += alerts;
    if (this.#ended) {
      this.#counters.dropped += alerts;
      return;
    }
    if (this.#sentAtOnce(bytes)) {
      this.#counters.sent += alerts;
      return;
    }
    this.#counters.queued += alerts;
    this.#bytes += bytes.length + MESSAGE_OVERHEAD_BYTES;
    this.#queue.push({ bytes, alerts, sinceMs: nowMs });
    this.#flush(nowMs);
    this.#check(nowMs);
  }

  /** Nearly every message: nothing waits before it, and the connection takes it. */
  #sentAtOnce(bytes: Uint8Array): boolean {
    if (this.#blocked || this.#noticed || !this.#isEmpty) return false;
    return this.#outlet.bufferedBytes() < HIGH_WATER_BYTES && this.#outlet.send(bytes) !== "dropped";
  }

  /** The backlog in the queue has grown by so many alerts. */
  backlogGrew(alerts: number): void {
    this.#counters.matched += alerts;
    this.#counters.queued += alerts;
  }

  pushBacklog(backlog: Backlog, nowMs: number): void {
    this.#counters.matched += backlog.remaining;
    if (this.#ended) {
      this.#counters.dropped += backlog.remaining;
      return;
    }
    this.#counters.queued += backlog.remaining;
    this.#queue.push({ backlog, sinceMs: nowMs });
    this.#flush(nowMs);
  }

  /** Takes back what a subscription's backlog still holds; answers how many alerts that was. */
  withdraw(owner: object): number {
    const isOwn = (entry: WaitingMessage | WaitingBacklog) =>
      "backlog" in entry && entry.backlog.owner === owner;
    const withdrawn = this.#queue.filter(isOwn).reduce((sum, entry) => sum + alertsOf(entry), 0);
    this.#queue = this.#queue.filter((entry) => !isOwn(entry));
    this.#counters.queued -= withdrawn;
    return withdrawn;
  }

  /** Sends past the queue. False where the connection did not take it. */
  sendNow(bytes: Uint8Array): boolean {
    return !this.#ended && this.#outlet.send(bytes) !== "dropped";
  }

  drained(nowMs: number): void {
    this.#blocked = false;
    this.#flush(nowMs);
  }

  onTick(nowMs: number): void {
    if (this.#isEmpty) return;
    this.#flush(nowMs);
    this.#check(nowMs);
  }

  /** The connection is gone: what waited is dropped. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    const left = this.#queue.reduce((sum, entry) => sum + alertsOf(entry), this.#current?.alerts ?? 0);
    this.#counters.queued -= left;
    this.#counters.dropped += left;
    this.#queue = [];
    this.#bytes = 0;
    this.#current = undefined;
  }

  get #isEmpty(): boolean {
    return this.#current === undefined && this.#queue.length === 0;
  }

  #flush(nowMs: number): void {
    while (!this.#ended && !this.#blocked && this.#outlet.bufferedBytes() < HIGH_WATER_BYTES) {
      const message = this.#current ?? this.#take(nowMs);
      if (message === undefined) break;
      if (this.#outlet.send(message.bytes) === "dropped") return this.#refused(message);
      this.#current = undefined;
      this.#counters.sent += message.alerts;
      this.#counters.queued -= message.alerts;
    }
    if (this.#noticed && this.#isEmpty && !this.#ended) this.#notify("recovered", 0);
  }

  /** No drain follows a refusal by an empty buffer: the connection is closing, or the message is too large for it. */
  #refused(message: WaitingMessage): void {
    this.#current = message;
    this.#blocked = true;
    if (this.#outlet.bufferedBytes() === 0) this.#end("undeliverable");
  }

  #take(nowMs: number): WaitingMessage | undefined {
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      if (!("backlog" in head)) {
        this.#queue.shift();
        this.#bytes -= head.bytes.length + MESSAGE_OVERHEAD_BYTES;
        return head;
      }
      const batch = head.backlog.take();
      if (batch !== undefined) {
        this.#backlogAtMs = nowMs;
        return { ...batch, sinceMs: nowMs };
      }
      if (!head.backlog.isOver) {
        // It reads on at the next tick; that it was read at all is progress.
        this.#backlogAtMs = nowMs;
        return undefined;
      }
      this.#queue.shift();
    }
    return undefined;
  }

  #check(nowMs: number): void {
    if (this.#ended || this.#isEmpty) return;
    const ageMs = this.#ageMs(nowMs);
    const { outboxBytes, slowConsumerAgeMs } = this.#limits;
    const isHighWater =
      this.#bytes > outboxBytes * NOTICE_BYTES_PART || ageMs > slowConsumerAgeMs * NOTICE_AGE_PART;
    if (isHighWater && !this.#noticed) this.#notify("queueing", slowConsumerAgeMs - ageMs);
    if (this.#bytes > outboxBytes || ageMs > slowConsumerAgeMs) this.#end("slow");
  }

  #ageMs(nowMs: number): number {
    const head = this.#current ?? this.#queue[0];
    return head === undefined ? 0 : nowMs - Math.max(head.sinceMs, this.#backlogAtMs);
  }

  /** Goes straight into the connection's buffer, which has room beyond our high water mark. */
  #notify(action: "queueing" | "recovered", remainingMs: number): void {
    this.#noticed = action === "queueing";
    const disconnectInMs = Number.isFinite(remainingMs) ? Math.max(0, Math.round(remainingMs)) : 0;
    const { positionsConflated } = this;
    this.positionsConflated = 0;
    this.sendNow(encodeFlowControl({ action, queuedBytes: this.#bytes, positionsConflated, disconnectInMs }));
  }

  #end(end: OutboxEnd): void {
    this.close();
    if (end === "slow") {
      this.#outlet.close(
        closeCode.slowConsumer,
        "slow consumer: resume from the last cursor and read faster",
      );
    } else {
      this.#outlet.close(closeCode.internalError, "a message could not be delivered");
    }
    this.#onEnd(end);
  }
}

const alertsOf = (entry: WaitingMessage | WaitingBacklog): number =>
  "backlog" in entry ? entry.backlog.remaining : entry.alerts;
