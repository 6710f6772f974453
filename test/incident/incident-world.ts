import type { IncidentCommand, Lane, NewIncident } from "../../src/api/contract/incidents.ts";
import { type AlertFacts, isRefused, type Refused } from "../../src/incident/decision.ts";
import { IncidentBook, type IncidentBookOptions } from "../../src/incident/incident-book.ts";
import type { Actor, IncidentEvent, IncidentRecord } from "../../src/incident/incident-record.ts";

export const ANNA: Actor = { name: "Anna", agency: "centre" };
export const STREIFE: Actor = { name: "Streife 12", agency: "police" };

export const MINUTE_MS = 60_000;
export const CLOCKS = {
  acknowledgeMs: 3 * MINUTE_MS,
  respondMs: 15 * MINUTE_MS,
  resolveMs: 120 * MINUTE_MS,
  acknowledgementHoldsMs: 30 * MINUTE_MS,
};

export const PLACE = { latitudeDeg: 51.4386, longitudeDeg: 6.8037, text: "A40 → Venlo, km 12.3" };
export const CRASH: NewIncident = { type: "crash", title: "Two cars", place: PLACE };

export const lane = (impact: Lane["impact"], kind: Lane["kind"] = "lane"): Lane => ({ kind, impact });

export function alertFacts(alertId: string): AlertFacts {
  const { latitudeDeg, longitudeDeg } = PLACE;
  return { alertId, kind: "stationary-vehicle", latitudeDeg, longitudeDeg, hasEnded: false };
}

/** A book at a time of the test's choice, that keeps every event as the journal does. */
export class IncidentWorld {
  readonly book: IncidentBook;
  readonly events: IncidentEvent[] = [];
  readonly alerts = new Map<string, AlertFacts>();
  nowMs = Date.UTC(2026, 10, 23, 12);

  constructor(options: Partial<IncidentBookOptions> = {}) {
    this.book = new IncidentBook({
      clocks: CLOCKS,
      alert: (alertId) => this.alerts.get(alertId),
      propose: () => [],
      maxClosed: 100,
      ...options,
    });
  }

  open(incident: NewIncident = CRASH, by: Actor = ANNA): IncidentRecord {
    const event = this.book.open({ incident, by, atMs: this.nowMs });
    if (isRefused(event)) throw new Error(event.message);
    return this.#make(event);
  }

  /** Carries a command out on the incident as it is; throws where it is refused. */
  act(incidentId: string, command: IncidentCommand, by: Actor = ANNA): IncidentRecord {
    const answer = this.ask(incidentId, command, by);
    if (isRefused(answer)) throw new Error(`${answer.refused}: ${answer.message}`);
    return answer;
  }

  ask(
    incidentId: string,
    command: IncidentCommand,
    by: Actor = ANNA,
    revision = this.book.get(incidentId)?.revision ?? 0,
  ): IncidentRecord | Refused {
    const event = this.book.decide({ incidentId, revision, command, by, atMs: this.nowMs });
    if (isRefused(event)) return event;
    this.#make(event);
    return this.get(incidentId);
  }

  /** Lets time go on. */
  pass(ms: number): void {
    this.nowMs += ms;
    const event = this.book.dueBy(this.nowMs);
    if (event !== undefined) this.#make(event);
  }

  endAlert(alertId: string): void {
    const event = this.book.alertEnded(alertId, this.nowMs);
    if (event !== undefined) this.#make(event);
  }

  get(incidentId: string): IncidentRecord {
    const incident = this.book.get(incidentId);
    if (incident === undefined) throw new Error(`there is no ${incidentId}`);
    return incident;
  }

  /** What a restart would make of the events, as they stand on the disk. */
  replayed(): IncidentBook {
    const { book } = new IncidentWorld();
    for (const event of this.events) book.apply(JSON.parse(JSON.stringify(event)) as IncidentEvent);
    return book;
  }

  #make(event: IncidentEvent): IncidentRecord {
    this.events.push(event);
    this.book.apply(event);
    return this.get(event.changes[0]?.incidentId ?? "");
  }
}
