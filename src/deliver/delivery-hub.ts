import { type Alert, isTerminal } from "../domain/alert.ts";
import type { AlertLog, LoggedAlert } from "../domain/alert-log.ts";
import { Counters } from "../domain/counters.ts";
import type { DeliveryLatency } from "../domain/delivery.ts";
import type { LatencyStamps } from "../domain/record.ts";
import type { Cursor, StationQuery } from "../domain/subscription.ts";
import { groups, SharedBatches } from "./alert-batches.ts";
import { DEFAULT_RING_TRANSITIONS, MemoryAlertLog } from "./alert-log.ts";
import { type DeliveryLimits, DeliveryStats, type DeliveryWorld } from "./delivery-world.ts";
import { LiveAlerts } from "./live-alerts.ts";
import type { Outlet } from "./outlet.ts";
import type { Recipient } from "./recipient.ts";
import { type SessionEnd, type SessionOptions, SubscriberSession } from "./subscriber-session.ts";
import { SubscriptionBook } from "./subscription-book.ts";

export type { SessionOptions, SubscriberSession };

export interface DeliveryOptions {
  /** Numbers alert transitions; different after each restart, e.g. the Unix time of the start, ms. */
  readonly epoch: number;
  readonly stations: StationQuery;
  /** Name under which a station leaves the server, below 2^48. */
  readonly labelOf: (stationId: number, atMs: number) => number;
  /** Live alerts as they are now, silent extensions of their validity included; for snapshots. */
  readonly presentAlert?: (alertId: string) => Alert | undefined;
  readonly limits?: Partial<DeliveryLimits>;
  readonly counters?: Counters;
  /** A durable log in place of the ring in memory. */
  readonly log?: AlertLog;
  /** Monotonic clock for the latency in the delivery envelope; without it nobody measures. */
  readonly monotonicNowMs?: () => number;
}

const DEFAULT_LIMITS: DeliveryLimits = {
  ringTransitions: DEFAULT_RING_TRANSITIONS,
  outboxBytes: 1024 * 1024,
  slowConsumerAgeMs: 10_000,
  maxSubscriptionsPerSession: 16,
};

/** A subscriber that was told to go and does not answer is cut after this. */
const CLOSE_GRACE_MS = 5_000;

const MICROSECONDS_PER_MS = 1_000;

/** Transitions whose latencies can be asked for, about 50 B each. */
const KEPT_LATENCIES = 4_096;

/**
 * Alert transitions in, messages to subscribers out. Everything runs to its end before the next call begins, so a
 * transition is either in a subscription's snapshot or comes after it, never neither and never both.
 */
export class DeliveryHub {
  readonly counters: Counters;
  readonly stats = new DeliveryStats();
  readonly #world: DeliveryWorld;
  readonly #monotonicNowMs: (() => number) | undefined;
  readonly #sessions = new Set<SubscriberSession>();
  readonly #closing = new Map<SubscriberSession, number>();
  /** By sequence modulo their number. */
  readonly #latencies: { readonly sequence: number; readonly latency: DeliveryLatency }[] = [];
  #lastSessionId = 0;

  constructor(options: DeliveryOptions) {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.counters = options.counters ?? new Counters();
    this.#monotonicNowMs = options.monotonicNowMs;
    this.#world = {
      log: options.log ?? new MemoryAlertLog(options.epoch, limits.ringTransitions),
      live: new LiveAlerts(),
      book: new SubscriptionBook(),
      stations: options.stations,
      labelOf: options.labelOf,
      presentAlert: (alert) => options.presentAlert?.(alert.alertId) ?? alert,
      counters: this.counters,
      stats: this.stats,
      limits,
      nowMs: 0,
    };
    for (const entry of this.#world.log.liveAtOpening) this.#world.live.apply(entry);
  }

