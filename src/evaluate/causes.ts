import type { AlertKind } from "../domain/alert.ts";
import { distanceM, headingDifferenceDeg } from "../geo/geodesy.ts";
import { type Episode, type Revision, startOf } from "./episode.ts";
import type { OracleTimes } from "./oracle.ts";
import { MAX_ACROSS_DEG } from "./road-line.ts";
import type { RunDetails } from "./run-details.ts";
import type { PlacedEvent } from "./scene.ts";
import type { EventResult } from "./tally.ts";
import { extentAt } from "./truth.ts";

/** A witness who comes later than this before the end leaves no time to tell. */
const TOO_LATE_MS = 10_000;
/** An alert of the kind within this of an event that was missed may have meant it. */
const NEAR_M = 1_500;
const SECOND_MS = 1_000;

const seconds = (ms: number): string => `${Math.round(ms / SECOND_MS)} s`;

/** Why an event that somebody told of was not found: too few witnesses, an alert that fits badly, or no alert. */
export function causeOfMiss(
  details: RunDetails,
  kind: AlertKind,
  placed: PlacedEvent,
  known: OracleTimes | undefined,
): string {
  const { event } = placed;
  const needsTwo = event.stationIds.length === 0;
  const tellingMs = needsTwo ? known?.secondMs : known?.firstMs;
  if (tellingMs === undefined) return "penetration: one equipped vehicle met it";
  if (event.offMs - tellingMs < TOO_LATE_MS)
    return `penetration: ${needsTwo ? "the second witness" : "the witness"} came ${seconds(Math.max(0, event.offMs - tellingMs))} before its end`;
  const misfit = details.judgements.suspected.find(
    ({ episode }) => episode.kind === kind && meansPerhaps(episode, placed),
  );
  if (misfit !== undefined) {
    const beganMs = startOf(misfit.episode) - event.onMs;
    return `algorithm: an alert ${beganMs < 0 ? `${seconds(-beganMs)} before its onset` : `${seconds(beganMs)} after its onset`} was ${misfit.outcome} (${misfit.reason})`;
  }
  return `algorithm: witnesses for ${seconds(event.offMs - tellingMs)}, and nothing was told`;
}

function meansPerhaps(episode: Episode, { event }: PlacedEvent): boolean {
  if (startOf(episode) > event.offMs || episode.endMs < event.onMs) return false;
  const { position } = episode.revisions[0] as Revision;
  const { tail, head } = extentAt(event, Math.max(event.onMs, startOf(episode)));
  return Math.min(distanceM(position, tail), distanceM(position, head)) <= NEAR_M;
}

/** Behind the second witness by more than this a delay is the detector's own, s. */
const OWN_DELAY_S = 2;

/** Why an event was found late: what the second witness took to come, or what the detector took from there on. */
export function causeOfDelay({ excessS = 0, excessSecondS, victimEquipped }: EventResult): string {
  if (victimEquipped !== undefined || excessSecondS === undefined)
    return `algorithm: its only witness was heard for ${Math.round(excessS)} s`;
  if (excessSecondS <= 0)
    return `algorithm: ${Math.round(excessS)} s on the word of one witness, before a second came`;
  const waitedS = Math.round(excessS - excessSecondS);
  if (excessSecondS <= OWN_DELAY_S)
    return `penetration × flow: the second witness came ${waitedS} s after the first`;
  return waitedS >= excessS / 2
    ? `penetration × flow: ${waitedS} s until the second witness, then algorithm: ${Math.round(excessSecondS)} s`
    : `algorithm: ${Math.round(excessSecondS)} s behind the second witness`;
}

const AROUND_M = 120;
const AROUND_MS = 1_000;
const STANDING_MPS = 0.5;
const SLOW_MPS = 30 / 3.6;

/** Who was at the place of an alert that was false. */
export function causeOfFalse(details: RunDetails, episode: Episode): string {
  const { table, ground, xs, ys } = details.scene;
  const revision = episode.revisions[0] as Revision;
  const { x, y } = ground.xy(revision.position);
  const atMs = startOf(episode);
  const seen = new Map<number, { speedMps: number; isAgainst: boolean }>();
  for (let row = 0; row < table.rows; row++) {
    if (Math.abs((table.timeMs[row] as number) - atMs) > AROUND_MS) continue;
    const dx = (xs[row] as number) - x;
    const dy = (ys[row] as number) - y;
    if (dx * dx + dy * dy > AROUND_M * AROUND_M) continue;
    const across = headingDifferenceDeg(table.headingDeg[row] as number, revision.headingDeg ?? Number.NaN);
    const speedMps = table.speedMps[row] as number;
    seen.set(table.vehicle[row] as number, { speedMps, isAgainst: across > MAX_ACROSS_DEG });
  }
  const all = [...seen.values()];
  const along = all.filter(({ isAgainst }) => !isAgainst);
  if (all.length === 0) return "algorithm: nobody was there any more";
  if (along.length === 0) return "noise: only traffic of another direction was there";
  if (episode.kind === "wrong-way")
    return "noise: nobody drove against his carriageway; the error of a position led to the one beside";
  const standing = along.filter(({ speedMps }) => speedMps <= STANDING_MPS).length;
  const slow = along.filter(({ speedMps }) => speedMps <= SLOW_MPS).length;
  if (standing > 0)
    return `algorithm: ${standing} of ${along.length} vehicles there stood, for another reason`;
  if (slow > 0) return `algorithm: ${slow} of ${along.length} vehicles there were slow for a moment`;
  const meanKmh = (along.reduce((sum, { speedMps }) => sum + speedMps, 0) / along.length) * 3.6;
  return `noise or algorithm: traffic flowed at ${Math.round(meanKmh)} km/h`;
}
