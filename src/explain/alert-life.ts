import { type Alert, isTerminal } from "../domain/alert.ts";
import { distanceM } from "../geo/geodesy.ts";
import {
  detectorOf,
  type ExplainedMeasure,
  explainedMeasures,
  type SetValues,
} from "./deciding-parameters.ts";

/** One revision and what it changed. */
export interface LifeStep {
  readonly alert: Alert;
  /** Since the alert began, ms. */
  readonly sinceBeginMs: number;
  /** In words, most important first; empty for the first revision. */
  readonly changes: readonly string[];
  readonly measures: readonly ExplainedMeasure[];
}

/** An alert from its first revision to the last one known. */
export interface AlertLife {
  readonly alertId: string;
  readonly detector: string;
  readonly first: Alert;
  readonly last: Alert;
  readonly isOver: boolean;
  /** Lowest revision known is not the first: earlier ones are no longer in the server's memory. */
  readonly isCut: boolean;
  readonly durationMs: number;
  /** From the station's claim to the decision, by the station's clock; what the road and the wait for evidence took, ms. */
  readonly reportDelayMs: number;
  /** From the first revision to the first confirmed one, ms; undefined where it never was. */
  readonly confirmedAfterMs: number | undefined;
  readonly steps: readonly LifeStep[];
}

/** The life of one alert out of its transitions, in order. At least one is needed. */
export function lifeOf(revisions: readonly Alert[], set: SetValues = {}): AlertLife {
  const [first] = revisions;
  const last = revisions.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("a life needs a revision");
  const confirmed = revisions.find(({ tier }) => tier === "confirmed");
  return {
    alertId: first.alertId,
    detector: detectorOf(first),
    first,
    last,
    isOver: isTerminal(last.state),
    isCut: first.revision > 1,
    durationMs: last.detectedAtMs - first.beganAtMs,
    reportDelayMs: first.detectedAtMs - first.referencedAtMs,
    confirmedAfterMs: confirmed === undefined ? undefined : confirmed.detectedAtMs - first.beganAtMs,
    steps: revisions.map((alert, i) => ({
      alert,
      sinceBeginMs: alert.detectedAtMs - alert.beganAtMs,
      changes: changesBetween(revisions[i - 1], alert),
      measures: explainedMeasures(alert, set),
    })),
  };
}

/** Positions rounded to the wire move by centimetres without meaning anything. */
const MOVED_M = 1;

/** What people would act on. */
function changesBetween(before: Alert | undefined, after: Alert): string[] {
  if (before === undefined) return [];
  const changes: string[] = [];
  const tell = <T>(name: string, from: T, to: T): void => {
    if (from !== to) changes.push(`${name} ${String(from)} → ${String(to)}`);
  };
  if (isTerminal(after.state)) changes.push(after.state);
  tell("tier", before.tier, after.tier);
  tell("severity", before.severity, after.severity);
  tell("cause", `${before.causeCode}/${before.subCauseCode}`, `${after.causeCode}/${after.subCauseCode}`);
  tell("confidence", `${before.confidencePct} %`, `${after.confidencePct} %`);
  tell("rule", before.why.rule, after.why.rule);
  const movedM = distanceM(before.position, after.position);
  if (movedM >= MOVED_M) changes.push(`moved ${Math.round(movedM)} m`);
  tell("stations", before.evidence.stations, after.evidence.stations);
  tell("receivers", before.evidence.receivers, after.evidence.receivers);
  for (const mark of after.evidence.marks) {
    if (!before.evidence.marks.includes(mark)) changes.push(`marked ${mark}`);
  }
  return changes;
}

/** Ids of alerts, the nearest to a mistyped one first; an unambiguous beginning of an id is the id. */
export function findAlertId(asked: string, known: readonly string[]): string | readonly string[] {
  if (known.includes(asked)) return asked;
  const beginning = known.filter((id) => id.startsWith(asked));
  const [only] = beginning;
  if (beginning.length === 1 && only !== undefined) return only;
  return beginning.length > 0 ? beginning : known;
}
