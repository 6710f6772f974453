import type { AccessLimits } from "../domain/access.ts";
import type { LoggedAlert } from "../domain/alert-log.ts";
import { closeCode } from "../domain/close-code.ts";
import type { Cursor, Problem, Subscription } from "../domain/subscription.ts";
import { TICK_MS } from "../domain/time.ts";
import { encodeGap, encodeProblem, encodeSubscribed } from "../wire/server-message.ts";
import { decodeSubscriberMessage, isProblem, type SubscriberRequest } from "../wire/subscriber-message.ts";
import { ActiveSubscription, areaProblem } from "./active-subscription.ts";
import { AheadWatch } from "./ahead-watch.ts";
import { ListedBacklog } from "./alert-batches.ts";
import type { DeliveryWorld } from "./delivery-world.ts";
import { LogBacklog, NumberBacklog } from "./log-backlog.ts";
import { Outbox, type OutboxEnd } from "./outbox.ts";
import type { Outlet } from "./outlet.ts";
import { type Permit, permitOf } from "./permit.ts";
import { PositionFeed } from "./position-feed.ts";
import type { Recipient } from "./recipient.ts";
import { startOf } from "./start.ts";

export interface SessionOptions {
  /**
   * Whether a station belongs to this session: only then may the session ask what lies ahead of it, because the answers
   * tell where the station is. Absent = no station does.
   */
  readonly reportsStation?: (stationId: number) => boolean;
  /** What the session may be told at most. Absent = everything. */
  readonly limits?: AccessLimits;
  /** Counts subscriptions together with those of other sessions. */
  readonly quota?: SubscriptionQuota | undefined;
}

/** Subscriptions of one identity in all its sessions. */
export interface SubscriptionQuota {
  /** False where there are as many as there may be. */
  take(): boolean;
  giveBack(): void;
}

/** Requests at once; checking a polygon of 1000 points takes 8 ms, and a snapshot may be long. */
const REQUEST_BURST = 32;
/** Requests per second in the long run. */
const REQUESTS_PER_SECOND = 4;
const REFILL_INTERVAL_MS = 1_000;

/** A cursor that has fallen behind by this part of the log is brought up to date, or it would be too old to resume. */
const STALE_CURSOR_PART = 0.25;

/**
 * Sessions that are told nothing for long take turns: 3,000 of them with 32 subscriptions each held everything else up
 * for a second when they were brought up to date in one tick. A cursor that has fallen behind by this part does not wait.
 */
const REFRESH_TURNS = 40;
const OVERDUE_CURSOR_PART = 0.5;

/** When so much of an outbox waits behind what a subscriber has missed, further transitions wait as numbers. */
const BEHIND_BYTES_PART = 0.25;

/** `gone`: the connection is. Otherwise we have closed it: outbox over its limits, or too many requests. */
export type SessionEnd = OutboxEnd | "flooded" | "gone";

interface Held {
  readonly active: ActiveSubscription;
  readonly feed: PositionFeed | undefined;
  readonly ahead: AheadWatch | undefined;
}

/** One connection that subscribes, with its subscriptions and what waits for it. */
export class SubscriberSession implements Recipient {
  readonly #id: number;
  readonly #world: DeliveryWorld;
  readonly #outlet: Outlet;
  readonly #outbox: Outbox;
  readonly #options: SessionOptions;
  readonly #permit: Permit | undefined;
  readonly #onGone: (session: SubscriberSession, end: SessionEnd) => void;
  readonly #held = new Map<string, Held>();
  #acknowledged: Cursor | undefined;
  #requests = REQUEST_BURST;
  #refillAtMs: number;
  #toldSequence = 0;
  /** Live transitions that wait behind what the session has missed. */
  #behind: NumberBacklog | undefined;
  #gone = false;

