import type { IncidentCommand, NewIncident } from "../../api/contract/incidents.ts";
import { isRefused, type Refused } from "../../incident/decision.ts";
import type { IncidentBook } from "../../incident/incident-book.ts";
import type { Actor, IncidentEvent, IncidentRecord } from "../../incident/incident-record.ts";
import type { CentreParticipant, CentrePort } from "./centre-journal.ts";

/** Somebody who wants to know of every change, after it was written. */
export type ChangeListener = (before: IncidentRecord | undefined, after: IncidentRecord) => void;

/**
 * Incidents at work: every command is decided, written, made so and told, one after the other, before the next is looked
 * at. What could not be decided changes nothing.
 */
export class IncidentDesk {
  readonly participant: CentreParticipant;
  readonly #book: IncidentBook;
  readonly #nowMs: () => number;
  readonly #listeners: ChangeListener[] = [];
  #port: CentrePort = { append: () => undefined };

  /** @param nowMs Unix ms; on a recording's clock that of the recording */
  constructor(book: IncidentBook, nowMs: () => number) {
    this.#book = book;
    this.#nowMs = nowMs;
    this.participant = {
      kind: "incident",
      replay: (event) => this.#book.apply(event as IncidentEvent),
      restore: (state) => this.#book.adopt(state as IncidentRecord),
      carried: () => openOnes(this.#book),
    };
  }

  get book(): IncidentBook {
    return this.#book;
  }

  /** From now on everything is written there. */
  writeTo(port: CentrePort): void {
    this.#port = port;
  }

  onChange(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  open(incident: NewIncident, by: Actor): IncidentRecord | Refused {
    const decision = this.#book.open({ incident, by, atMs: this.#now() });
    if (isRefused(decision)) return decision;
    this.#carryOut(decision);
    return this.#known(decision.changes[0]?.incidentId ?? "");
  }

  command(
    incidentId: string,
    revision: number,
    command: IncidentCommand,
    by: Actor,
  ): IncidentRecord | Refused {
    const decision = this.#book.decide({ incidentId, revision, command, by, atMs: this.#now() });
    if (isRefused(decision)) return decision;
    this.#carryOut(decision);
    return this.#known(incidentId);
  }

  /** To be called about once a second: clocks and acknowledgements run out. */
  tick(): void {
    const event = this.#book.dueBy(this.#now());
    if (event !== undefined) this.#carryOut(event);
  }

  alertEnded(alertId: string): void {
    const event = this.#book.alertEnded(alertId, this.#now());
    if (event !== undefined) this.#carryOut(event);
  }

  measureFailed(incidentId: string, measureId: string, reason: string): void {
    const event = this.#book.measureFailed(incidentId, measureId, reason, this.#now());
    if (event !== undefined) this.#carryOut(event);
  }

  #carryOut(event: IncidentEvent): void {
    const before = event.changes.map(({ incidentId }) => this.#book.get(incidentId));
    this.#port.append(event);
    this.#book.apply(event);
    for (const [index, { incidentId }] of event.changes.entries()) {
      const after = this.#known(incidentId);
      for (const listener of this.#listeners) listener(before[index], after);
    }
  }

  #now(): number {
    return Math.floor(this.#nowMs());
  }

  #known(incidentId: string): IncidentRecord {
    const incident = this.#book.get(incidentId);
    if (incident === undefined) throw new Error(`incident ${incidentId} is gone right after a change`);
    return incident;
  }
}

/** What must outlive the retention: incidents that are not closed. */
function* openOnes(book: IncidentBook): Iterable<IncidentRecord> {
  for (const incident of book.all()) if (incident.state !== "closed") yield incident;
}