  /** The newest transition. */
  get cursor(): Cursor {
    return { epoch: this.#world.log.epoch, sequence: this.#world.log.newest };
  }

  get liveAlerts(): number {
    return this.#world.live.size;
  }

  /** Every alert that has not ended, as a subscriber that begins now is told it. */
  *live(): Iterable<Alert> {
    for (const { entry } of this.#world.live.all()) yield this.#world.presentAlert(entry.alert);
  }

  /** The same of one alert; undefined where it has ended or was never told. */
  liveAlert(alertId: string): Alert | undefined {
    const entry = this.#world.live.get(alertId)?.entry;
    return entry && this.#world.presentAlert(entry.alert);
  }

  /** Subscriptions that are told of an alert. */
  followersOf(alertId: string): number {
    return this.#world.live.get(alertId)?.followers.size ?? 0;
  }

  /**
   * Revisions of an alert, newest first, as far as the log reaches without a search: of a live alert from the log, of one
   * that has ended those that are still in memory.
   */
  revisionsOf(alertId: string, most: number): readonly LoggedAlert[] {
    const { log, live } = this.#world;
    const revisions: LoggedAlert[] = [];
    let next = live.get(alertId)?.entry ?? this.#lastInMemory(alertId);
    while (next !== undefined && revisions.length < most) {
      revisions.push(next);
      next = next.previousSequence === 0 ? undefined : log.at(next.previousSequence);
    }
    return revisions;
  }

  /** Where the time of a transition was spent; undefined where nobody measured, or long ago. */
  latencyOf(sequence: number): DeliveryLatency | undefined {
    const kept = this.#latencies[sequence % KEPT_LATENCIES];
    return kept?.sequence === sequence ? kept.latency : undefined;
  }

  /** Name under which a station leaves the server on the day of a time, Unix ms. */
  labelOf(stationId: number, atMs: number): number {
    return this.#world.labelOf(stationId, atMs);
  }

  get subscriptions(): number {
    return this.#world.book.size;
  }

  /** Alerts that have not ended and match, by their last transition, with their present validity: what follows `cursor`. */
  present(matches: (alert: Alert) => boolean): readonly LoggedAlert[] {
    const { live, presentAlert } = this.#world;
    return [...live.all()]
      .filter(({ entry }) => matches(entry.alert))
      .map(({ entry }) => ({ ...entry, alert: presentAlert(entry.alert) }))
      .sort((a, b) => a.sequence - b.sequence);
  }

  /** Bytes of alerts that wait in outboxes: a replay that is faster than its subscribers holds back by this. */
  get queuedBytes(): number {
    let bytes = 0;
    for (const session of this.#sessions) bytes += session.queuedBytes;
    return bytes;
  }

  /** Serves one connection. The session must be told when the connection has drained and when it is gone. */
  openSession(outlet: Outlet, nowMs: number, options: SessionOptions = {}): SubscriberSession {
    this.#world.nowMs = Math.max(this.#world.nowMs, nowMs);
    const id = ++this.#lastSessionId;
    const session = new SubscriberSession(id, outlet, this.#world, options, (gone, end) =>
      this.#forget(gone, end),
    );
    this.#sessions.add(session);
    this.stats.sessions = this.#sessions.size;
    return session;
  }

  /**
   * @param transitions alert transitions of one record, in order
   * @param stamps monotonic times of the record; undefined where nobody measured
   */
  publish(transitions: readonly Alert[], stamps: LatencyStamps | undefined, nowMs: number): void {
    this.#world.nowMs = Math.max(this.#world.nowMs, nowMs);
    if (transitions.length === 0) return;
    const latency = this.#latencyOf(stamps);
    for (const group of groups(transitions)) this.#publishGroup(group, latency);
    const handedMs = this.#sinceReceivedMs(stamps);
    if (handedMs !== undefined) this.counters.deliverLatency.record(handedMs);
  }

  onTick(tickMs: number): void {
    this.#world.nowMs = Math.max(this.#world.nowMs, tickMs);
    for (const session of this.#sessions) session.onTick(tickMs);
    for (const [session, deadlineMs] of this.#closing) {
      if (tickMs < deadlineMs) continue;
      this.#closing.delete(session);
      session.terminate();
    }
  }

  #publishGroup(group: readonly Alert[], latency: DeliveryLatency | undefined): void {
    const { log, book } = this.#world;
    const entries = log.append(group);
    this.#keep(entries, latency);
    const chosen = new Map<Recipient, number[]>();
    for (const [index, entry] of entries.entries()) this.#choose(entry, index, chosen);
    const batches = new SharedBatches(log.epoch, entries, latency);
    const all = [...entries.keys()];
    let bytesOfAll: Uint8Array | undefined;
    for (const session of book.sessionsThatSeeAll()) {
      bytesOfAll ??= batches.bytesOf(all);
      session.offer(bytesOfAll, entries, all);
    }
    for (const [session, indices] of chosen) session.offer(batches.bytesOf(indices), entries, indices);
  }

  /** Finds the sessions that a transition goes to, each once. */
  #choose(entry: LoggedAlert, index: number, chosen: Map<Recipient, number[]>): void {
    const { alert } = entry;
    const { live, book } = this.#world;
    const concerned = live.apply(entry);
    const isOver = isTerminal(alert.state);
    if (!isOver) {
      for (const active of book.candidates(alert, concerned.boxes)) {
        if (!active.told.has(concerned) && active.matches(alert)) active.follow(concerned);
      }
    }
    for (const active of concerned.followers) {
      if (active.wants(alert)) {
        active.follow(concerned);
        if (!book.seesAll(active.session)) choose(chosen, active.session, index);
      }
      if (isOver) active.told.delete(concerned);
    }
  }

  #lastInMemory(alertId: string): LoggedAlert | undefined {
    const { log } = this.#world;
    for (let sequence = log.newest; sequence >= Math.max(log.recent, log.oldest); sequence--) {
      const entry = log.at(sequence);
      if (entry?.alert.alertId === alertId) return entry;
    }
    return undefined;
  }

  #keep(entries: readonly LoggedAlert[], latency: DeliveryLatency | undefined): void {
    if (latency === undefined) return;
    for (const { sequence } of entries) this.#latencies[sequence % KEPT_LATENCIES] = { sequence, latency };
  }

