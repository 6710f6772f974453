import type { Alert, AlertContent, AlertState, Explanation, Severity } from "../domain/alert.ts";
import type { Detection } from "../domain/detection.ts";
import { DueQueue } from "../domain/due-queue.ts";
import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject, readString } from "../domain/snapshot-row.ts";
import { distanceM, headingDifferenceDeg } from "../geo/geodesy.ts";
import { AlertIds } from "./alert-ids.ts";
import { type KindPolicy, kindPolicy } from "./kind-policy.ts";
import {
  contributorKey,
  extended,
  type LiveAlert,
  MAX_CONTRIBUTORS,
  mergedContent,
  readLive,
  writeLive,
} from "./live-alert.ts";
import { PlaceIndex } from "./place-index.ts";
import { RELATED_HEADING_DEG, RELATED_M, relatedKinds } from "./related.ts";
import { roundedAlert, wholeMs } from "./rounding.ts";
import { significance } from "./significance.ts";

export interface AlertBookOptions {
  /** Live alerts at which those below severity 4 are refused; those below 3 are refused before. */
  readonly maxAlerts?: number;
}

/** About 200 MB of alerts; no country has a tenth of it at once. */
const DEFAULT_MAX_ALERTS = 100_000;

/** Share of the bound up to which a severity is taken; severities 4 and 5 are never refused. */
const ROOM_PCT: Readonly<Record<Severity, number>> = { 1: 80, 2: 90, 3: 100, 4: Infinity, 5: Infinity };

/** Entries of the queue, on average, at which it is worth while to drop those without effect. */
const DUE_ENTRIES_PER_ALERT = 4;
const FEW_DUE_ENTRIES = 1_000;

/** Stands for the detector of an alert that was taken over: none knows of it. */
const ADOPTED = "before-restart";

const VALIDITY_OVER: Explanation = {
  rule: "alert/validity-over",
  text: "Nothing was heard of it until its validity ran out.",
  measures: [],
};

/**
 * The life of alerts: detections in, revisions to tell people out. One alert has one id for life, revisions that grow
 * by one, and exactly one end: `ended` (seen to be over), `cancelled` (taken back) or `expired` (validity ran out).
 *
 * - Detections of one kind near each other in place, heading and time are one alert with several contributors; it ends
 *   when the last of them has.
 * - A revision is told where people would act differently (see `significance`), at most as often as the kind allows;
 *   a rise of tier or severity at once. All else renews the alert in silence: it lives until its end is told, which
 *   may be later than the validity that was told.
 * - An end is held for some seconds, so that a thing that is seen again at once does not flap.
 */
export class AlertBook implements Snapshotable {
  readonly name = "alerts";
  readonly version = 1;
  readonly #maxAlerts: number;
  readonly #live = new Map<string, LiveAlert>();
  readonly #byContributor = new Map<string, string>();
  readonly #places = new PlaceIndex();
  readonly #due = new DueQueue();
  readonly #ids = new AlertIds();
  readonly #refused: Record<Severity, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };

  constructor(options: AlertBookOptions = {}) {
    this.#maxAlerts = options.maxAlerts ?? DEFAULT_MAX_ALERTS;
  }

  get size(): number {
    return this.#live.size;
  }

  /** Entries that wait for their time, some of them without effect: a few per live alert. */
  get dueEntries(): number {
    return this.#due.size;
  }

  /** Detections that would have begun an alert beyond the bound, by severity. */
  get refused(): Readonly<Record<Severity, number>> {
    return this.#refused;
  }

