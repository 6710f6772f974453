import type { AlarmAlert, AlarmInput, AlarmRefusal } from "../../alarm/alarm-input.ts";
import { Alarms } from "../../alarm/alarms.ts";
import type { AlarmSettings } from "../../alarm/settings.ts";
import type { AlarmBoard, AlarmCommand, AlarmView } from "../../api/contract/alarms.ts";
import type { Board, BoardPort, LivePermit } from "../../api/live/board.ts";
import { type Alert, isTerminal } from "../../domain/alert.ts";
import type { RoadNetwork } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { alarmAlertOf } from "./alarm-place.ts";
import type { CentreJournal, CentrePort } from "./centre-journal.ts";

export interface AlarmDeskParts {
  readonly settings: AlarmSettings;
  readonly journal: CentreJournal;
  readonly roads: RoadNetwork | undefined;
  /** Time that the detectors have reached, Unix ms. */
  readonly reachedMs: () => number;
  /** The incident that an alert belongs to. */
  readonly incidentOf?: (alertId: string) => string | undefined;
}

/** The sums of a board change by time alone, too. */
const LOOK_MS = 1_000;

/**
 * The operators' alarms in the server: every alert goes through, every command is written down before it is answered, and
 * a restart goes on where the server ended.
 */
export class AlarmDesk {
  readonly alarms: Alarms;
  readonly #parts: AlarmDeskParts;
  readonly #port: CentrePort;
  #told: BoardPort | undefined;
  #lastLookMs = 0;
  #boardTold = "";

  /** To be made before the journal is opened. */
  constructor(parts: AlarmDeskParts) {
    this.#parts = parts;
    this.alarms = new Alarms(parts.settings);
    this.#port = parts.journal.join({
      kind: "alarm",
      replay: (event) => void this.alarms.take(event as AlarmInput),
      restore: (state) => this.alarms.restore(state as SnapshotValue),
      carried: () => [this.alarms.snapshot()],
    });
  }

  /**
   * To be called once, when the journal is open: what has happened to alerts since the journal's last entry, while no server
   * ran or before it could write, is made up for.
   */
  begin(live: Iterable<Alert>): void {
    const ids = new Set<string>();
    const atMs = this.#nowMs();
    for (const alert of live) {
      ids.add(alert.alertId);
      this.#offer(alarmAlertOf(alert, this.#parts.roads), atMs);
    }
    for (const alert of this.#liveAlerts()) {
      if (!ids.has(alert.alertId)) this.#offer({ ...alert, over: true }, atMs);
    }
    this.alarms.takeChanges();
  }

  /** Tells consoles from now on. */
  tell(port: BoardPort): void {
    this.#told = port;
  }

  /** Transitions of one record, in order. */
  take(transitions: readonly Alert[], atMs: number): void {
    for (const alert of transitions) this.#offer(alarmAlertOf(alert, this.#parts.roads), atMs);
    this.#tellChanges();
  }

  /** An alert of an exercise, which nobody but the desk knows. */
  takeExercise(alert: AlarmAlert): void {
    this.#offer({ ...alert, exercise: true }, this.#nowMs());
    this.#tellChanges();
  }

  onTick(tickMs: number): void {
    this.alarms.advanceTo(tickMs);
    this.#tellChanges();
    if (tickMs - this.#lastLookMs < LOOK_MS) return;
    this.#lastLookMs = tickMs;
    const board = JSON.stringify(this.alarms.board());
    if (board !== this.#boardTold) this.#told?.changed([]);
    this.#boardTold = board;
  }

  /** What an operator says to an alarm. It is in the journal before anything has changed. */
  command(
    alarmId: string,
    command: AlarmCommand,
    by: { readonly name: string; readonly isAdmin: boolean },
  ): AlarmRefusal | undefined {
    const input: AlarmInput = {
      type: "command",
      atMs: this.#nowMs(),
      alarmId,
      by: by.name,
      isAdmin: by.isAdmin,
      command,
    };
    this.#port.append(input);
    const refusal = this.alarms.take(input);
    this.#tellChanges();
    return refusal;
  }

  view(alarmId: string): AlarmView | undefined {
    const view = this.alarms.view(alarmId);
    const { incidentOf } = this.#parts;
    if (view === undefined || incidentOf === undefined) return view;
    const alertId = view.children.find((child) => incidentOf(child) !== undefined);
    return { ...view, incidentId: alertId === undefined ? undefined : incidentOf(alertId) };
  }

  views(): AlarmView[] {
    this.alarms.advanceTo(this.#nowMs());
    return [...this.alarms.ids()].flatMap((id) => this.view(id) ?? []);
  }

  sums(): AlarmBoard {
    return this.alarms.board();
  }

  /** An incident was made of these alerts, or let them go. */
  incidentChanged(alertIds: Iterable<string>): void {
    this.#told?.changed([...alertIds].flatMap((alertId) => this.alarms.alarmOf(alertId) ?? []));
  }

  #nowMs(): number {
    return Math.max(this.#parts.reachedMs(), this.alarms.nowMs);
  }

  /** Only what alarms read of an alert is kept, and only where it has changed. */
  #offer(alert: AlarmAlert, atMs: number): void {
    const known = this.alarms.alert(alert.alertId);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(alert)) return;
    const input: AlarmInput = { type: "alert", atMs: Math.max(atMs, this.alarms.nowMs), alert };
    this.#port.append(input);
    this.alarms.take(input);
  }

  #liveAlerts(): AlarmAlert[] {
    return [...this.alarms.lines()].flatMap(({ conditions }) =>
      conditions.flatMap(({ alert }) => (alert.over ? [] : [alert])),
    );
  }

  #tellChanges(): void {
    const { changed, gone } = this.alarms.takeChanges();
    if (changed.length + gone.length > 0) this.#told?.changed([...changed, ...gone]);
  }
}

/** An alarm as somebody may see it; undefined where there is none for them. */
export type AlarmSight = (alarmId: string, permit: LivePermit | undefined) => AlarmView | undefined;

/** Whom nothing limits sees all alarms, others those with a live alert that they may be told of. */
export function alarmSight(desk: AlarmDesk, alertOf: (alertId: string) => Alert | undefined): AlarmSight {
  return (alarmId, permit) => {
    const view = desk.view(alarmId);
    if (view === undefined || permit === undefined) return view;
    const seen = view.children.some((child) => {
      const alert = alertOf(child);
      return alert !== undefined && !isTerminal(alert.state) && permit.allows(alert);
    });
    return seen ? view : undefined;
  };
}

/** What consoles are told of alarms. */
export function alarmBoard(desk: AlarmDesk, sight: AlarmSight): Board {
  return {
    type: "alarms",
    keyOf: ({ permit }) => permit?.key ?? "",
    ids: () => desk.alarms.ids(),
    view: (alarmId, { permit }) => sight(alarmId, permit),
    more: () => ({ board: desk.sums() }),
  };
}