  constructor(
    id: number,
    outlet: Outlet,
    world: DeliveryWorld,
    options: SessionOptions,
    onGone: (session: SubscriberSession, end: SessionEnd) => void,
  ) {
    this.#id = id;
    this.#outlet = outlet;
    this.#world = world;
    this.#options = options;
    this.#permit = options.limits && permitOf(options.limits);
    this.#onGone = onGone;
    this.#refillAtMs = world.nowMs + REFILL_INTERVAL_MS;
    this.#outbox = new Outbox(outlet, world.limits, world.counters.alertDeliveries, (end) =>
      this.#finish(end),
    );
  }

  /** The last transition that the subscriber says it has handled: evidence of delivery. */
  get acknowledged(): Cursor | undefined {
    return this.#acknowledged;
  }

  /** Alerts whose end this session is still to be told: never more than there are live ones per subscription. */
  get followedAlerts(): number {
    let followed = 0;
    for (const { active } of this.#held.values()) followed += active.told.size;
    return followed;
  }

  get queuedBytes(): number {
    return this.#outbox.queuedBytes;
  }

  /** One message of the subscriber. `bytes` are not kept. */
  onMessage(bytes: Uint8Array): void {
    if (this.#gone) return;
    const request = decodeSubscriberMessage(bytes);
    if (isProblem(request)) this.refuse(request);
    else this.#handle(request);
  }

  /** Begins or replaces a subscription: what it is owed up to now is sent first, everything later follows. */
  subscribe(subscription: Subscription): void {
    if (this.#gone || !this.#admit()) return;
    const problem =
      this.#limitProblem(subscription) ?? areaProblem(subscription) ?? this.#quotaProblem(subscription);
    if (problem !== undefined) return this.#answer(problem);
    this.#release(subscription.subscriptionId, "replaced");
    const { book, stations } = this.#world;
    const active = new ActiveSubscription(
      this.#keyOf(subscription),
      this,
      subscription,
      stations,
      this.#permit,
    );
    book.add(active);
    this.#held.set(subscription.subscriptionId, {
      active,
      feed: this.#feedOf(active),
      ahead: this.#aheadOf(active),
    });
    this.#begin(active);
  }

  unsubscribe(subscriptionId: string): void {
    if (this.#gone || !this.#admit() || this.#release(subscriptionId, "ended")) return;
    this.#answer({
      code: "unknown-subscription",
      field: "unsubscribe.subscription_id",
      message: `There is no subscription "${subscriptionId}" in this session.`,
      subscriptionId,
    });
  }

  /** Tells the subscriber what was wrong with a request. */
  refuse(problem: Problem): void {
    if (!this.#gone && this.#admit()) this.#answer(problem);
  }

  /** The connection's buffer has run empty. */
  onDrained(): void {
    this.#outbox.drained(this.#world.nowMs);
    for (const { feed } of this.#held.values()) feed?.flush(this.#world.nowMs);
  }

  onTick(tickMs: number): void {
    this.#refill(tickMs);
    this.#outbox.onTick(tickMs);
    for (const { ahead, feed } of this.#held.values()) {
      const fresh = ahead?.onTick(tickMs) ?? [];
      if (fresh.length > 0) this.#offerBacklog({}, false, fresh);
      feed?.onTick(tickMs);
    }
    this.#refreshCursor(tickMs);
  }

  offer(bytes: Uint8Array, entries: readonly LoggedAlert[], indices: readonly number[]): void {
    this.#toldSequence = this.#world.log.newest;
    if (this.#isFarBehind && this.#waitAsNumbers(entries, indices)) return;
    this.#outbox.push(bytes, indices.length, this.#world.nowMs);
  }

  get #isFarBehind(): boolean {
    if (this.#behind?.isOver === false) return true;
    const { outboxBytes } = this.#world.limits;
    return this.#outbox.queuedBytes > outboxBytes * BEHIND_BYTES_PART && this.#outbox.hasBacklog;
  }

  /** Behind a long backlog, live transitions would fill the outbox long before their turn comes. */
  #waitAsNumbers(entries: readonly LoggedAlert[], indices: readonly number[]): boolean {
    if (this.#behind?.isOver !== false) {
      const { log, live } = this.#world;
      const encode = (entry: LoggedAlert) => live.encode(entry);
      this.#behind = new NumberBacklog(this, { log, encode, onHole: () => this.#lose() });
      this.#outbox.pushBacklog(this.#behind, this.#world.nowMs);
    }
    if (!this.#behind.hasRoom(indices.length)) return false;
    for (const index of indices) this.#behind.add(entries[index]?.sequence ?? 0);
    this.#outbox.backlogGrew(indices.length);
    return true;
  }

  /** What was promised to this session is no longer there: it comes back with its cursor and is told of the gap. */
  #lose(): void {
    this.#outlet.close(
      closeCode.tryAgainLater,
      "transitions are gone from the log: resume to be told of the gap",
    );
    this.#finish("undeliverable");
  }

  /** The connection is gone. Later calls do nothing. */
  close(): void {
    this.#finish("gone");
    this.#onGone(this, "gone");
  }

  /** Ends a connection that does not answer to its close. */
  terminate(): void {
    this.#outlet.terminate();
  }

  #handle(request: SubscriberRequest): void {
    switch (request.kind) {
      case "subscribe":
        return this.subscribe(request.subscription);
      case "unsubscribe":
        return this.unsubscribe(request.subscriptionId);
      case "acknowledge":
        this.#acknowledged = request.cursor;
    }
  }

  #limitProblem({ subscriptionId, area }: Subscription): Problem | undefined {
    const { maxSubscriptionsPerSession: most } = this.#world.limits;
    if (!this.#held.has(subscriptionId) && this.#held.size >= most) {
      const message = `A session holds at most ${most} subscriptions; end one, or open another session.`;
      return { code: "subscription-limit", field: "subscribe.subscription_id", message, subscriptionId };
    }
    if (area.form !== "ahead" || this.#options.reportsStation?.(area.stationId) === true) return undefined;
    const message =
      "The station does not belong to this session; subscribe on the ingest socket on which the station reports.";
    return { code: "not-permitted", field: "subscribe.ahead.station_id", message, subscriptionId };
  }

  /** Asked last: from here on the subscription is held. */
  #quotaProblem({ subscriptionId }: Subscription): Problem | undefined {
    if (this.#held.has(subscriptionId) || this.#options.quota?.take() !== false) return undefined;
    const message = "This identity holds as many subscriptions as it may; end one, also of another session.";
    return { code: "subscription-limit", field: "subscribe.subscription_id", message, subscriptionId };
  }

  #keyOf(subscription: Subscription): string {
    return `${this.#id} ${subscription.subscriptionId}`;
  }

  #feedOf(active: ActiveSubscription): PositionFeed | undefined {
    const { subscriptionId, positionsIntervalMs } = active.subscription;
    if (positionsIntervalMs === undefined) return undefined;
    const { stations, labelOf, counters, nowMs } = this.#world;
    return new PositionFeed({
      subscriptionId,
      intervalMs: positionsIntervalMs,
      select: () => active.stations(),
      stations,
      labelOf,
      counters: counters.positionDeliveries,
      outbox: this.#outbox,
      nowMs,
    });
  }

  #aheadOf(active: ActiveSubscription): AheadWatch | undefined {
    const { area } = active.subscription;
    return area.form === "ahead" ? new AheadWatch(active, area, this.#world, this.#world.nowMs) : undefined;
  }

  #begin(active: ActiveSubscription): void {
    const { log, live, stats, nowMs, presentAlert } = this.#world;
    const { gap, resumed, entries, concerns } = startOf(active, log, live, presentAlert);
    if (resumed) stats.resumes++;
    else stats.snapshots++;
    if (gap !== undefined) {
      stats.gaps++;
      this.#outbox.push(encodeGap(gap), 0, nowMs);
    }
    // After a cursor, what was missed is still under way: only the cursor itself has been handled.
    const upTo = resumed ? (active.subscription.resume?.sequence ?? 0) : log.newest;
    this.#confirm(active.subscription, upTo, resumed, resumed ? 0 : entries.length);
    if (concerns !== undefined) this.#offerLog(active, upTo, concerns);
    else this.#offerBacklog(active, !resumed, entries);
    this.#toldSequence = resumed && concerns === undefined ? (entries.at(-1)?.sequence ?? upTo) : log.newest;
  }

  #confirm(
    { subscriptionId }: Subscription,
    sequence: number,
    resumed: boolean,
    snapshotAlerts: number,
  ): void {
    const { log, nowMs } = this.#world;
    const cursor = { epoch: log.epoch, sequence };
    this.#outbox.push(encodeSubscribed({ subscriptionId, cursor, resumed, snapshotAlerts }), 0, nowMs);
  }

  #offerBacklog(owner: object, snapshot: boolean, entries: readonly LoggedAlert[]): void {
    if (entries.length === 0) return;
    const { live, log, nowMs } = this.#world;
    const encode = (entry: LoggedAlert) => live.encode(entry);
    this.#outbox.pushBacklog(
      new ListedBacklog(owner, { epoch: log.epoch, snapshot, entries, encode }),
      nowMs,
    );
  }

  #offerLog(active: ActiveSubscription, after: number, concerns: (entry: LoggedAlert) => boolean): void {
    const { live, log, nowMs } = this.#world;
    const encode = (entry: LoggedAlert) => live.encode(entry);
    const onMatched = (alerts: number) => this.#outbox.backlogGrew(alerts);
    const onHole = () => this.#lose();
    const missed = { log, after, upTo: log.newest, concerns, encode, onMatched, onHole };
    this.#outbox.pushBacklog(new LogBacklog(active, missed), nowMs);
  }

  /** Where nothing matches for long, the subscriber's cursor would grow too old although it has missed nothing. */
  #refreshCursor(tickMs: number): void {
    const { log, limits } = this.#world;
    const behindPart = (log.newest - this.#toldSequence) / limits.ringTransitions;
    if (behindPart < STALE_CURSOR_PART) return;
    const isTurn = (Math.floor(tickMs / TICK_MS) + this.#id) % REFRESH_TURNS === 0;
    if (!isTurn && behindPart < OVERDUE_CURSOR_PART) return;
    if (!this.#outbox.isClear) return;
    this.#toldSequence = log.newest;
    for (const { active } of this.#held.values()) this.#confirm(active.subscription, log.newest, true, 0);
  }

  /** False where there was no such subscription. */
  #release(subscriptionId: string, how: "replaced" | "ended"): boolean {
    const held = this.#held.get(subscriptionId);
    if (held === undefined) return false;
    this.#held.delete(subscriptionId);
    this.#world.book.remove(held.active);
    held.active.unfollowAll();
    held.feed?.close();
    if (how === "ended") this.#options.quota?.giveBack();
    const withdrawn = this.#outbox.withdraw(held.active);
    // A replacing snapshot holds newer revisions of the same alerts.
    const counters = this.#world.counters.alertDeliveries;
    if (how === "replaced") counters.conflated += withdrawn;
    else counters.dropped += withdrawn;
    return true;
  }

  #answer(problem: Problem): void {
    this.#world.stats.problems.count(problem.code);
    this.#outbox.push(encodeProblem(problem), 0, this.#world.nowMs);
  }

  #admit(): boolean {
    if (this.#requests > 0) {
      this.#requests--;
      return true;
    }
    const reason = `more than ${REQUESTS_PER_SECOND} requests a second`;
    this.#outlet.close(closeCode.rateLimited, reason);
    this.#finish("flooded");
    return false;
  }

  #refill(tickMs: number): void {
    if (tickMs < this.#refillAtMs) return;
    this.#refillAtMs = tickMs + REFILL_INTERVAL_MS;
    this.#requests = Math.min(REQUEST_BURST, this.#requests + REQUESTS_PER_SECOND);
  }

  #finish(end: SessionEnd): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#outbox.close();
    for (const subscriptionId of [...this.#held.keys()]) this.#release(subscriptionId, "ended");
    this.#onGone(this, end);
  }
}
