import type { AlertKind, AlertTier } from "../domain/alert.ts";
import { oneOf, readLines } from "./alert-file.ts";
import { isAboutTheSame } from "./compare.ts";
import { type Episode, ofTier, startOf } from "./episode.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { HAZARD_CLASSES } from "./hazard-class.ts";
import type { JsonFields } from "./json-fields.ts";
import { type Share, share } from "./statistics.ts";
import type { Extent, Truth, TruthEvent } from "./truth.ts";

/** What an operator found. */
export const VERDICTS = ["confirmed", "false", "unclear"] as const;
export type VerdictWord = (typeof VERDICTS)[number];

export interface Verdict {
  readonly alertId: string;
  readonly verdict: VerdictWord;
  /** Who said so; undefined where nobody is named. */
  readonly by: string | undefined;
  /** Unix ms; the order of the file where none is told. */
  readonly atMs: number;
}

/**
 * Reads operators' verdicts: one JSON object per line with alertId, verdict (confirmed, false, unclear) and, where told, by
 * and at (ISO 8601 or Unix ms). Of several verdicts on one alert the latest counts.
 * @throws EvaluationError naming the line that is none
 */
export async function readVerdicts(path: string): Promise<ReadonlyMap<string, Verdict>> {
  const latest = new Map<string, Verdict>();
  for (const fields of await readLines(path)) {
    const verdict = verdictOf(fields);
    const known = latest.get(verdict.alertId);
    if (known === undefined || verdict.atMs >= known.atMs) latest.set(verdict.alertId, verdict);
  }
  return latest;
}

function verdictOf(fields: JsonFields): Verdict {
  return {
    alertId: fields.text("alertId"),
    verdict: oneOf(fields, "verdict", VERDICTS),
    by: fields.optionalText("by"),
    atMs: momentOf(fields),
  };
}

function momentOf(fields: JsonFields): number {
  if (!fields.has("at")) return 0;
  const at = fields.value("at");
  const atMs = typeof at === "number" ? at : Date.parse(String(at));
  if (Number.isFinite(atMs)) return atMs;
  throw new EvaluationError(
    `${fields.pathOf("at")} must be an ISO 8601 time or Unix ms, not ${JSON.stringify(at)}.`,
  );
}

/** Alerts of one kind and tier by verdict; the four counts sum to all. */
export interface VerdictCounts {
  readonly all: number;
  readonly confirmed: number;
  readonly false: number;
  readonly unclear: number;
  readonly withoutVerdict: number;
  /** Of those that an operator could decide. */
  readonly falseShare: Share;
  /** How many of all somebody decided. */
  readonly judgedShare: Share;
}

export interface VerdictReport {
  readonly tiers: Readonly<Record<AlertTier, Readonly<Partial<Record<AlertKind, VerdictCounts>>>>>;
  /** Verdicts on alerts that the file does not hold. */
  readonly strangers: number;
}

export function reportVerdicts(
  episodes: readonly Episode[],
  verdicts: ReadonlyMap<string, Verdict>,
): VerdictReport {
  const known = new Set(episodes.map(({ alertId }) => alertId));
  const byKind = (tier: AlertTier): VerdictReport["tiers"][AlertTier] => {
    const told = ofTier(episodes, tier);
    return Object.fromEntries(
      HAZARD_CLASSES.flatMap(({ kind }) => {
        const ofKind = told.filter((episode) => episode.kind === kind);
        return ofKind.length === 0 ? [] : [[kind, countsOf(ofKind, verdicts)]];
      }),
    );
  };
  return {
    tiers: { suspected: byKind("suspected"), confirmed: byKind("confirmed") },
    strangers: [...verdicts.keys()].filter((alertId) => !known.has(alertId)).length,
  };
}

function countsOf(episodes: readonly Episode[], verdicts: ReadonlyMap<string, Verdict>): VerdictCounts {
  const words = episodes.map(({ alertId }) => verdicts.get(alertId)?.verdict);
  const count = (word: VerdictWord | undefined): number => words.filter((given) => given === word).length;
  const [confirmed, wrong, unclear] = [count("confirmed"), count("false"), count("unclear")];
  return {
    all: episodes.length,
    confirmed,
    false: wrong,
    unclear,
    withoutVerdict: count(undefined),
    falseShare: share(wrong, confirmed + wrong),
    judgedShare: share(confirmed + wrong, episodes.length),
  };
}

/**
 * Stored alerts with verdicts as truth for another run over the same time: confirmed ones must be found again, unclear ones
 * are don't care, false ones must not come again. What no verdict speaks of is don't care.
 */
export function truthOfVerdicts(episodes: readonly Episode[], verdicts: ReadonlyMap<string, Verdict>): Truth {
  const judged = episodes.flatMap((episode) => {
    const verdict = verdicts.get(episode.alertId);
    return verdict === undefined ? [] : [{ episode, verdict }];
  });
  const ofWord = (word: VerdictWord): typeof judged =>
    judged.filter(({ verdict }) => verdict.verdict === word);
  const events = [
    ...eventsOnce(ofWord("confirmed").map(({ episode }) => episode)),
    ...ofWord("unclear").map(({ episode }) => eventOf(episode, "an operator could not decide")),
  ];
  return {
    source: "operators' verdicts",
    fromMs: Number.NEGATIVE_INFINITY,
    toMs: Number.POSITIVE_INFINITY,
    events,
    falsehoods: ofWord("false").map(({ episode }) => eventOf(episode, undefined)),
    notJudged: new Set(),
    penetration: undefined,
    witnesses: [],
  };
}

/** Of several confirmed alerts about one event the first stands for it; the others are don't care. */
function eventsOnce(confirmed: readonly Episode[]): readonly TruthEvent[] {
  const first: Episode[] = [];
  return confirmed.map((episode) => {
    const isAgain = first.some((other) => isAboutTheSame(other, episode));
    if (!isAgain) first.push(episode);
    return eventOf(episode, isAgain ? "another alert about it was confirmed" : undefined);
  });
}

function eventOf(episode: Episode, dontCare: string | undefined): TruthEvent {
  const hazardClass = HAZARD_CLASSES.find(({ kind }) => kind === episode.kind);
  return {
    id: episode.alertId,
    onlyFor: episode.kind,
    hazard: hazardClass?.hazard ?? episode.kind,
    onMs: startOf(episode),
    offMs: episode.endMs,
    onsetKnown: true,
    stationIds: [],
    label: "verdict",
    dontCare,
    extents: episode.revisions.map((revision): Extent => {
      const { outline, position } = revision;
      const isLine = outline.form === "line" && outline.points.length > 1;
      const tail = isLine ? (outline.points[0] ?? position) : position;
      const head = isLine ? (outline.points.at(-1) ?? position) : position;
      return { atMs: revision.atMs, tail, head, vehicles: 0 };
    }),
    headingDeg: episode.revisions[0]?.headingDeg,
    toleranceM: undefined,
    brake: undefined,
    road: "",
    maxLengthM: 0,
  };
}
