import type { Priority } from "../api/contract/alarms.ts";

/** One time that an alarm called the operators, or would have. */
export interface Annunciation {
  readonly atMs: number;
  readonly priority: Priority;
  readonly alarmId: string;
  /** Kind and stretch. */
  readonly key: string;
  /** Why it made no sound; later released where the flood is over and the alarm is not. */
  suppressed?: "flood" | "chatter";
  releasedAtMs?: number;
  acknowledgedAtMs?: number;
}

/** Alarms are counted in windows of this (EEMUA 191, ISA-18.2). */
export const WINDOW_MS = 600_000;

/** Where a flood begins and ends, alarms per ten minutes: ISA-18.2 and EEMUA 191 name 10; 5 is our own way back. */
export interface FloodLimits {
  readonly floodFrom: number;
  readonly floodBelow: number;
}

/** At a flood of one a second this is three hours; at the target of one in ten minutes two months. */
export const MAX_ANNUNCIATIONS = 10_000;

/** Every call in order of time, and whether there are too many of them for people. */
export class AnnunciationLog {
  readonly #limits: FloodLimits;
  #entries: Annunciation[] = [];
  /** Place of the first entry within the last ten minutes. */
  #windowStart = 0;
  floodSinceMs: number | undefined;
  /** Calls that the present flood has silenced. */
  floodSuppressed = 0;
  /** Entries that are no longer kept. */
  forgotten = 0;

  constructor(limits: FloodLimits) {
    this.#limits = limits;
  }

  get entries(): readonly Annunciation[] {
    return this.#entries;
  }

  /** Calls within the last ten minutes; those that chatter alone silenced are none. */
  lastTenMinutes(nowMs: number): number {
    return this.#recent(nowMs).length;
  }

  /** Made sound, or came back into the list when a flood ended. */
  soundedInTenMinutes(nowMs: number): number {
    return this.#recent(nowMs).filter(({ suppressed }) => suppressed === undefined).length;
  }

  add(entry: Annunciation): void {
    this.#entries.push(entry);
    if (this.#entries.length > MAX_ANNUNCIATIONS) {
      // Not one by one: that would move the list each time.
      const removed = this.#entries.splice(0, MAX_ANNUNCIATIONS / 10).length;
      this.forgotten += removed;
      this.#windowStart = Math.max(0, this.#windowStart - removed);
    }
    if (entry.suppressed === "flood") this.floodSuppressed++;
    if (this.floodSinceMs === undefined && this.lastTenMinutes(entry.atMs) >= this.#limits.floodFrom) {
      this.floodSinceMs = entry.atMs;
      this.floodSuppressed = 0;
    }
  }

  /** When the flood ends if nothing more comes; undefined outside one. */
  get floodEndsAtMs(): number | undefined {
    if (this.floodSinceMs === undefined) return undefined;
    let later = 0;
    const decisive = this.#entries.findLast(
      ({ suppressed }) => suppressed !== "chatter" && ++later === this.#limits.floodBelow,
    );
    return (decisive?.atMs ?? this.floodSinceMs) + WINDOW_MS;
  }

  endFlood(): void {
    this.floodSinceMs = undefined;
    this.floodSuppressed = 0;
  }

  acknowledged(alarmId: string, atMs: number): void {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i];
      if (entry?.alarmId !== alarmId) continue;
      entry.acknowledgedAtMs ??= atMs;
      return;
    }
  }

  released(alarmId: string, atMs: number): void {
    const entry = this.#entries.findLast((one) => one.alarmId === alarmId);
    if (entry?.suppressed === "flood") entry.releasedAtMs = atMs;
  }

  snapshot() {
    const { floodSinceMs, floodSuppressed, forgotten } = this;
    return {
      entries: this.#entries.map((entry) => ({ ...entry })),
      ...(floodSinceMs === undefined ? {} : { floodSinceMs }),
      floodSuppressed,
      forgotten,
    };
  }

  restore({ entries, floodSinceMs, floodSuppressed, forgotten }: AnnunciationLogState): void {
    this.#entries = entries.map((entry) => ({ ...entry }));
    this.#windowStart = 0;
    this.floodSinceMs = floodSinceMs;
    this.floodSuppressed = floodSuppressed;
    this.forgotten = forgotten;
  }

  #recent(nowMs: number): Annunciation[] {
    while ((this.#entries[this.#windowStart]?.atMs ?? nowMs) <= nowMs - WINDOW_MS) this.#windowStart++;
    return this.#entries.slice(this.#windowStart).filter(({ suppressed }) => suppressed !== "chatter");
  }
}

export interface AnnunciationLogState {
  readonly entries: readonly Annunciation[];
  readonly floodSinceMs?: number;
  readonly floodSuppressed: number;
  readonly forgotten: number;
}
