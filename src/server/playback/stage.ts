import { type AlarmSettings, DEFAULT_ALARM_SETTINGS } from "../../alarm/settings.ts";
import type { LiveHub } from "../../api/live/hub.ts";
import type { Config } from "../../config/schema.ts";
import type { DeliveryHub } from "../../deliver/delivery-hub.ts";
import type { Alert } from "../../domain/alert.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { Pipeline } from "../../pipeline.ts";
import type { RecordedRecord } from "../../recording/reader.ts";
import { AlarmDesk, alarmBoard, alarmSight } from "../centre/alarm-desk.ts";
import { CentreJournal } from "../centre/centre-journal.ts";
import { Console } from "../console/console.ts";
import { composeDelivery, deliver } from "../delivery.ts";
import type { PipelineParts } from "../pipeline-parts.ts";

export interface StageParts {
  readonly config: Config;
  readonly detection: PipelineParts;
  readonly alarms?: AlarmSettings;
  readonly playbackId: string;
}

/** All that a stage goes on from. */
export interface StageState {
  readonly reachedMs: number;
  readonly pipeline: SnapshotValue;
  readonly alarms: SnapshotValue;
  readonly alerts: readonly Alert[];
}

/** Where the past is played: a pipeline, alerts, alarms and consoles of its own, on the recording's clock. */
export class Stage {
  readonly pipeline: Pipeline;
  readonly hub: DeliveryHub;
  readonly #console: Console;
  readonly #told: { unsubscribe(): void };
  readonly #desk: AlarmDesk;
  #reachedMs: number;

  /** @param fromMs time that is shown before the first record, Unix ms */
  constructor(
    { config, detection, alarms = DEFAULT_ALARM_SETTINGS, playbackId }: StageParts,
    fromMs: number,
  ) {
    this.#reachedMs = fromMs;
    const clock = () => this.#reachedMs;
    this.pipeline = new Pipeline({ ...detection });
    this.hub = composeDelivery({ ...config, clock: "replay" }, this.pipeline, clock, undefined);
    const desk = alarmDesk(alarms, detection, clock);
    this.#desk = desk;
    this.#told = this.pipeline.alerts$.subscribe((alerted) => {
      const { record, transitions } = alerted;
      deliver(alerted, this.pipeline, this.hub, undefined);
      if (transitions.length > 0) desk.take(transitions, record.receivedAtMs);
      if (record.kind === "tick") desk.onTick(record.receivedAtMs);
    });
    this.#console = new Console({
      pipeline: this.pipeline,
      hub: this.hub,
      roads: detection.roads,
      clockIsLive: false,
      wallClock: clock,
      playback: playbackId,
    });
    desk.tell(
      this.consoles.addBoard(
        alarmBoard(
          desk,
          alarmSight(desk, (alertId) => this.hub.liveAlert(alertId)),
        ),
      ),
    );
  }

  get consoles(): LiveHub {
    return this.#console.hub;
  }

  /** Time that is shown, Unix ms. */
  get reachedMs(): number {
    return this.#reachedMs;
  }

  state(): StageState {
    return {
      reachedMs: this.#reachedMs,
      pipeline: this.pipeline.snapshot(),
      alarms: this.#desk.alarms.snapshot(),
      alerts: [...this.hub.live()],
    };
  }

  /** Goes on from a state of another stage over the same recording; nothing may have been played yet. */
  restore({ reachedMs, pipeline, alarms, alerts }: StageState): void {
    this.#reachedMs = reachedMs;
    this.pipeline.restore(pipeline);
    this.#desk.alarms.restore(alarms);
    if (alerts.length > 0) this.hub.publish(alerts, undefined, reachedMs);
  }

  push(record: RecordedRecord): void {
    this.#reachedMs = Math.max(this.#reachedMs, record.receivedAtMs);
    this.pipeline.push(record);
  }

  advanceTo(timeMs: number): void {
    if (timeMs <= this.#reachedMs) return;
    this.#reachedMs = timeMs;
    if (this.pipeline.lastTickMs !== Number.NEGATIVE_INFINITY) this.pipeline.advanceTo(timeMs);
  }

  close(): void {
    this.#told.unsubscribe();
    this.#console.close();
  }
}

/** Alarms as they would have called: what operators did then is in the journal of the centre, not in recordings. */
function alarmDesk(settings: AlarmSettings, { roads }: PipelineParts, reachedMs: () => number): AlarmDesk {
  const journal = new CentreJournal({
    folder: undefined,
    sync: "none",
    syncIntervalMs: 1_000,
    maxAgeMs: Number.POSITIVE_INFINITY,
    maxBytes: Number.POSITIVE_INFINITY,
    nowMs: reachedMs,
    onFault: () => undefined,
  });
  const desk = new AlarmDesk({ settings, journal, roads, reachedMs });
  journal.open();
  return desk;
}
