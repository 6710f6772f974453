import type { IncidentCommand, NewIncident } from "../api/contract/incidents.ts";
import type { AlertKind } from "../domain/alert.ts";
import type { ClockSettings } from "./clocks.ts";
import type { Actor, IncidentEvent, IncidentMeasure, IncidentRecord } from "./incident-record.ts";

/**
 * Why a command was not carried out. Bounded: the code is told to clients.
 *
 * - `unknown-incident`, `unknown-alert`, `unknown-measure`: there is none of that name, or not for this agency.
 * - `outdated`: somebody else was faster; look again.
 * - `not-allowed`: the state of the incident or measure does not allow it.
 * - `not-permitted`: the agency may not.
 * - `already-linked`: another incident has the alert.
 * - `too-many`: a bound is reached.
 */
export type RefusalCode =
  | "unknown-incident"
  | "unknown-alert"
  | "unknown-measure"
  | "outdated"
  | "not-allowed"
  | "not-permitted"
  | "already-linked"
  | "too-many";

export interface Refused {
  readonly refused: RefusalCode;
  /** One sentence. */
  readonly message: string;
  /** The incident that is meant, where it is another than the one asked. */
  readonly incidentId?: string;
}

export const isRefused = (decision: object): decision is Refused => "refused" in decision;

export function refuse(refused: RefusalCode, message: string, incidentId?: string): Refused {
  return { refused, message, ...(incidentId === undefined ? {} : { incidentId }) };
}

/** What is known of an alert that an incident is made from. */
export interface AlertFacts {
  readonly alertId: string;
  readonly kind: AlertKind;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly road?: {
    readonly ref: string;
    readonly direction: string;
    readonly km: number;
    readonly text: string;
  };
  /** Lanes for driving at the place, where the map knows. */
  readonly lanes?: number;
  readonly hasEnded: boolean;
  /** Of an exercise: what is made of it is one, too. */
  readonly exercise?: true;
}

/** All that a decision may look at besides the command: nothing of it reads a clock. */
export interface DecisionWorld {
  get(incidentId: string): IncidentRecord | undefined;
  /** The incident that is not closed and has the alert. */
  holderOf(alertId: string): IncidentRecord | undefined;
  alert(alertId: string): AlertFacts | undefined;
  /** Incidents that are not closed. */
  readonly openCount: number;
  /** Name for an incident that begins now. */
  newId(atMs: number, exercise: boolean): string;
  /** Number for the next hazard notice, 0 to 65535. */
  readonly nextNoticeNumber: number;
  readonly clocks: ClockSettings;
  /** What the operator's rules propose for an incident as it stands. */
  propose(incident: IncidentRecord): readonly IncidentMeasure[];
}

export interface IncidentRequest {
  readonly incidentId: string;
  /** Revision that the sender has seen. */
  readonly revision: number;
  readonly command: IncidentCommand;
  readonly by: Actor;
  readonly atMs: number;
}

/** What is known when a command is looked at: the incident, and the state that the command leads to. */
export interface Case {
  readonly world: DecisionWorld;
  readonly incident: IncidentRecord;
  readonly next: IncidentRecord["state"];
  readonly by: Actor;
  readonly atMs: number;
}

export interface OpenRequest {
  readonly incident: NewIncident;
  readonly by: Actor;
  readonly atMs: number;
}

export type Decision = IncidentEvent | Refused;

/** The system itself, in logs. */
export const ROADPULSE: Actor = { name: "Roadpulse", agency: "centre" };
