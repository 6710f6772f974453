import { join } from "node:path";
import { isTerminal } from "../../domain/alert.ts";
import { IncidentBook } from "../../incident/incident-book.ts";
import { HEALTHY, type HealthCheck, type HealthState } from "../../ops/health.ts";
import type { HttpRoute } from "../../ops/http.ts";
import { ThrottledWarnings } from "../../ops/logging.ts";
import { identityOf, noteOf } from "../access/viewer.ts";
import type { Program, ServerParts } from "../program.ts";
import { type AlarmService, joinAlarms, mayHear } from "./alarm-service.ts";
import { alertFacts, EndedAlerts } from "./alert-facts.ts";
import { CentreJournal } from "./centre-journal.ts";
import { incidentBoard } from "./incident-board.ts";
import { IncidentDesk } from "./incident-desk.ts";
import { incidentRoutes } from "./incident-routes.ts";
import { MeasureRuleBook } from "./measure-rules.ts";
import { carryOutMeasures, proposer } from "./measures.ts";
import { VehicleNotices } from "./vehicle-notices.ts";

/** The work of the traffic centre: what operators do with alerts. */
export interface Centre {
  readonly routes: readonly HttpRoute[];
  readonly checks: readonly HealthCheck[];
  readonly incidents: IncidentDesk;
  readonly alarms: AlarmService;
  close(): void;
}

/** Folder of the centre's journal in the store's directory. */
export const CENTRE_FOLDER = "centre";

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** What is too old is looked for this often. */
const RETENTION_INTERVAL_MS = 60_000;

/** Clocks of incidents count in seconds. */
const TICK_INTERVAL_MS = 1_000;

/** A rule that was changed holds so soon. */
const RULES_INTERVAL_MS = 2_000;

/** Closed incidents that can still be read, about 5 kB each. */
const MAX_CLOSED = 5_000;

/** Alerts that an incident can still be made of after their end, about 2 kB each. */
const MAX_ENDED_ALERTS = 2_000;

/**
 * Opens the journal and takes up the work where it was left.
 * @throws JournalError in a sentence where the folder is in use, unusable or of a later version
 */
export function openCentre(parts: ServerParts, program: Program): Centre {
  const { config, detection, access, wallClock } = parts;
  const { pipeline, hub, console } = program;
  const isExercise = config.clock !== "live";
  const nowMs = isExercise ? () => Math.max(0, pipeline.lastTickMs) : wallClock;
  const journal = journalOf(parts);
  const { measures: rulesPath, language } = config.centre;
  const rules = new MeasureRuleBook(rulesPath, language, parts.logger, parts.access.audit);
  const ended = new EndedAlerts(MAX_ENDED_ALERTS);
  const book = new IncidentBook({
    clocks: clocksOf(parts),
    alert(alertId) {
      const alert = hub.liveAlert(alertId) ?? ended.get(alertId);
      if (alert === undefined) return alarms.exerciseFacts(alertId);
      const facts = alertFacts(alert, detection.roads, config.centre.language);
      // On a recording's clock nothing is real.
      return isExercise ? { ...facts, exercise: true } : facts;
    },
    propose: proposer(rules, config.centre.language),
    maxClosed: MAX_CLOSED,
  });
  const desk = new IncidentDesk(book, nowMs);
  desk.writeTo(journal.join(desk.participant));
  const alarms = joinAlarms(parts, program, journal, {
    nowMs,
    incidentOf: (alertId) => book.holderOf(alertId)?.incidentId,
    exerciseEnded: (alertId) => desk.alertEnded(alertId),
  });
  openJournal(journal, parts);
  const board = console.hub.addBoard(incidentBoard(book, nowMs));
  desk.onChange((_, { incidentId }) => board.changed([incidentId]));
  alarms.begin();
  desk.onChange((before, after) =>
    alarms.desk.incidentChanged([...(before?.alertIds ?? []), ...after.alertIds]),
  );
  // What ended while the server was down.
  for (const alertId of book.openAlertIds())
    if (hub.liveAlert(alertId) === undefined) desk.alertEnded(alertId);
  const notices = new VehicleNotices({ producers: () => program.producers, roads: detection.roads, nowMs });
  const measures = carryOutMeasures(desk, notices);
  const told = pipeline.alerts$.subscribe(({ transitions }) => {
    for (const alert of transitions) {
      if (!isTerminal(alert.state)) continue;
      ended.add(alert);
      desk.alertEnded(alert.alertId);
    }
  });
  const timers = [
    setInterval(() => {
      desk.tick();
      measures.tick();
    }, TICK_INTERVAL_MS),
    setInterval(() => rules.look(), RULES_INTERVAL_MS),
    setInterval(() => journal.retain(), RETENTION_INTERVAL_MS),
  ];
  const { gatekeeper } = access;
  return {
    alarms,
    routes: [
      ...alarms.routes,
      ...incidentRoutes({
        desk,
        rules,
        nowMs,
        isExercise,
        actorOf: (request) => {
          const { name, agency } = identityOf(gatekeeper, request);
          return { name, agency };
        },
        mayHear: (request, alertId) => mayHear(identityOf(gatekeeper, request), hub.liveAlert(alertId)),
        note: noteOf(gatekeeper),
      }),
    ],
    checks: [
      { name: "centre", check: () => stateOf(journal) },
      { name: "measures", check: () => rules.health() },
    ],
    incidents: desk,
    close() {
      for (const timer of timers) clearInterval(timer);
      told.unsubscribe();
      alarms.close();
      journal.close();
    },
  };
}

function journalOf({ config, wallClock, logger }: ServerParts): CentreJournal {
  const { directory, sync, syncIntervalMs } = config.store;
  const { keepDays, maxBytes } = config.centre;
  const warnings = new ThrottledWarnings(logger);
  // On a recording's clock operators play: nothing of it is to be kept beside real work.
  const folder =
    directory === undefined || config.clock !== "live" ? undefined : join(directory, CENTRE_FOLDER);
  return new CentreJournal({
    folder,
    sync,
    syncIntervalMs,
    maxAgeMs: keepDays * DAY_MS,
    maxBytes,
    nowMs: wallClock,
    onFault: ({ during, message }) =>
      warnings.warn(during, { during, error: message }, "what operators do is not safe: the journal fails"),
  });
}

function openJournal(journal: CentreJournal, { logger }: ServerParts): void {
  journal.open();
  for (const repair of journal.repairs) logger.warn({}, repair);
  if (journal.unknownRecords > 0)
    logger.warn({ records: journal.unknownRecords }, "records of the centre's journal were not understood");
}

function clocksOf({ config }: ServerParts) {
  const { acknowledgeWithinS, respondWithinS, resolveWithinS, acknowledgementHoldsS } = config.centre;
  return {
    acknowledgeMs: acknowledgeWithinS * SECOND_MS,
    respondMs: respondWithinS * SECOND_MS,
    resolveMs: resolveWithinS * SECOND_MS,
    acknowledgementHoldsMs: acknowledgementHoldsS * SECOND_MS,
  };
}

function stateOf(journal: CentreJournal): HealthState {
  if (!journal.isDurable)
    return {
      ok: true,
      warning: "What operators do is forgotten when the server ends: store.directory is not set.",
    };
  const { failure } = journal;
  if (failure === undefined) return HEALTHY;
  return { ok: true, warning: `What operators do is kept in memory only, for the disk fails: ${failure}.` };
}
