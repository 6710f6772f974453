import type { AlarmCommand } from "../api/contract/alarms.ts";
import type { AlertKind, AlertTier, Severity } from "../domain/alert.ts";

/** Where an alert is, as far as alarms ask. */
export interface AlarmPlace {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly headingDeg?: number;
  readonly road?: {
    readonly ref: string;
    readonly direction: string;
    readonly fromKm: number;
    readonly toKm: number;
  };
  /** A road with separated carriageways that is driven fast; also where nobody knows. */
  readonly fast: boolean;
  /** In a tunnel or on a bridge: nobody gets out of the way there. */
  readonly confined?: boolean;
}

/** An alert's last revision, as far as alarms ask. Plain JSON: it is kept in journals. */
export interface AlarmAlert {
  readonly alertId: string;
  readonly kind: AlertKind;
  readonly tier: AlertTier;
  readonly severity: Severity;
  /** Ended, cancelled or expired. */
  readonly over: boolean;
  /** Independent stations that it rests on. */
  readonly witnesses: number;
  readonly beganAtMs: number;
  readonly place: AlarmPlace;
  readonly relatedAlertId?: string;
  /** Belongs to an exercise. */
  readonly exercise?: true;
}

export interface AlarmActor {
  readonly by: string;
  readonly isAdmin: boolean;
}

/** What happens to alarms, as plain JSON with its time. Everything else follows from these and from time. */
export type AlarmInput =
  | { readonly type: "alert"; readonly atMs: number; readonly alert: AlarmAlert }
  | ({
      readonly type: "command";
      readonly atMs: number;
      readonly alarmId: string;
      readonly command: AlarmCommand;
    } & AlarmActor);

/** Why a command changes nothing. */
export interface AlarmRefusal {
  readonly code: "unknown-alarm" | "not-possible" | "not-permitted" | "bad-command";
  readonly message: string;
}