  /** Last told revision of every alert that has not ended, with its present validity, in the order of their beginning. */
  live(): readonly Alert[] {
    return [...this.#live.values()].map(withPresentValidity);
  }

  /** Last told revision of a live alert, with its present validity. */
  get(alertId: string): Alert | undefined {
    const live = this.#live.get(alertId);
    return live === undefined ? undefined : withPresentValidity(live);
  }

  /**
   * Takes over an alert that was told before the state behind it was lost. Nobody follows it any more: it joins with what
   * is detected of it anew, else its validity runs out. Of an alert that is known, a later revision counts as told.
   */
  adopt(told: Alert): void {
    const known = this.#live.get(told.alertId);
    if (known !== undefined) {
      if (told.revision > known.told.revision) this.#retell(known, told);
      return;
    }
    const seen = {
      detector: ADOPTED,
      key: told.alertId,
      phase: "start",
      decidedAtMs: told.detectedAtMs,
    } as const;
    const detection = { ...told, ...seen };
    this.#hold(contributorKey(detection), detection, told);
  }

  /** Lets go of an alert whose end was told before, without telling it again. */
  forget(alertId: string): void {
    const live = this.#live.get(alertId);
    if (live !== undefined) this.#drop(live);
  }

  /** Takes a detection; returns the revision to tell people, if any. */
  apply(detection: Detection): Alert | undefined {
    const key = contributorKey(detection);
    const known = this.#liveOf(key);
    if (detection.phase === "end" || detection.phase === "cancel") {
      return known === undefined ? undefined : this.#release(known, key, detection);
    }
    if (known !== undefined && !this.#mustLeave(known, detection)) return this.#renew(known, key, detection);
    if (known !== undefined) this.#leave(known, key, detection);
    const host = this.#findHost(detection);
    return host === undefined ? this.#open(key, detection) : this.#renew(host, key, detection);
  }

  /** What time alone brings: held ends, expiries, updates that had to wait. Sorted by alert id. */
  onTick(tickMs: number): readonly Alert[] {
    let transitions: Alert[] | undefined;
    for (let due = this.#due.popUntil(tickMs); due !== undefined; due = this.#due.popUntil(tickMs)) {
      const live = this.#live.get(due.id);
      if (live === undefined || live.dueAtMs !== due.atMs) continue;
      const transition = this.#onDue(live, tickMs);
      if (transition === undefined) continue;
      transitions ??= [];
      transitions.push(transition);
    }
    return transitions?.sort((a, b) => (a.alertId < b.alertId ? -1 : 1)) ?? NOTHING;
  }

  #liveOf(key: string): LiveAlert | undefined {
    const alertId = this.#byContributor.get(key);
    return alertId === undefined ? undefined : this.#live.get(alertId);
  }

  /** A thing that turned out to be of another kind leaves company that is of the first. */
  #mustLeave(live: LiveAlert, detection: Detection): boolean {
    return live.told.kind !== detection.kind && live.contributors.size > 1;
  }

