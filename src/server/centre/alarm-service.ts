import { permitOf } from "../../deliver/permit.ts";
import type { Identity } from "../../domain/access.ts";
import type { Alert } from "../../domain/alert.ts";
import type { AlertFacts } from "../../incident/decision.ts";
import type { AlarmGauges } from "../../ops/alarm-series.ts";
import type { HttpExchange, HttpRoute } from "../../ops/http.ts";
import { identityOf, noteOf } from "../access/viewer.ts";
import type { Program, ServerParts } from "../program.ts";
import { AlarmDesk, alarmBoard, alarmSight } from "./alarm-desk.ts";
import { alarmSettingsFrom } from "./alarm-file.ts";
import { AlarmMeter } from "./alarm-gauges.ts";
import { alarmRoutes } from "./alarm-routes.ts";
import { alertContextRoutes } from "./alert-context.ts";
import type { CentreJournal } from "./centre-journal.ts";
import { Exercises } from "./exercises.ts";
import { VerdictBook } from "./verdict-book.ts";
import { verdictRoutes } from "./verdict-routes.ts";

/** Alarms and verdicts in the server. */
export interface AlarmService {
  readonly desk: AlarmDesk;
  readonly verdicts: VerdictBook;
  readonly routes: readonly HttpRoute[];
  /** What an incident takes over from an alert of an exercise; undefined where there is none. */
  exerciseFacts(alertId: string): AlertFacts | undefined;
  /** For metrics. */
  gauges(): AlarmGauges;
  /** To be called once the journal is open. */
  begin(): void;
  close(): void;
}

interface AlarmWorld {
  readonly nowMs: () => number;
  readonly incidentOf: (alertId: string) => string | undefined;
  readonly exerciseEnded: (alertId: string) => void;
}

/**
 * Joins the journal, which is to be opened afterwards.
 * @throws AlarmSettingsError, a sentence that begins with the path, where the settings cannot be read or used
 */
export function joinAlarms(
  { config, detection, access }: ServerParts,
  { pipeline, hub, console }: Program,
  journal: CentreJournal,
  { nowMs, incidentOf, exerciseEnded }: AlarmWorld,
): AlarmService {
  const { gatekeeper } = access;
  const reachedMs = () => Math.max(0, pipeline.lastTickMs);
  const settings = alarmSettingsFrom(config.centre.alarms);
  const desk = new AlarmDesk({ settings, journal, roads: detection.roads, reachedMs, incidentOf });
  const sight = alarmSight(desk, (alertId) => hub.liveAlert(alertId));
  const verdicts = new VerdictBook(journal);
  const note = noteOf(gatekeeper);
  const exercises = new Exercises({
    desk,
    roads: detection.roads,
    language: config.centre.language,
    nowMs: reachedMs,
    show: (alert) => console.showExercise(alert),
    note,
    ended: exerciseEnded,
  });
  const who = {
    nowMs,
    identityOf: ({ request }: HttpExchange) => identityOf(gatekeeper, request),
    note,
  };
  const meter = new AlarmMeter(desk.alarms);
  const onTick = (tickMs: number): void => {
    desk.onTick(tickMs);
    exercises.onTick(tickMs);
  };
  let told: { unsubscribe(): void } | undefined;
  return {
    desk,
    verdicts,
    exerciseFacts: (alertId) => exercises.facts(alertId),
    gauges: () => meter.gauges(),
    routes: [
      ...alarmRoutes({ ...who, desk, sight }),
      ...verdictRoutes({ ...who, book: verdicts }),
      ...exercises.routes(),
      ...alertContextRoutes({
        mayHear: (exchange, alertId) => mayHear(who.identityOf(exchange), hub.liveAlert(alertId)),
        placeOf: (alertId) => hub.liveAlert(alertId)?.position,
        subscribersOf: (alertId) => hub.followersOf(alertId),
        stationsWithin: (center, radiusM) => pipeline.tracker.within(center, radiusM),
        nameOf: ({ stationId }) => stationName(hub.labelOf(stationId, reachedMs())),
      }),
    ],
    begin() {
      desk.begin(hub.live());
      desk.tell(console.hub.addBoard(alarmBoard(desk, sight)));
      told = pipeline.alerts$.subscribe(({ record, transitions }) => {
        if (transitions.length > 0) desk.take(transitions, record.receivedAtMs);
        if (record.kind === "tick") onTick(record.receivedAtMs);
      });
    },
    close: () => told?.unsubscribe(),
  };
}

/** Nothing stands around an alert that is over: nobody is kept from that. */
export function mayHear({ limits }: Identity, alert: Alert | undefined): boolean {
  return alert === undefined || permitOf(limits)?.allows(alert) !== false;
}

/** Labels have 48 bits. */
const stationName = (label: number): string => label.toString(16).padStart(12, "0");