  #latencyOf(stamps: LatencyStamps | undefined): DeliveryLatency | undefined {
    const deliveredMs = this.#sinceReceivedMs(stamps);
    if (stamps === undefined || deliveredMs === undefined) return undefined;
    const { receivedMonotonicMs, decodedMonotonicMs, detectedMonotonicMs } = stamps;
    const sinceReceived = (ms: number) =>
      Math.max(0, Math.round((ms - receivedMonotonicMs) * MICROSECONDS_PER_MS));
    return {
      decodedUs: sinceReceived(decodedMonotonicMs),
      detectedUs: sinceReceived(detectedMonotonicMs),
      deliveredUs: sinceReceived(receivedMonotonicMs + deliveredMs),
    };
  }

  #sinceReceivedMs(stamps: LatencyStamps | undefined): number | undefined {
    if (stamps === undefined || stamps.receivedMonotonicMs === 0) return undefined;
    const now = this.#monotonicNowMs?.();
    return now === undefined ? undefined : now - stamps.receivedMonotonicMs;
  }

  #forget(session: SubscriberSession, end: SessionEnd): void {
    if (end === "slow") this.stats.slowConsumers++;
    if (end === "gone") this.#closing.delete(session);
    else this.#closing.set(session, this.#world.nowMs + CLOSE_GRACE_MS);
    this.#sessions.delete(session);
    this.stats.sessions = this.#sessions.size;
  }
}

function choose(chosen: Map<Recipient, number[]>, session: Recipient, index: number): void {
  const indices = chosen.get(session);
  if (indices === undefined) chosen.set(session, [index]);
  else if (indices.at(-1) !== index) indices.push(index);
}
