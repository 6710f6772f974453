import type { AlertKind, AlertState, AlertTier, RoadReference, Severity } from "../../domain/alert.ts";

/** An alert as the console and the REST interface tell it: the object of the alert file plus names. */
export interface AlertView {
  readonly alertId: string;
  readonly revision: number;
  readonly kind: AlertKind;
  readonly state: AlertState;
  readonly tier: AlertTier;
  readonly severity: Severity;
  readonly causeCode: number;
  readonly subCauseCode: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly beganAtMs: number;
  readonly detectedAtMs: number;
  readonly referencedAtMs: number;
  readonly validUntilMs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** 0 ≤ x < 360; absent = all directions. */
  readonly headingDeg?: number;
  /** GeoJSON geometry. */
  readonly area: {
    readonly type: "Point" | "LineString" | "Polygon" | "MultiPolygon";
    readonly coordinates: unknown;
  };
  readonly road?: RoadReference;
  readonly relatedAlertId?: string;
  readonly srti?: string;
  /** Belongs to an exercise: shown to consoles only, marked, and never told outside. */
  readonly exercise?: true;
  readonly evidence: {
    readonly stations: number;
    readonly observations: number;
    readonly receivers: number;
    readonly sources: readonly string[];
    readonly marks: readonly string[];
  };
  readonly why: {
    readonly rule: string;
    readonly text: string;
    readonly measures: readonly {
      readonly name: string;
      readonly observed: number;
      readonly threshold?: number;
    }[];
  };
}

/**
 * - `alarm`: needs an operator's action; sounds and is acknowledged.
 * - `alert`: visible, silent.
 * - `event`: in the log only.
 */
export type Annunciation = "alarm" | "alert" | "event";

/** 1: a minute or less to act; 2: minutes; 3: the rest. */
export type Priority = 1 | 2 | 3;

/**
 * - `held`: present and not annunciated: it has not lasted for long enough, is shelved, or is an alert or event, which never is.
 * - `unacknowledged`, `acknowledged`: annunciated, condition present.
 * - `cleared-unacknowledged`: the condition is over and nobody has said that they saw it.
 * - `cleared`: over and seen, or over and never annunciated; listed for a while, then gone.
 */
export type AlarmState = "held" | "unacknowledged" | "acknowledged" | "cleared-unacknowledged" | "cleared";

/** One line of the operator's list: a stretch of road and a cause, with every alert that belongs to it. */
export interface AlarmView {
  readonly alarmId: string;
  /** Grows with every change; sent back with commands. */
  readonly revision: number;
  readonly annunciation: Annunciation;
  readonly priority: Priority;
  readonly state: AlarmState;
  /** The alert that stands for all. */
  readonly alertId: string;
  /** Alerts that belong to it, the parent first: all live ones, and the last fifty that are over. */
  readonly children: readonly string[];
  /** How many alerts have ever belonged to it. */
  readonly alerts: number;
  /** Of the parent. */
  readonly kind: AlertKind;
  /** Where, in short, e.g. `A40 → Venlo km 12`. */
  readonly stretch: string;
  readonly beganAtMs: number;
  readonly annunciatedAtMs: number | undefined;
  readonly clearedAtMs: number | undefined;
  readonly acknowledged: { readonly by: string; readonly atMs: number } | undefined;
  readonly shelved:
    | { readonly by: string; readonly untilMs: number; readonly reason: string; readonly oneShot: boolean }
    | undefined;
  /** Silenced by an administrator, with all that comes at its place, until it is returned. */
  readonly outOfService: { readonly by: string; readonly atMs: number; readonly reason: string } | undefined;
  /** Why it does not sound though it would: flood, chatter; undefined where it sounds. */
  readonly suppressed: "flood" | "chatter" | undefined;
  /** Three times begun within a minute, and not quiet for five since. */
  readonly chattering: boolean;
  /** Present for more than a day. */
  readonly stale: boolean;
  /** An exercise: marked everywhere and never told outside. */
  readonly exercise: boolean;
  readonly incidentId: string | undefined;
}

export interface AlarmBoard {
  /** Undefined outside a flood. */
  readonly flood: { readonly sinceMs: number; readonly suppressed: number } | undefined;
  /** Annunciated alarms in the last ten minutes. */
  readonly lastTenMinutes: number;
  readonly shelved: number;
}

export interface AlarmKpis {
  readonly fromMs: number;
  readonly toMs: number;
  /** Alarms annunciated per window of ten minutes, oldest first. */
  readonly windows: readonly {
    readonly fromMs: number;
    readonly alarms: number;
    readonly p1: number;
    readonly p2: number;
    readonly p3: number;
    /** Silenced by a flood or by chatter; not among the others. */
    readonly suppressed: number;
  }[];
  /** Share of windows with ten alarms or more, suppressed ones counted. */
  readonly floodShare: number;
  readonly priorityShares: { readonly p1: number; readonly p2: number; readonly p3: number };
  readonly medianAcknowledgeMs: number | undefined;
  readonly standing: number;
  readonly stale: readonly string[];
  readonly chattering: readonly { readonly key: string; readonly transitions: number }[];
  readonly topSources: readonly { readonly key: string; readonly alarms: number; readonly share: number }[];
  readonly shelved: number;
}

/** What operators think of an alert afterwards; the last verdict counts, all are kept. */
export interface Verdict {
  readonly alertId: string;
  readonly verdict: "confirmed" | "false" | "unclear";
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export type AlarmCommand =
  | { readonly command: "acknowledge" }
  | {
      readonly command: "shelve";
      readonly untilMs: number;
      readonly reason: string;
      readonly oneShot?: boolean;
    }
  | { readonly command: "unshelve" }
  /** For administrators: silent with all that comes at its place, until it is returned. */
  | { readonly command: "remove-from-service"; readonly reason: string }
  | { readonly command: "return-to-service" };
