import { AGENCIES, type Agency } from "../../domain/agency.ts";
import type { AlertKind } from "../../domain/alert.ts";

export type IncidentState = "new" | "acknowledged" | "assigned" | "in-progress" | "resolved" | "closed";

export { AGENCIES, type Agency };

export type LaneKind = "lane" | "hard-shoulder" | "left-shoulder" | "ramp";
export type LaneImpact = "clear" | "affected" | "blocked";

/** From the left border of the carriageway to the right one, in the direction of travel. */
export interface Lane {
  readonly kind: LaneKind;
  readonly impact: LaneImpact;
}

/** Derived from the lanes, never typed in. */
export type IncidentSeverity = "minor" | "normal" | "major";

export type IncidentType = "crash" | "stall" | "hazard" | "congestion" | "road-work" | "weather" | "other";

export interface IncidentPlace {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** As operators speak: road, direction, kilometre. */
  readonly text: string;
  readonly ref?: string | undefined;
  readonly direction?: string | undefined;
  readonly km?: number | undefined;
}

export interface Clock {
  /** E.g. `acknowledge`, `first-response`, `resolve`. */
  readonly name: string;
  readonly dueAtMs: number;
  readonly doneAtMs?: number | undefined;
  readonly breached: boolean;
}

export interface IncidentSummary {
  readonly incidentId: string;
  /** Grows by one with every change: the strong ETag of the incident. */
  readonly revision: number;
  readonly state: IncidentState;
  readonly type: IncidentType;
  readonly severity: IncidentSeverity;
  readonly title: string;
  readonly place: IncidentPlace;
  readonly openedAtMs: number;
  readonly changedAtMs: number;
  readonly alertIds: readonly string[];
  readonly alertKinds: readonly AlertKind[];
  readonly assignee: { readonly agency: Agency; readonly person?: string | undefined } | undefined;
  readonly agencies: readonly Agency[];
  readonly clocks: readonly Clock[];
  /** The acknowledgement has run out, or a clock is breached: somebody has to look. */
  readonly escalated: boolean;
  readonly exercise: boolean;
  readonly mergedInto: string | undefined;
}

/** One line of the log that cannot be edited. */
export interface IncidentLogEntry {
  readonly sequence: number;
  readonly atMs: number;
  readonly by: string;
  readonly agency: Agency;
  /** What happened, e.g. `opened`, `acknowledged`, `note`, `lanes`, `measure-sent`, `merged`, `handed-over`. */
  readonly what: string;
  readonly text: string;
  /** Who sees it besides the centre; empty: the centre only. */
  readonly visibleTo: readonly Agency[];
}

export interface Incident extends IncidentSummary {
  readonly description: string;
  readonly lanes: readonly Lane[];
  readonly log: readonly IncidentLogEntry[];
  readonly measures: readonly MeasureView[];
  readonly splitFrom: string | undefined;
  /** Names of members that the viewer may not see. */
  readonly redacted: readonly string[];
}

/** Sent with `If-Match: "<revision>"`; an outdated one is answered 412 with the incident as it is. */
export type IncidentCommand =
  | { readonly command: "acknowledge"; readonly forMs?: number }
  | { readonly command: "assign"; readonly agency: Agency; readonly person?: string }
  | { readonly command: "start" }
  | { readonly command: "resolve"; readonly text: string }
  | { readonly command: "close"; readonly text?: string }
  | { readonly command: "reopen"; readonly text: string }
  | { readonly command: "note"; readonly text: string; readonly visibleTo?: readonly Agency[] }
  | { readonly command: "lanes"; readonly lanes: readonly Lane[] }
  | {
      readonly command: "describe";
      readonly title?: string;
      readonly type?: IncidentType;
      readonly description?: string;
    }
  | { readonly command: "place"; readonly place: IncidentPlace }
  | { readonly command: "share"; readonly agencies: readonly Agency[] }
  | { readonly command: "link"; readonly alertId: string }
  | { readonly command: "merge"; readonly into: string }
  | { readonly command: "split"; readonly alertIds: readonly string[]; readonly title: string }
  | { readonly command: "hand-over"; readonly text: string; readonly to?: string }
  | { readonly command: "send-measure"; readonly measureId: string }
  | { readonly command: "refuse-measure"; readonly measureId: string; readonly reason: string }
  /** Takes back what was sent: signs go dark, vehicles are told that the hazard is over. */
  | { readonly command: "withdraw-measure"; readonly measureId: string; readonly reason: string };

/** How an incident begins: from alerts, or by hand. */
export interface NewIncident {
  readonly alertIds?: readonly string[];
  readonly type?: IncidentType;
  readonly title?: string;
  readonly place?: IncidentPlace;
  readonly description?: string;
  readonly lanes?: readonly Lane[];
  readonly exercise?: boolean;
}

export type LaneSignal = "open" | "closed" | "merge-left" | "merge-right";

/** What is done when a measure is sent. */
export type MeasureAction =
  | { readonly kind: "sign-text"; readonly lines: readonly string[] }
  | { readonly kind: "speed-limit"; readonly kmph: number }
  /** From the left to the right in the direction of travel, lanes for driving only. */
  | { readonly kind: "lane-signal"; readonly signals: readonly LaneSignal[] }
  | { readonly kind: "detour"; readonly route: string }
  | { readonly kind: "dispatch"; readonly agency: Agency; readonly resource: string }
  | { readonly kind: "inform"; readonly agency: Agency }
  /** A hazard notice (ETSI DENM) to vehicles from `upstreamM` before the place to the place. */
  | {
      readonly kind: "vehicle-message";
      readonly causeCode: number;
      readonly subCauseCode: number;
      readonly upstreamM: number;
      readonly validityS: number;
    };

/** What an operator's rules propose for an alert or incident. */
export interface MeasureView {
  readonly measureId: string;
  readonly rule: string;
  readonly kind: MeasureAction["kind"];
  readonly action: MeasureAction;
  readonly title: string;
  /** What is sent, in words. */
  readonly text: string;
  readonly reason: string;
  readonly effect: string;
  readonly target: string;
  readonly state: "proposed" | "sent" | "refused" | "withdrawn" | "failed";
  readonly decided?: { readonly by: string; readonly atMs: number; readonly reason: string } | undefined;
  /** Sent without an operator because its rule says so. */
  readonly automatic: boolean;
}

/** `GET /v1/alert-measures/{id}`: what is proposed for an alert; of its incident, where one has it. */
export interface AlertMeasures {
  readonly incidentId?: string | undefined;
  readonly measures: readonly MeasureView[];
}

/** One line of `GET /v1/measures`: what field systems and partners are asked to do, or no longer. */
export interface MeasureOrder extends MeasureView {
  readonly incidentId: string;
  readonly place: IncidentPlace;
  readonly exercise: boolean;
}
