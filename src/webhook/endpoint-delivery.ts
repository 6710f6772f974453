import type { Gap } from "../domain/delivery.ts";
import { DeliveryWindow } from "./delivery-window.ts";
import type { Endpoint } from "./endpoint.ts";
import { type CursorFile, EndpointCursor } from "./endpoint-cursor.ts";
import { EndpointStats, type EndpointStatus } from "./endpoint-status.ts";
import { bodyOf, type Parcel, parcelOf, type SnapshotReason, snapshotParcels } from "./envelope.ts";
import type { MessageSource, NumberedMessage } from "./messages.ts";
import { Poster, type PostResult } from "./post.ts";
import type { RequestSlots } from "./request-slots.ts";
import { pauseMs } from "./retry.ts";
import { signedHeaders } from "./signature.ts";

/** What happened to an endpoint that people should hear of. */
export type EndpointEvent =
  | { readonly kind: "failing" | "disabled"; readonly name: string; readonly detail: string }
  | { readonly kind: "recovered"; readonly name: string }
  | { readonly kind: "gap"; readonly name: string; readonly detail: SnapshotReason };

export interface DeliveryWorld {
  readonly slots: RequestSlots;
  /** Unix ms. */
  readonly nowMs: () => number;
  /** For pauses: a clock that is set must not make a receiver wait for an hour. */
  readonly monotonicNowMs: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly userAgent: string;
  readonly onEvent: (event: EndpointEvent) => void;
}

/** A cursor that only passed over what nobody wants is written after so many numbers. */
const UNSAVED_NUMBERS = 1_000;

/** Shorter failures are the receiver's restart and no news for an operator. */
const WARN_AFTER_MS = 60_000;

/** Requests get this long to end when the endpoint is closed; then they are cut and sent again after the next start. */
const CLOSE_GRACE_MS = 3_000;

interface Attempt {
  readonly parcel: Parcel;
  /** Failed so far. */
  readonly failures: number;
  /** Monotonic ms. */
  readonly dueMs: number;
}

/** The present state is owed. */
interface Resync {
  readonly reason: SnapshotReason;
  readonly gap: Gap | undefined;
}

/** The present state on its way. */
interface Snapshot {
  readonly cursor: { readonly epoch: number; readonly sequence: number };
  readonly told: readonly string[];
  /** Not acknowledged. */
  readonly parcels: Parcel[];
  begun: boolean;
}

/**
 * Sends the messages of a source to one receiver: from its cursor on, in order, each until it is acknowledged or the
 * source no longer has it. Nothing waits for it; while the receiver is away only the cursor stands still.
 */
export class EndpointDelivery {
  readonly endpoint: Endpoint;
  readonly stats = new EndpointStats();
  readonly #source: MessageSource;
  readonly #world: DeliveryWorld;
  readonly #cursor: EndpointCursor;
  readonly #poster: Poster;
  readonly #abort = new AbortController();
  readonly #wake = () => this.#pump();
  #window: DeliveryWindow | undefined;
  #resync: Resync | undefined;
  #snapshot: Snapshot | undefined;
  /** Parcels that failed. */
  #retries: Attempt[] = [];
  /** Before this nothing is sent, monotonic ms. */
  #restUntilMs = 0;
  /** Failed attempts in a row. */
  #failures = 0;
  #maxBatch: number;
  /** What is under way for another generation no longer counts. */
  #generation = 0;
  readonly #underWay = new Set<Promise<void>>();
  #isClosed = false;

