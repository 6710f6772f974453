import type { AlarmAlert, AlarmInput, AlarmPlace } from "../../src/alarm/alarm-input.ts";
import type { Alarms } from "../../src/alarm/alarms.ts";
import type { AlarmCommand, AlarmView } from "../../src/api/contract/alarms.ts";
import { T0 } from "../support/frames.ts";

export { T0 };

/** On the A40 towards Venlo. */
export function atKm(fromKm: number, toKm = fromKm, more: Partial<AlarmPlace> = {}): AlarmPlace {
  return {
    latitudeDeg: 51.44,
    longitudeDeg: 6.7 + fromKm / 100,
    headingDeg: 270,
    road: { ref: "A40", direction: "Venlo", fromKm, toKm },
    fast: true,
    ...more,
  };
}

export function alertOf(alertId: string, more: Partial<AlarmAlert> = {}): AlarmAlert {
  return {
    alertId,
    kind: "stationary-vehicle",
    tier: "confirmed",
    severity: 4,
    over: false,
    witnesses: 2,
    beganAtMs: T0,
    place: atKm(12),
    ...more,
  };
}

/** Drives alarms by seconds after `T0`. */
export class Desk {
  readonly alarms: Alarms;

  constructor(alarms: Alarms) {
    this.alarms = alarms;
  }

  at(s: number): this {
    this.alarms.advanceTo(T0 + s * 1_000);
    return this;
  }

  alert(s: number, alertId: string, more: Partial<AlarmAlert> = {}): AlarmView {
    const atMs = T0 + s * 1_000;
    const before = this.alarms.alert(alertId);
    const alert = { ...(before ?? alertOf(alertId, { beganAtMs: atMs })), ...more };
    this.alarms.take({ type: "alert", atMs, alert });
    return this.of(alertId);
  }

  over(s: number, alertId: string): AlarmView {
    return this.alert(s, alertId, { over: true });
  }

  tell(s: number, alertId: string, command: AlarmCommand, isAdmin = false) {
    const input: AlarmInput = {
      type: "command",
      atMs: T0 + s * 1_000,
      alarmId: this.alarms.alarmOf(alertId) ?? "none",
      by: "Ada",
      isAdmin,
      command,
    };
    return this.alarms.take(input);
  }

  /** The alarm that an alert belongs to. */
  of(alertId: string): AlarmView {
    const view = this.alarms.view(this.alarms.alarmOf(alertId) ?? "");
    if (view === undefined) throw new Error(`${alertId} belongs to no alarm`);
    return view;
  }

  views(): AlarmView[] {
    return [...this.alarms.ids()].flatMap((id) => this.alarms.view(id) ?? []);
  }
}

/** All that anybody can see of alarms, and all that is kept. */
export function picture(alarms: Alarms): string {
  const views = [...alarms.ids()].map((id) => alarms.view(id));
  return JSON.stringify([views, alarms.board(), alarms.snapshot()]);
}
