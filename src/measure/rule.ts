import type { IncidentSeverity, IncidentType, MeasureAction } from "../api/contract/incidents.ts";
import type { AlertKind } from "../domain/alert.ts";

/** When a rule proposes something: all conditions that are there must hold. */
export interface RuleCondition {
  /** One of the incident's alerts is of one of these kinds. */
  readonly kinds?: readonly AlertKind[];
  readonly types?: readonly IncidentType[];
  /** At least this severity. */
  readonly severity?: IncidentSeverity;
  /** Road numbers, e.g. `A40`. */
  readonly roads?: readonly string[];
  /** Directions as the map names them, e.g. `Venlo`. */
  readonly directions?: readonly string[];
  /** Lanes for driving that are blocked: at least so many. */
  readonly blockedLanes?: number;
  /** Not a single lane for driving is open. */
  readonly allBlocked?: boolean;
}

/** What a rule proposes. Texts may hold `{road}`, `{direction}`, `{km}`, `{place}`, `{title}`, `{blocked}`, `{lanes}`. */
export interface RuleProposal {
  readonly id: string;
  readonly title: string;
  /** In words, what is sent; made from the action where absent. */
  readonly text?: string;
  readonly reason: string;
  readonly effect: string;
  readonly target: string;
  readonly automatic: boolean;
  readonly action: RuleAction;
}

/** Lane signals may follow the lanes of the incident. */
export type RuleAction =
  | Exclude<MeasureAction, { readonly kind: "lane-signal" }>
  | {
      readonly kind: "lane-signal";
      readonly signals: "from-lanes" | Extract<MeasureAction, { readonly kind: "lane-signal" }>["signals"];
    };

export interface MeasureRule {
  readonly id: string;
  /** Line in the file. */
  readonly line: number;
  readonly when: RuleCondition;
  readonly propose: readonly RuleProposal[];
}

/** Names that texts of rules may hold in braces. */
export const PLACEHOLDERS = ["road", "direction", "km", "place", "title", "blocked", "lanes"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
