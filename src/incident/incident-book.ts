import type { ClockSettings } from "./clocks.ts";
import { decide } from "./decide.ts";
import type {
  AlertFacts,
  Decision,
  DecisionWorld,
  IncidentRequest,
  OpenRequest,
  Refused,
} from "./decision.ts";
import {
  applyChange,
  type IncidentChange,
  type IncidentEvent,
  type IncidentMeasure,
  type IncidentRecord,
  isOver,
} from "./incident-record.ts";
import { openIncident, proposalsFor } from "./open-incident.ts";
import { changeByAlertEnd, changeByFailure, changeByTime, nextDueMs } from "./time-events.ts";

export interface IncidentBookOptions {
  readonly clocks: ClockSettings;
  /** What is known of an alert, live or lately ended. */
  readonly alert: (alertId: string) => AlertFacts | undefined;
  readonly propose: (incident: IncidentRecord) => readonly IncidentMeasure[];
  /** Closed incidents that stay in memory; the eldest go first. */
  readonly maxClosed: number;
}

/** DENM sequence numbers have 16 bits (TS 102 894-2, SequenceNumber). */
const NOTICE_NUMBERS = 65_536;

/**
 * All incidents. `decide`, `open`, `dueBy` and `alertEnded` only say what would happen; `apply` makes it so. The state
 * follows from the events alone.
 */
export class IncidentBook {
  readonly #options: IncidentBookOptions;
  readonly #incidents = new Map<string, IncidentRecord>();
  /** Ids of closed incidents in the order of closing. */
  readonly #closed = new Set<string>();
  /** Incident that is not closed, by alert. */
  readonly #holders = new Map<string, string>();
  /** Highest number given on each day. */
  readonly #numbers = new Map<string, number>();
  #noticeNumber = 0;
  #nextDueMs = Number.POSITIVE_INFINITY;

  constructor(options: IncidentBookOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#incidents.size;
  }

  get openCount(): number {
    return this.#incidents.size - this.#closed.size;
  }

  get(incidentId: string): IncidentRecord | undefined {
    return this.#incidents.get(incidentId);
  }

  /** In the order of their opening. */
  all(): Iterable<IncidentRecord> {
    return this.#incidents.values();
  }

  holderOf(alertId: string): IncidentRecord | undefined {
    const incidentId = this.#holders.get(alertId);
    return incidentId === undefined ? undefined : this.#incidents.get(incidentId);
  }

  decide(request: IncidentRequest): Decision {
    return decide(this.#world(), request);
  }

  open(request: OpenRequest): Decision {
    return openIncident(this.#world(), request);
  }

  /** What the rules would propose for an alert that no incident has; nothing is noted. */
  proposalsFor(alertId: string, atMs: number): readonly IncidentMeasure[] | Refused {
    return proposalsFor(this.#world(), alertId, atMs);
  }

  /** What time has brought about by now; undefined where nothing. */
  dueBy(atMs: number): IncidentEvent | undefined {
    if (atMs <= this.#nextDueMs) return undefined;
    const changes = this.#changes((incident) => changeByTime(incident, atMs));
    if (changes.length === 0) this.#nextDueMs = this.#earliestDueMs();
    return changes.length === 0 ? undefined : { changes };
  }

  /** What the end of an alert means; undefined where no incident has it. */
  alertEnded(alertId: string, atMs: number): IncidentEvent | undefined {
    const holder = this.holderOf(alertId);
    const change = holder && changeByAlertEnd(holder, alertId, atMs);
    return change === undefined ? undefined : { changes: [change] };
  }

  /** What it means that a measure did not get there; undefined where nothing. */
  measureFailed(
    incidentId: string,
    measureId: string,
    reason: string,
    atMs: number,
  ): IncidentEvent | undefined {
    const incident = this.#incidents.get(incidentId);
    const change = incident && changeByFailure(incident, measureId, reason, atMs);
    return change === undefined ? undefined : { changes: [change] };
  }

  /** Alerts of open incidents that were not over when last heard of. */
  openAlertIds(): readonly string[] {
    const ended = new Set([...this.#incidents.values()].flatMap(({ endedAlertIds }) => endedAlertIds));
    return [...this.#holders.keys()].filter((alertId) => !ended.has(alertId));
  }

  /** Makes an event so. What is known already, because a carried state holds it, changes nothing. */
  apply({ changes }: IncidentEvent): void {
    for (const change of changes) {
      const before = this.#incidents.get(change.incidentId);
      if (before !== undefined && before.revision >= change.revision) continue;
      // The beginning is lost with a damaged part of the journal: there is no incident to change.
      if (before === undefined && change.revision > 1) continue;
      this.#keep(applyChange(before, change));
    }
  }

  /** Takes over a whole state, unless it is known in this or a later revision. */
  adopt(incident: IncidentRecord): void {
    const before = this.#incidents.get(incident.incidentId);
    if (before === undefined || before.revision < incident.revision) this.#keep(incident);
  }

  #keep(incident: IncidentRecord): void {
    const { incidentId } = incident;
    const before = this.#incidents.get(incidentId);
    this.#incidents.set(incidentId, incident);
    for (const alertId of before?.alertIds ?? [])
      if (this.#holders.get(alertId) === incidentId) this.#holders.delete(alertId);
    if (isOver(incident)) this.#closed.add(incidentId);
    else {
      this.#closed.delete(incidentId);
      for (const alertId of incident.alertIds) this.#holders.set(alertId, incidentId);
    }
    this.#nextDueMs = Math.min(this.#nextDueMs, nextDueMs(incident));
    this.#noteNumbers(incident);
    this.#forgetEldest();
  }

  #noteNumbers({ incidentId, measures }: IncidentRecord): void {
    const [, day = "", number = ""] = incidentId.split("-");
    this.#numbers.set(day, Math.max(this.#numbers.get(day) ?? 0, Number(number) || 0));
    for (const { noticeNumber } of measures)
      if (noticeNumber !== undefined) this.#noticeNumber = (noticeNumber + 1) % NOTICE_NUMBERS;
  }

  #forgetEldest(): void {
    for (const incidentId of this.#closed) {
      if (this.#closed.size <= this.#options.maxClosed) return;
      this.#closed.delete(incidentId);
      this.#incidents.delete(incidentId);
    }
  }

  #changes(of: (incident: IncidentRecord) => IncidentChange | undefined): readonly IncidentChange[] {
    return [...this.#incidents.values()].flatMap((incident) => of(incident) ?? []);
  }

  #earliestDueMs(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const incident of this.#incidents.values()) earliest = Math.min(earliest, nextDueMs(incident));
    return earliest;
  }

  #world(): DecisionWorld {
    const { clocks, alert, propose } = this.#options;
    return {
      get: (incidentId) => this.#incidents.get(incidentId),
      holderOf: (alertId) => this.holderOf(alertId),
      alert,
      openCount: this.openCount,
      newId: (atMs, exercise) => this.#newId(atMs, exercise),
      nextNoticeNumber: this.#noticeNumber,
      clocks,
      propose,
    };
  }

  /** E.g. `I-20261123-0007`; an exercise has an X. The day is that of UTC. */
  #newId(atMs: number, exercise: boolean): string {
    const day = new Date(atMs).toISOString().slice(0, 10).replaceAll("-", "");
    const number = (this.#numbers.get(day) ?? 0) + 1;
    return `${exercise ? "X" : "I"}-${day}-${String(number).padStart(4, "0")}`;
  }
}
