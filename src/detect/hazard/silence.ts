import type { SnapshotValue } from "../../domain/snapshot.ts";
import { type RowFields, readArray, readNumber, readRow, writeRow } from "../../domain/snapshot-row.ts";
import type { ValuesOf } from "../parameter.ts";
import type { BLIND_AREA } from "./reported-parameters.ts";

export type BlindParameters = ValuesOf<typeof BLIND_AREA>;

/** What may fall silent: a roadside unit, a gateway, or 500 m of a route. */
export type WatchKind = "roadside" | "gateway" | "stretch";

/** What one minute brought. */
interface Minute {
  minute: number;
  arrivals: number;
  /** Longest silence that ended in it, ms. */
  gapMs: number;
}

interface WatchFacts {
  /** By which visits name it; never given twice. */
  readonly number: number;
  readonly kind: WatchKind;
  /** Of the source; empty for a stretch. */
  readonly name: string;
  /** −1 for a source. */
  readonly routeIndex: number;
  readonly routeM: number;
  firstAtMs: number;
  lastAtMs: number;
  /** Box of what was heard, degrees. */
  southDeg: number;
  westDeg: number;
  northDeg: number;
  eastDeg: number;
  /** Gateway through which it was heard last, and receiver. */
  gateway: string;
  receiver: string;
  /** Its session was closed in order; it said so. */
  isClosed: boolean;
}

/** Something that is usually heard. Times are receive times. */
export interface Watch extends WatchFacts {
  /** Some quarters of an hour before the last message, oldest first. */
  readonly minutes: Minute[];
}

const FACT_FIELDS: RowFields<WatchFacts> = {
  number: "number",
  kind: "string",
  name: "string",
  routeIndex: "number",
  routeM: "number",
  firstAtMs: "number",
  lastAtMs: "number",
  southDeg: "number",
  westDeg: "number",
  northDeg: "number",
  eastDeg: "number",
  gateway: "string",
  receiver: "string",
  isClosed: "boolean",
};

const MINUTE_MS = 60_000;

/** While one stretch is silent, its neighbour goes on: what was usual before must still be there. */
const KEPT_SPANS = 3;

/** Silences longer than this are no gaps in traffic but outages; they must not teach that silence is usual. */
const MAX_GAP_MS = 300_000;

export function newWatch(
  number: number,
  kind: WatchKind,
  name: string,
  atMs: number,
  latitudeDeg: number,
  longitudeDeg: number,
  routeIndex = -1,
  routeM = -1,
): Watch {
  return {
    number,
    kind,
    name,
    routeIndex,
    routeM,
    firstAtMs: atMs,
    lastAtMs: atMs,
    southDeg: latitudeDeg,
    westDeg: longitudeDeg,
    northDeg: latitudeDeg,
    eastDeg: longitudeDeg,
    gateway: "",
    receiver: "",
    isClosed: false,
    minutes: [],
  };
}

/** Something was heard, perhaps somebody new. */
export function hear(watch: Watch, atMs: number, isArrival: boolean, learnMs: number): void {
  const gapMs = atMs - watch.lastAtMs;
  watch.lastAtMs = atMs;
  watch.isClosed = false;
  const minute = Math.floor(atMs / MINUTE_MS);
  let last = watch.minutes[watch.minutes.length - 1];
  if (last === undefined || last.minute !== minute) {
    last = { minute, arrivals: 0, gapMs: 0 };
    watch.minutes.push(last);
    const first = minute - Math.ceil((KEPT_SPANS * learnMs) / MINUTE_MS);
    while ((watch.minutes[0]?.minute ?? first) < first) watch.minutes.shift();
  }
  if (isArrival) last.arrivals++;
  if (gapMs > last.gapMs && gapMs <= MAX_GAP_MS) last.gapMs = gapMs;
}

/** Moves all that is remembered later, as if the time between had not been. Minutes are moved as whole ones. */
export function shift(watch: Watch, laterMs: number): void {
  watch.firstAtMs += laterMs;
  watch.lastAtMs += laterMs;
  const laterMinutes = Math.floor(laterMs / MINUTE_MS);
  for (const minute of watch.minutes) minute.minute += laterMinutes;
}

export function widen(watch: Watch, latitudeDeg: number, longitudeDeg: number): void {
  if (latitudeDeg < watch.southDeg) watch.southDeg = latitudeDeg;
  else if (latitudeDeg > watch.northDeg) watch.northDeg = latitudeDeg;
  if (longitudeDeg < watch.westDeg) watch.westDeg = longitudeDeg;
  else if (longitudeDeg > watch.eastDeg) watch.eastDeg = longitudeDeg;
}

/** What would usually have been heard meanwhile. */
export interface Silence {
  readonly silentMs: number;
  readonly expectedArrivals: number;
  readonly longestGapMs: number;
  readonly arrivalsPerMin: number;
}

/** At least this share of the time to learn must have passed. */
const LEARNED_SHARE = 1 / 3;

/** Undefined where it is not silent for long enough, or too little is known of what is usual. */
export function silenceOf(watch: Watch, nowMs: number, parameters: BlindParameters): Silence | undefined {
  const silentMs = nowMs - watch.lastAtMs;
  const leastMs = watch.kind === "stretch" ? parameters.minSilentMs : parameters.sourceSilentMs;
  if (silentMs < leastMs) return undefined;
  const learnedMs = Math.min(parameters.learnMs, watch.lastAtMs - watch.firstAtMs);
  if (learnedMs < parameters.learnMs * LEARNED_SHARE) return undefined;
  const sinceMinute = Math.floor((watch.lastAtMs - learnedMs) / MINUTE_MS);
  let [arrivals, longestGapMs] = [0, 0];
  for (const { minute, arrivals: count, gapMs } of watch.minutes) {
    if (minute < sinceMinute) continue;
    arrivals += count;
    longestGapMs = Math.max(longestGapMs, gapMs);
  }
  const expectedArrivals = (arrivals * silentMs) / learnedMs;
  if (expectedArrivals < parameters.expectedArrivals) return undefined;
  if (silentMs < parameters.gapTimes * longestGapMs) return undefined;
  return { silentMs, expectedArrivals, longestGapMs, arrivalsPerMin: (arrivals * MINUTE_MS) / learnedMs };
}

/** Arrivals in the whole minutes after one time and up to another. */
export function arrivalsBetween({ minutes }: Watch, afterMs: number, untilMs: number): number {
  const first = Math.floor(afterMs / MINUTE_MS);
  const last = Math.floor(untilMs / MINUTE_MS);
  let arrivals = 0;
  for (const { minute, arrivals: count } of minutes) if (minute > first && minute <= last) arrivals += count;
  return arrivals;
}

export function writeWatch(watch: Watch): SnapshotValue {
  const minutes = watch.minutes.flatMap(({ minute, arrivals, gapMs }) => [minute, arrivals, gapMs]);
  return [writeRow(FACT_FIELDS, watch), minutes];
}

export function readWatch(value: SnapshotValue): Watch {
  const [facts, flat] = readArray(value);
  const numbers = readArray(flat).map((number) => readNumber(number, "minute"));
  const minutes: Minute[] = [];
  for (let i = 0; i + 2 < numbers.length; i += 3) {
    minutes.push({ minute: numbers[i] ?? 0, arrivals: numbers[i + 1] ?? 0, gapMs: numbers[i + 2] ?? 0 });
  }
  return { ...readRow<WatchFacts>(FACT_FIELDS, facts), minutes };
}