  constructor(endpoint: Endpoint, source: MessageSource, file: CursorFile, world: DeliveryWorld) {
    this.endpoint = endpoint;
    this.#source = source;
    this.#world = world;
    this.#cursor = new EndpointCursor(endpoint, file);
    this.#poster = new Poster(endpoint, world.userAgent);
    this.#maxBatch = endpoint.maxBatch;
    if (this.#cursor.isOfAnother) this.#resync = { reason: "subscription-changed", gap: undefined };
    else if (this.#cursor.place === undefined) this.#beginNew();
  }

  get isDisabled(): boolean {
    return this.#cursor.disabledAtMs !== undefined;
  }

  /**
   * Reads on and sends what is due. To be called some forty times a second.
   * @param budget numbers that may be looked at
   * @returns how many were
   */
  look(budget: number): number {
    if (!this.#isActive) return 0;
    this.#checkPlace();
    const looked = this.#window?.fill(budget) ?? 0;
    if (this.#window?.isBroken === true) this.#fall("lost");
    this.#followWindow();
    this.#pump();
    return looked;
  }

  /** Sends a message without content, now; answers how it went. */
  async test(): Promise<PostResult> {
    const sentAtMs = this.#world.nowMs();
    const id = `test_${Math.floor(sentAtMs)}_${Math.floor(this.#world.random() * 1e9)}`;
    const body = JSON.stringify({
      type: "test",
      id,
      sentAtMs: Math.floor(sentAtMs),
      attempt: 1,
      exercise: true,
    });
    return this.#post(id, body, sentAtMs);
  }

  /** After a 410: the operator wants the endpoint to be told again, from where it stood. */
  enable(): void {
    this.#cursor.enable();
    this.#failures = 0;
    this.#restUntilMs = 0;
    this.#begin();
  }

  /**
   * Sends everything from a number on once more, with the same ids.
   * @returns why that cannot be done
   */
  replayFrom(sequence: number): string | undefined {
    const { epoch, sequence: newest } = this.#source.cursor;
    const place = { epoch, sequence: sequence - 1 };
    if (sequence < this.#source.oldest)
      return `The oldest message that is kept has the number ${this.#source.oldest}`;
    if (sequence > newest) return `The newest message has the number ${newest}`;
    if (this.#source.gapAfter(place) !== undefined) return "Messages after this number are missing";
    this.#resync = undefined;
    this.#cursor.save(place);
    this.#begin();
    return undefined;
  }

  status(): EndpointStatus {
    const { name, url } = this.endpoint;
    const { cursor, oldest } = this.#source;
    const place = this.#resync === undefined ? this.#cursor.place : undefined;
    const next = place?.epoch === cursor.epoch ? place.sequence + 1 : oldest;
    const backlog = Math.max(0, cursor.sequence - next + 1);
    const oldestAtMs = backlog === 0 ? undefined : this.#source.timeOf(next);
    return {
      name,
      origin: url.origin,
      state: this.#state,
      cursor: this.#cursor.place,
      backlog,
      oldestS: oldestAtMs === undefined ? 0 : Math.max(0, this.#world.nowMs() - oldestAtMs) / 1_000,
      stats: this.stats,
      disabledAtMs: this.#cursor.disabledAtMs,
      warning: this.#warning,
    };
  }

  /** What was acknowledged is known after a loss of power, too. */
  sync(): void {
    this.#cursor.sync();
  }

  /** Lets requests end for a while, then cuts them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#world.slots.forget(this.#wake);
    const cut = setTimeout(() => this.#abort.abort(), CLOSE_GRACE_MS);
    await Promise.all(this.#underWay);
    clearTimeout(cut);
    this.#poster.close();
    this.#cursor.close();
  }

  get #isActive(): boolean {
    return !this.#isClosed && !this.endpoint.paused && !this.isDisabled;
  }

  get #state(): EndpointStatus["state"] {
    if (this.isDisabled) return "disabled";
    if (this.endpoint.paused) return "paused";
    return this.stats.failingSinceMs === undefined ? "delivering" : "failing";
  }

  get #warning(): string | undefined {
    const { name } = this.endpoint;
    if (this.isDisabled) return `${name} has answered 410 (gone) and is told nothing until it is resumed.`;
    const { failingSinceMs, failure } = this.stats;
    if (failingSinceMs !== undefined && this.#world.nowMs() - failingSinceMs > WARN_AFTER_MS)
      return `${name} cannot be told: ${failure}.`;
    if (this.#cursor.failure !== undefined)
      return `${name}: its place cannot be written (${this.#cursor.failure}); a restart would repeat messages.`;
    return undefined;
  }

  #beginNew(): void {
    if (this.endpoint.begin === "now") this.#cursor.save(this.#source.cursor);
    else this.#resync = { reason: "new", gap: undefined };
  }

  /** Forgets what was read and begins again behind the cursor. */
  #begin(): void {
    this.#generation++;
    this.#retries = [];
    this.#snapshot = undefined;
    this.#window = undefined;
  }

  /** Whether the source still has what comes behind the cursor. */
  #checkPlace(): void {
    const place = this.#snapshot?.cursor ?? this.#cursor.place;
    if (place === undefined || (this.#resync !== undefined && this.#snapshot === undefined)) return;
    const reason = this.#source.gapAfter(place);
    if (reason !== undefined) this.#fall(reason);
  }

  /** The receiver cannot be told all: it is told so, and gets the present state. */
  #fall(reason: Gap["reason"]): void {
    const asked = this.#cursor.place;
    const { epoch } = this.#source.cursor;
    const oldest = { epoch, sequence: this.#source.oldest };
    this.#resync = { reason, gap: asked && { reason, asked, oldest } };
    this.stats.gaps++;
    this.#begin();
    this.#world.onEvent({ kind: "gap", name: this.endpoint.name, detail: reason });
  }

  /** The cursor passes what nobody wants. */
  #followWindow(): void {
    if (this.#window === undefined) return;
    this.#cursor.pass({ epoch: this.#source.cursor.epoch, sequence: this.#window.cursor });
    if (this.#cursor.unsaved >= UNSAVED_NUMBERS) this.#cursor.save();
  }

  #pump(): void {
    while (this.#isActive && this.#underWay.size < this.endpoint.maxConcurrent) {
      const nowMs = this.#world.monotonicNowMs();
      if (nowMs < this.#restUntilMs || !this.#prepare()) return;
      if (!this.#world.slots.take(this.#wake)) return;
      const next = this.#next(nowMs);
      if (next === undefined) {
        this.#world.slots.release();
        return;
      }
      this.#start(next);
    }
  }

  /** Takes the present state or opens the window; not while something of before is under way, which would come after it. */
  #prepare(): boolean {
    if (this.#window !== undefined) return true;
    if (this.#underWay.size > 0) return false;
    if (this.#resync !== undefined) this.#snapshot ??= this.#takeSnapshot(this.#resync);
    else this.#openWindow(this.#cursor.place?.sequence ?? 0, []);
    return true;
  }

  #openWindow(after: number, told: readonly string[]): void {
    const reader = this.#source.readerAfter(after, told);
    this.#window = new DeliveryWindow(reader, after, this.endpoint.order === "strict");
  }

  #takeSnapshot({ reason, gap }: Resync): Snapshot {
    const { cursor, messages } = this.#source.present();
    const about = { reason, gap, sequence: cursor.sequence };
    return {
      cursor,
      told: messages.map(({ key }) => key),
      parcels: snapshotParcels(this.#source.name, cursor.epoch, about, messages),
      begun: false,
    };
  }

  #next(nowMs: number): Attempt | undefined {
    const due = this.#retries.findIndex(({ dueMs }) => dueMs <= nowMs);
    if (due >= 0) return this.#retries.splice(due, 1)[0];
    const fresh = (parcel: Parcel): Attempt => ({ parcel, failures: 0, dueMs: nowMs });
    if (this.#snapshot !== undefined) {
      const [part] = this.#snapshot.parcels;
      // Parts go one after the other, so that the last one ends it.
      const isFree = this.#underWay.size === 0 && this.#retries.length === 0;
      return part !== undefined && isFree ? fresh(part) : undefined;
    }
    const messages = this.#window?.take(this.#maxBatch) ?? [];
    if (messages.length === 0) return undefined;
    return fresh(parcelOf(this.#source.name, this.#source.cursor.epoch, messages));
  }

  #start(attempt: Attempt): void {
    const generation = this.#generation;
    const sending = this.#send(attempt)
      .catch((error: unknown) => this.#unmade(error))
      .then((result) => {
        if (generation === this.#generation) this.#take(attempt, result);
        else if (!result.ok) this.#count(result);
      })
      .finally(() => {
        this.#underWay.delete(sending);
        this.#world.slots.release();
        this.#pump();
      });
    this.#underWay.add(sending);
  }

  async #send({ parcel, failures }: Attempt): Promise<PostResult> {
    const sentAtMs = this.#world.nowMs();
    const { name, exercise, cursor } = this.#source;
    const stamp = {
      name,
      exercise,
      epoch: cursor.epoch,
      sentAtMs: Math.floor(sentAtMs),
      attempt: failures + 1,
    };
    return this.#post(parcel.id, bodyOf(parcel, stamp), sentAtMs);
  }

  /** A message that cannot be made is tried again like one that does not arrive: nothing is passed by. */
  #unmade(error: unknown): PostResult {
    const name = error instanceof Error ? error.name : typeof error;
    return {
      ok: false,
      reason: "broken",
      status: undefined,
      retryAfterMs: undefined,
      detail: `the message cannot be made (${name})`,
    };
  }

  #post(id: string, body: string, sentAtMs: number): Promise<PostResult> {
    const headers = signedHeaders(this.endpoint.secrets, id, Math.floor(sentAtMs / 1_000), body);
    return this.#poster.post(body, headers, this.#abort.signal);
  }

  #take(attempt: Attempt, result: PostResult): void {
    if (result.ok) this.#succeeded(attempt.parcel);
    else this.#failed(attempt, result);
  }

  #succeeded(parcel: Parcel): void {
    const wasFailing = this.stats.failingSinceMs !== undefined;
    this.stats.succeeded(parcel.messages.length, this.#world.nowMs());
    this.#failures = 0;
    if (wasFailing) this.#world.onEvent({ kind: "recovered", name: this.endpoint.name });
    if (parcel.snapshot === undefined) this.#acknowledged(parcel.messages);
    else this.#partAcknowledged();
  }

  #acknowledged(messages: readonly NumberedMessage[]): void {
    if (this.#window === undefined) return;
    this.#window.acknowledge(messages);
    this.#cursor.save({ epoch: this.#source.cursor.epoch, sequence: this.#window.cursor });
  }

  #partAcknowledged(): void {
    const snapshot = this.#snapshot;
    if (snapshot === undefined) return;
    snapshot.begun = true;
    snapshot.parcels.shift();
    if (snapshot.parcels.length > 0) return;
    this.#resync = undefined;
    this.#snapshot = undefined;
    this.#cursor.save(snapshot.cursor);
    this.#openWindow(snapshot.cursor.sequence, snapshot.told);
  }

  #failed(attempt: Attempt, result: PostResult & { readonly ok: false }): void {
    this.#count(result);
    if (result.reason === "aborted") return;
    if (result.reason === "gone") return this.#disable(result.detail);
    const { messages, snapshot } = attempt.parcel;
    const failures = attempt.failures + 1;
    const nowMs = this.#world.monotonicNowMs();
    // A message that is refused says nothing of the others; what else goes wrong concerns the receiver as a whole.
    const isOwn = result.reason === "refused" && snapshot === undefined;
    if (!isOwn) this.#failures++;
    const pause = pauseMs(isOwn ? failures : this.#failures, result.retryAfterMs, this.#world.random());
    if (!isOwn) this.#restUntilMs = nowMs + pause;
    if (result.status === 413 && messages.length > 1 && snapshot === undefined) this.#sendLess(messages);
    // Before its first part has arrived, a newer state is worth more than this one.
    else if (snapshot !== undefined && this.#snapshot?.begun !== true) this.#retakeSnapshot(nowMs + pause);
    else this.#retries.push({ parcel: attempt.parcel, failures, dueMs: nowMs + pause });
  }

  #sendLess(messages: readonly NumberedMessage[]): void {
    this.#maxBatch = Math.max(1, Math.floor(messages.length / 2));
    this.#window?.giveBack(messages);
  }

  #retakeSnapshot(dueMs: number): void {
    this.#snapshot = undefined;
    this.#restUntilMs = Math.max(this.#restUntilMs, dueMs);
  }

  #count({ reason, detail }: PostResult & { readonly ok: false }): void {
    const wasFailing = this.stats.failingSinceMs !== undefined;
    this.stats.fails(reason, detail, this.#world.nowMs());
    if (!wasFailing && reason !== "aborted")
      this.#world.onEvent({ kind: "failing", name: this.endpoint.name, detail });
  }

  #disable(detail: string): void {
    this.#begin();
    // Without a place it is new again when it is resumed.
    this.#cursor.save(this.#cursor.place ?? { epoch: 0, sequence: 0 }, this.#world.nowMs());
    this.#world.onEvent({ kind: "disabled", name: this.endpoint.name, detail });
  }
}