  #leave(live: LiveAlert, key: string, detection: Detection): void {
    live.contributors.delete(key);
    this.#byContributor.delete(key);
    this.#scheduleAt(live, detection.decidedAtMs);
  }

  /** The nearest alert that the detection may be part of; among equals the one that began first. */
  #findHost(detection: Detection): LiveAlert | undefined {
    const policy = kindPolicy(detection.kind);
    if (policy.mergeM === 0) return undefined;
    let host: LiveAlert | undefined;
    let hostM = Number.POSITIVE_INFINITY;
    for (const id of this.#places.near(detection.kind, detection.position)) {
      const live = this.#live.get(id);
      if (live === undefined || !accepts(live, detection, policy)) continue;
      const apartM = distanceM(live.told.position, detection.position);
      if (apartM > policy.mergeM || apartM > hostM) continue;
      const ownM = policy.mergeOwnM ?? policy.mergeM;
      if (apartM > ownM && holdsOwn(live, detection.detector)) continue;
      if (apartM === hostM && host !== undefined && !beganBefore(live, host)) continue;
      host = live;
      hostM = apartM;
    }
    return host;
  }

  #open(key: string, detection: Detection): Alert | undefined {
    const room = (this.#maxAlerts * ROOM_PCT[detection.severity]) / 100;
    if (this.#live.size >= room) {
      this.#refused[detection.severity]++;
      return undefined;
    }
    const alertId = this.#ids.next(detection);
    const { decidedAtMs } = detection;
    const life = {
      alertId,
      revision: 1,
      state: "new",
      beganAtMs: decidedAtMs,
      detectedAtMs: decidedAtMs,
    } as const;
    const told = roundedAlert(detection, life, this.#relatedTo(detection));
    this.#hold(key, detection, told);
    return told;
  }

  #hold(key: string, detection: Detection, told: Alert): void {
    const { alertId } = told;
    const live: LiveAlert = {
      told,
      contributors: new Map([[key, detection]]),
      last: detection,
      endsAtMs: undefined,
      toldAtMs: detection.decidedAtMs,
      heardAtMs: detection.decidedAtMs,
      dueAtMs: Number.POSITIVE_INFINITY,
      pending: false,
    };
    this.#live.set(alertId, live);
    this.#byContributor.set(key, alertId);
    this.#places.add(alertId, told.kind, told.position);
    this.#schedule(live);
  }

  /** The live alert of another kind that tells of the same event: by kind, then the nearest, then the first. */
  #relatedTo(detection: Detection): string | undefined {
    for (const kind of relatedKinds(detection.kind)) {
      let found: LiveAlert | undefined;
      let foundM = RELATED_M;
      for (const id of this.#places.near(kind, detection.position)) {
        const live = this.#live.get(id);
        if (live === undefined || live.endsAtMs !== undefined || !isAlong(live.told, detection)) continue;
        const apartM = distanceM(live.told.position, detection.position);
        if (apartM > foundM || (apartM === foundM && found !== undefined && !beganBefore(live, found)))
          continue;
        found = live;
        foundM = apartM;
      }
      if (found !== undefined) return found.told.alertId;
    }
    return undefined;
  }

  /** A contributor was seen again, or a new one joins. */
  #renew(live: LiveAlert, key: string, detection: Detection): Alert | undefined {
    const known = live.contributors.get(key);
    if (known === undefined && live.contributors.size >= MAX_CONTRIBUTORS) return undefined;
    const silent = known !== undefined && detection.phase === "extend";
    if (live.endsAtMs !== undefined) this.#byContributor.delete(contributorKey(live.last));
    live.contributors.set(key, silent ? extended(known, detection) : detection);
    this.#byContributor.set(key, live.told.alertId);
    live.heardAtMs = detection.decidedAtMs;
    live.endsAtMs = undefined;
    return this.#reconsider(live, detection.decidedAtMs);
  }

  /** A contributor is over. */
  #release(live: LiveAlert, key: string, detection: Detection): Alert | undefined {
    if (!live.contributors.delete(key)) return undefined;
    live.last = detection;
    live.heardAtMs = detection.decidedAtMs;
    if (live.contributors.size > 0) {
      this.#byContributor.delete(key);
      return this.#reconsider(live, detection.decidedAtMs);
    }
    if (detection.phase === "cancel") return this.#close(live, "cancelled", detection.decidedAtMs);
    const { lingerMs } = kindPolicy(live.told.kind);
    if (lingerMs === 0) return this.#close(live, "ended", detection.decidedAtMs);
    live.endsAtMs = detection.decidedAtMs + lingerMs;
    this.#schedule(live);
    return undefined;
  }

  #onDue(live: LiveAlert, tickMs: number): Alert | undefined {
    live.dueAtMs = Number.POSITIVE_INFINITY;
    if (live.endsAtMs !== undefined) {
      if (live.endsAtMs <= tickMs) return this.#close(live, "ended", tickMs);
      this.#schedule(live);
      return undefined;
    }
    for (const [key, detection] of live.contributors) {
      if (detection.validUntilMs > tickMs) continue;
      live.contributors.delete(key);
      live.last = detection;
      this.#byContributor.delete(key);
    }
    if (live.contributors.size === 0) return this.#close(live, "expired", tickMs);
    return this.#reconsider(live, tickMs);
  }

  /** Tells what has changed, if it is worth it and its turn; else notes what will be due. */
  #reconsider(live: LiveAlert, nowMs: number): Alert | undefined {
    const policy = kindPolicy(live.told.kind);
    const content = mergedContent(live);
    const weight = significance(live.told, content, policy);
    const early = nowMs - live.toldAtMs < policy.updateEveryMs;
    live.pending = weight === "change" && early;
    const tells = weight === "urgent" || (weight === "change" && !early);
    const transition = tells ? this.#tell(live, content, "updated", nowMs) : undefined;
    if (tells) live.pending = false;
    this.#schedule(live);
    return transition;
  }

  #tell(live: LiveAlert, content: AlertContent, state: AlertState, nowMs: number): Alert {
    const { told } = live;
    const { alertId, beganAtMs, relatedAlertId } = told;
    const life = { alertId, revision: told.revision + 1, state, beganAtMs, detectedAtMs: nowMs };
    const next = roundedAlert(content, life, relatedAlertId);
    this.#retell(live, next);
    live.toldAtMs = nowMs;
    return next;
  }

  #retell(live: LiveAlert, next: Alert): void {
    const { told } = live;
    this.#places.remove(told.alertId, told.kind, told.position);
    this.#places.add(told.alertId, next.kind, next.position);
    live.told = next;
  }

  #close(live: LiveAlert, state: "ended" | "cancelled" | "expired", nowMs: number): Alert {
    const why = state === "expired" ? VALIDITY_OVER : live.last.why;
    const alert = this.#tell(live, { ...mergedContent(live), why }, state, nowMs);
    this.#drop(live);
    return alert;
  }

  /** Nothing leads to the alert any more. What has left it may belong to another one by now. */
  #drop({ told, contributors, last }: LiveAlert): void {
    const { alertId } = told;
    this.#places.remove(alertId, told.kind, told.position);
    this.#live.delete(alertId);
    for (const key of [...contributors.keys(), contributorKey(last)]) {
      if (this.#byContributor.get(key) === alertId) this.#byContributor.delete(key);
    }
  }

  #schedule(live: LiveAlert): void {
    this.#scheduleAt(live, nextDueMs(live));
  }

  /** An alert never waits longer than the earliest time noted; one that is early is looked at and noted anew. */
  #scheduleAt(live: LiveAlert, atMs: number): void {
    if (atMs >= live.dueAtMs) return;
    live.dueAtMs = atMs;
    this.#due.push(atMs, live.told.alertId);
    if (this.#due.size > this.#live.size * DUE_ENTRIES_PER_ALERT + FEW_DUE_ENTRIES) this.#tidyDue();
  }

  /** Drops the entries of alerts that are over or due at another time: validity may be a day, and so may their wait. */
  #tidyDue(): void {
    this.#due.clear();
    for (const { dueAtMs, told } of this.#live.values()) this.#due.push(dueAtMs, told.alertId);
  }

  snapshot(): SnapshotValue {
    return {
      live: [...this.#live.values()].map(writeLive),
      keys: [...this.#byContributor].map(([key, alertId]) => [key, alertId]),
      ids: this.#ids.snapshot(),
      refused: Object.values(this.#refused),
    };
  }

  restore(value: SnapshotValue): void {
    const parts = readObject(value);
    const live = readArray(parts["live"]).map(readLive);
    const keys = readArray(parts["keys"]).map((pair): [string, string] => {
      const [key, alertId] = readArray(pair);
      return [readString(key, "contributor"), readString(alertId, "alertId")];
    });
    const refused = readArray(parts["refused"]).map((count) => readNumber(count, "refused"));
    this.#ids.restore(parts["ids"]);
    this.#clear();
    for (const [i, severity] of SEVERITIES.entries()) this.#refused[severity] = refused[i] ?? 0;
    for (const [key, alertId] of keys) this.#byContributor.set(key, alertId);
    for (const alert of live) {
      const { alertId, kind, position } = alert.told;
      this.#live.set(alertId, alert);
      this.#places.add(alertId, kind, position);
      this.#due.push(alert.dueAtMs, alertId);
    }
  }

  #clear(): void {
    this.#live.clear();
    this.#byContributor.clear();
    this.#places.clear();
    this.#due.clear();
  }
}

/** Whoever asks now is told how long the alert holds by now. */
function withPresentValidity({ told, contributors }: LiveAlert): Alert {
  let validUntilMs = told.validUntilMs;
  for (const one of contributors.values()) validUntilMs = Math.max(validUntilMs, wholeMs(one.validUntilMs));
  return validUntilMs === told.validUntilMs ? told : { ...told, validUntilMs };
}

const NOTHING: readonly Alert[] = [];
const SEVERITIES: readonly Severity[] = [1, 2, 3, 4, 5];

function accepts(live: LiveAlert, detection: Detection, policy: KindPolicy): boolean {
  const { told } = live;
  if (detection.decidedAtMs - live.heardAtMs > policy.mergeWithinMs) return false;
  if (!policy.mergesOwn && holdsOwn(live, detection.detector)) return false;
  if (told.headingDeg === undefined || detection.headingDeg === undefined) return true;
  return headingDifferenceDeg(told.headingDeg, detection.headingDeg) <= policy.mergeHeadingDeg;
}

function holdsOwn(live: LiveAlert, detector: string): boolean {
  if (live.contributors.size === 0) return live.last.detector === detector;
  for (const contributor of live.contributors.values()) if (contributor.detector === detector) return true;
  return false;
}

function isAlong(told: AlertContent, detection: Detection): boolean {
  if (told.headingDeg === undefined || detection.headingDeg === undefined) return true;
  return headingDifferenceDeg(told.headingDeg, detection.headingDeg) <= RELATED_HEADING_DEG;
}

function beganBefore(a: LiveAlert, b: LiveAlert): boolean {
  if (a.told.beganAtMs !== b.told.beganAtMs) return a.told.beganAtMs < b.told.beganAtMs;
  return a.told.alertId < b.told.alertId;
}

/** The earliest time at which something can have to be told. */
function nextDueMs(live: LiveAlert): number {
  if (live.endsAtMs !== undefined) return live.endsAtMs;
  let dueMs = Number.POSITIVE_INFINITY;
  for (const { validUntilMs } of live.contributors.values()) dueMs = Math.min(dueMs, validUntilMs);
  if (live.pending) dueMs = Math.min(dueMs, live.toldAtMs + kindPolicy(live.told.kind).updateEveryMs);
  return dueMs;
}
