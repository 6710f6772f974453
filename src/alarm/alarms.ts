import type { AlarmBoard, AlarmView } from "../api/contract/alarms.ts";
import { contentId } from "../domain/content-id.ts";
import { DueQueue } from "../domain/due-queue.ts";
import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";
import { AlarmCounts } from "./alarm-counts.ts";
import type { AlarmAlert, AlarmInput, AlarmRefusal } from "./alarm-input.ts";
import { AnnunciationLog, type AnnunciationLogState } from "./annunciations.ts";
import { obey } from "./commands.ts";
import { type Condition, NEVER, newCondition, settle, tell } from "./condition.ts";
import { lineFor } from "./grouping.ts";
import { isAbove, isAlarm, type Level, priorityOf } from "./level.ts";
import {
  CHATTER_MS,
  CHATTER_TIMES,
  dueAtMs,
  forgetAtMs,
  isForgettable,
  isLineOver,
  isPresent,
  isSilenced,
  keyOf,
  type Line,
  lastingLevel,
  letGo,
  MAX_CONDITIONS,
  newLine,
  REOPEN_MS,
  STALE_MS,
  viewOf,
  waitingLevel,
} from "./line.ts";
import { LinesByPlace } from "./lines-by-place.ts";
import { LAST_CAUSE } from "./rules.ts";
import { type AlarmSettings, DEFAULT_ALARM_SETTINGS } from "./settings.ts";

/** Alarms that are over and kept all the same, for want of an acknowledgement, on a shelf or out of service. */
const MAX_OVER = 2_000;

/** Times in the queue that are no alarm's any more, before it is made anew. */
const MOST_STALE_DUES = 10_000;

/** What has changed since it was last asked. */
export interface AlarmChanges {
  readonly changed: readonly string[];
  readonly gone: readonly string[];
}

/**
 * Which alerts call an operator: a reducer over alerts, commands and time. Time arrives in calls, and whether in one step
 * or in many is the same: the inputs alone decide, and the same inputs give the same board, byte for byte.
 *
 * Every alert belongs to exactly one alarm for life. What silences an alarm is told and counted; nothing is left out but
 * alarms that are over, beyond 2,000 of them, least urgent first, counted as `forgotten`.
 */
export class Alarms implements Snapshotable {
  readonly name = "alarms";
  readonly version = 1;
  readonly counts = new AlarmCounts();
  readonly settings: AlarmSettings;
  readonly log: AnnunciationLog;
  readonly #lines = new Map<string, Line>();
  readonly #lineOfAlert = new Map<string, Line>();
  /** Each line as it was last told. */
  readonly #told = new Map<string, string>();
  readonly #changed = new Set<string>();
  readonly #gone = new Set<string>();
  readonly #byPlace = new LinesByPlace();
  readonly #over = new Set<Line>();
  readonly #dues = new DueQueue();
  /** When each alarm stands in the queue first. */
  readonly #queuedMs = new Map<string, number>();
  #nowMs = 0;
  #begun = 0;

  constructor(settings: AlarmSettings = DEFAULT_ALARM_SETTINGS) {
    this.settings = settings;
    this.log = new AnnunciationLog(settings);
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Lets time go on; going back changes nothing. */
  advanceTo(timeMs: number): void {
    for (let dueMs = this.#nextDueMs(); dueMs <= timeMs; dueMs = this.#nextDueMs()) {
      this.#nowMs = Math.max(this.#nowMs, dueMs);
      this.#settleDue();
    }
    this.#nowMs = Math.max(this.#nowMs, timeMs);
  }

  /** Answers why a command changes nothing; undefined where it was done, and for alerts. */
  take(input: AlarmInput): AlarmRefusal | undefined {
    this.advanceTo(input.atMs);
    if (input.type === "alert") {
      this.#takeAlert(input.alert);
      return undefined;
    }
    const line = this.#lines.get(input.alarmId);
    if (line === undefined) return { code: "unknown-alarm", message: `There is no alarm ${input.alarmId}.` };
    const wasNeedy = line.needsAcknowledgement;
    const refusal = obey(line, input, this.#nowMs);
    if (refusal !== undefined) return refusal;
    if (wasNeedy && !line.needsAcknowledgement && !line.exercise)
      this.log.acknowledged(line.alarmId, this.#nowMs);
    this.counts.commands++;
    this.#settle(line);
    return undefined;
  }

  get size(): number {
    return this.#lines.size;
  }

  ids(): Iterable<string> {
    return this.#lines.keys();
  }

  lines(): Iterable<Line> {
    return this.#lines.values();
  }

  view(alarmId: string): AlarmView | undefined {
    const line = this.#lines.get(alarmId);
    return line && viewOf(line, this.settings.rules);
  }

  /** The alarm that an alert belongs to. */
  alarmOf(alertId: string): string | undefined {
    return this.#lineOfAlert.get(alertId)?.alarmId;
  }

  /** What was last taken of an alert, while it belongs to an alarm. */
  alert(alertId: string): AlarmAlert | undefined {
    return this.#lineOfAlert.get(alertId)?.conditions.find(({ alert }) => alert.alertId === alertId)?.alert;
  }

  board(): AlarmBoard {
    const { floodSinceMs: sinceMs, floodSuppressed: suppressed } = this.log;
    let shelved = 0;
    for (const line of this.#lines.values()) if (line.shelf !== undefined) shelved++;
    return {
      flood: sinceMs === undefined ? undefined : { sinceMs, suppressed },
      lastTenMinutes: this.log.lastTenMinutes(this.#nowMs),
      shelved,
    };
  }

  takeChanges(): AlarmChanges {
    const changes = { changed: [...this.#changed], gone: [...this.#gone] };
    this.#changed.clear();
    this.#gone.clear();
    return changes;
  }

  snapshot(): SnapshotValue {
    const state = {
      version: this.version,
      nowMs: this.#nowMs,
      begun: this.#begun,
      lines: [...this.#lines.values()],
      log: this.log.snapshot(),
      counts: { ...this.counts },
    };
    return JSON.parse(JSON.stringify(state)) as SnapshotValue;
  }

  /** @throws Error where the snapshot is of another version */
  restore(value: SnapshotValue): void {
    const state = value as unknown as AlarmsState;
    if (state?.version !== this.version) throw new Error("the state of the alarms is of another version");
    for (const map of [this.#lines, this.#lineOfAlert, this.#told, this.#queuedMs]) map.clear();
    for (const kept of [this.#changed, this.#gone, this.#over, this.#byPlace, this.#dues]) kept.clear();
    this.#nowMs = state.nowMs;
    this.#begun = state.begun;
    this.log.restore(state.log);
    Object.assign(this.counts, state.counts);
    for (const kept of state.lines) this.#restoreLine(kept);
  }

  #restoreLine(kept: Line): void {
    const [first] = kept.conditions;
    if (first === undefined) throw new Error(`the alarm ${kept.alarmId} has no alert`);
    const line = {
      ...newLine(kept.alarmId, kept.ordinal, first.alert, kept.family),
      ...structuredClone(kept),
    };
    this.#lines.set(line.alarmId, line);
    for (const { alert } of line.conditions) this.#lineOfAlert.set(alert.alertId, line);
    this.#told.set(line.alarmId, this.#describe(line));
    this.#file(line);
  }

  #takeAlert(alert: AlarmAlert): void {
    const rule = this.settings.rules[alert.kind];
    const known = this.#lineOfAlert.get(alert.alertId);
    const condition = known?.conditions.find((one) => one.alert.alertId === alert.alertId);
    if (known !== undefined && condition !== undefined) {
      tell(condition, alert, rule, this.#nowMs);
      this.#hurry(known, condition);
      return this.#settle(known);
    }
    const line =
      this.#lineOfRelated(alert) ??
      lineFor(alert, this.#byPlace.near(alert.place), this.#nowMs, rule) ??
      this.#begin(alert);
    const joined = newCondition(alert, rule, this.#nowMs);
    this.#hurry(line, joined);
    line.conditions.push(joined);
    line.alerts++;
    if (rule.rank <= LAST_CAUSE) line.causeAtMs = this.#nowMs;
    this.#lineOfAlert.set(alert.alertId, line);
    this.counts.alerts++;
    this.#settle(line);
  }

  /** What the operators know of already need not last again: a gap would end the alarm and call them anew. */
  #hurry(line: Line, condition: Condition): void {
    const { told, lasting } = condition;
    if (isPresent(line) && isAbove(told, lasting) && !isAbove(told, line.level))
      condition.dueAtMs = this.#nowMs;
  }

  /** An alert that names another one belongs to the same event. */
  #lineOfRelated({ relatedAlertId, exercise }: AlarmAlert): Line | undefined {
    const line = relatedAlertId === undefined ? undefined : this.#lineOfAlert.get(relatedAlertId);
    if (line === undefined || line.conditions.length >= MAX_CONDITIONS) return undefined;
    return line.exercise === (exercise === true) ? line : undefined;
  }

  #begin(alert: AlarmAlert): Line {
    this.#makeRoom();
    const { family } = this.settings.rules[alert.kind];
    const line = newLine(contentId(`alarm ${alert.alertId}`), ++this.#begun, alert, family);
    this.#lines.set(line.alarmId, line);
    this.#gone.delete(line.alarmId);
    return line;
  }

  /** The least urgent goes, of those the one that was over first. */
  #makeRoom(): void {
    if (this.#over.size < MAX_OVER) return;
    const least = [...this.#over].reduce((a, b) => (isLess(b, a) ? b : a));
    this.counts.forgotten++;
    this.#forget(least);
  }

  /** Nothing changes by time alone before this. */
  #nextDueMs(): number {
    return Math.min(this.#dues.nextMs ?? NEVER, this.log.floodEndsAtMs ?? NEVER);
  }

  #settleDue(): void {
    const now = this.#nowMs;
    for (const line of this.#takeDue(now)) this.#settle(line);
    if ((this.log.floodEndsAtMs ?? NEVER) <= now) this.#endFlood();
  }

  /** Alarms that are due, in the order in which they began. An alarm may stand in the queue with times that have passed away. */
  #takeDue(nowMs: number): Line[] {
    const due: Line[] = [];
    for (let next = this.#dues.popUntil(nowMs); next !== undefined; next = this.#dues.popUntil(nowMs)) {
      if (this.#queuedMs.get(next.id) !== next.atMs) continue;
      this.#queuedMs.delete(next.id);
      const line = this.#lines.get(next.id);
      if (line === undefined) continue;
      if (dueAtMs(line) <= nowMs) due.push(line);
      else this.#queue(line);
    }
    return due.sort((a, b) => a.ordinal - b.ordinal);
  }

  #queue(line: Line): void {
    const dueMs = dueAtMs(line);
    if (dueMs >= (this.#queuedMs.get(line.alarmId) ?? NEVER)) return;
    this.#queuedMs.set(line.alarmId, dueMs);
    this.#dues.push(dueMs, line.alarmId);
    if (this.#dues.size > MOST_STALE_DUES + 2 * this.#lines.size) this.#queueAnew();
  }

  /** Without the times that have passed away. */
  #queueAnew(): void {
    this.#dues.clear();
    for (const [alarmId, dueMs] of this.#queuedMs) this.#dues.push(dueMs, alarmId);
  }

  /** Where and when it is looked for next. */
  #file(line: Line): void {
    this.#byPlace.put(line);
    if (line.overAtMs === undefined) this.#over.delete(line);
    else this.#over.add(line);
    this.#queue(line);
  }

  /** Draws all consequences of what has come and of the time. */
  #settle(line: Line): void {
    const now = this.#nowMs;
    if (isForgettable(line) && forgetAtMs(line) <= now && isLineOver(line)) return this.#forget(line);
    for (const condition of line.conditions) settle(condition, now);
    for (const alertId of letGo(line)) this.#lineOfAlert.delete(alertId);
    if (line.shelf !== undefined && line.shelf.untilMs <= now) this.#returnFromShelf(line);
    if (line.isChattering && (line.begins.at(-1) ?? 0) + REOPEN_MS <= now) this.#calm(line);
    const wasPresent = isPresent(line);
    line.level = lastingLevel(line);
    if (isPresent(line) && !wasPresent) begun(line, now);
    if (!isPresent(line) && wasPresent) ended(line, now);
    this.#follow(line);
    this.#finish(line);
  }

  /** Calls the operators where the level asks for more than they were called for. */
  #follow(line: Line): void {
    const { level } = line;
    if (!isPresent(line)) return;
    if (line.presentSinceMs !== undefined) line.isStale = this.#nowMs >= line.presentSinceMs + STALE_MS;
    if (isAbove(line.calledFor, level)) line.calledFor = level;
    if (isAbove(level, line.calledFor) && !isSilenced(line, level)) this.#call(line, level);
  }

  #call(line: Line, level: Level): void {
    const first = line.calledFor === "none";
    line.suppressed = this.#silenceOf(line, level);
    line.calledAtMs = this.#nowMs;
    line.calledFor = level;
    line.needsAcknowledgement = true;
    line.acknowledged = undefined;
    line.clearedAtMs = undefined;
    if (line.exercise) return;
    const priority = priorityOf(level);
    this.counts.called(priority, line.suppressed, first);
    const { suppressed, alarmId } = line;
    this.log.add({
      atMs: this.#nowMs,
      priority,
      alarmId,
      key: keyOf(line, this.settings.rules),
      ...(suppressed === undefined ? {} : { suppressed }),
    });
  }

  /** The most urgent are never silenced. Exercises train, and are no part of the flood. */
  #silenceOf(line: Line, level: Level): Line["suppressed"] {
    if (level === "P1") return undefined;
    if (line.isChattering) return "chatter";
    return this.log.floodSinceMs === undefined || line.exercise ? undefined : "flood";
  }

  #returnFromShelf(line: Line): void {
    line.shelf = undefined;
    line.calledFor = "none";
    this.counts.returned++;
  }

  #calm(line: Line): void {
    line.isChattering = false;
    if (line.suppressed !== "chatter") return;
    line.suppressed = undefined;
    if (isPresent(line) && line.needsAcknowledgement) line.calledFor = "none";
  }

  /** What the flood silenced and is there still comes back into the list, all together and without a call of its own. */
  #endFlood(): void {
    this.log.endFlood();
    for (const line of this.#lines.values()) {
      if (line.suppressed !== "flood") continue;
      if (!isPresent(line)) continue;
      line.suppressed = undefined;
      line.calledAtMs = this.#nowMs;
      this.log.released(line.alarmId, this.#nowMs);
      this.#finish(line);
    }
  }

  /** Brings what is told in line with what is, and notes the change. */
  #finish(line: Line): void {
    const now = this.#nowMs;
    const isOver = isLineOver(line);
    const live = line.conditions.filter(({ told, lasting }) => told !== "none" || lasting !== "none");
    if (live.length > 0) line.places = live.map(({ alert }) => alert.place);
    if (!isOver) line.overAtMs = undefined;
    else if (line.overAtMs === undefined) {
      line.overAtMs = now;
      line.clearedAtMs ??= now;
      if (line.calledFor === "none" && isAlarm(line.shown) && line.shelf === undefined)
        this.counts.heldBack++;
    }
    if (!isPresent(line) && !line.needsAcknowledgement && !isOver) line.calledFor = "none";
    const waiting = waitingLevel(line);
    const shown = line.needsAcknowledgement && isAbove(line.calledFor, waiting) ? line.calledFor : waiting;
    if (shown !== "none") line.shown = shown;
    this.#noteChange(line);
    this.#file(line);
  }

  #noteChange(line: Line): void {
    const told = this.#describe(line);
    if (this.#told.get(line.alarmId) === told) return;
    this.#told.set(line.alarmId, told);
    line.revision++;
    this.#changed.add(line.alarmId);
  }

  #describe(line: Line): string {
    return JSON.stringify({ ...viewOf(line, this.settings.rules), revision: 0 });
  }

  #forget(line: Line): void {
    this.#lines.delete(line.alarmId);
    this.#told.delete(line.alarmId);
    this.#queuedMs.delete(line.alarmId);
    this.#over.delete(line);
    this.#byPlace.remove(line);
    for (const { alert } of line.conditions) this.#lineOfAlert.delete(alert.alertId);
    this.#changed.delete(line.alarmId);
    this.#gone.add(line.alarmId);
  }
}

interface AlarmsState {
  readonly version: number;
  readonly nowMs: number;
  readonly begun: number;
  readonly lines: readonly Line[];
  readonly log: AnnunciationLogState;
  readonly counts: Partial<AlarmCounts>;
}

/** Whether an alarm that is over is given up before another. */
function isLess(a: Line, b: Line): boolean {
  const [urgency, other] = [priorityOf(a.shown), priorityOf(b.shown)];
  if (urgency !== other) return urgency > other;
  return a.overAtMs === b.overAtMs ? a.ordinal < b.ordinal : (a.overAtMs ?? 0) < (b.overAtMs ?? 0);
}

function begun(line: Line, nowMs: number): void {
  line.presentSinceMs = nowMs;
  line.clearedAtMs = undefined;
  line.calledFor = "none";
  line.begins = [...line.begins, nowMs].slice(-CHATTER_TIMES);
  const [first] = line.begins;
  if (line.begins.length === CHATTER_TIMES && nowMs - (first ?? 0) <= CHATTER_MS) line.isChattering = true;
}

function ended(line: Line, nowMs: number): void {
  line.presentSinceMs = undefined;
  line.isStale = false;
  if (line.calledFor !== "none") line.clearedAtMs = nowMs;
  if (line.shelf?.oneShot === true) line.shelf = undefined;
}
