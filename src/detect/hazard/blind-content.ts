import type { Measure } from "../../domain/alert.ts";
import type { Detection } from "../../domain/detection.ts";
import { type GeoPoint, roundPoint } from "../../domain/place.ts";
import type { RoadNetwork, RoadRoute } from "../../domain/road.ts";
import { roundHeading, roundTo } from "../units.ts";
import type { BlindParameters, Silence, Watch } from "./silence.ts";
import { stretchOfRoute } from "./stretch.ts";

export const NAME = "blind-area";

/** A source that said good-bye is known to be gone; nobody has to be told for long. */
const CLOSED_VALIDITY_MS = 300_000;

/**
 * No cause of TS 102 894-2 says that nothing is known; 0 is reserved there and never sent.
 */
const NO_CAUSE = { causeCode: 0, subCauseCode: 0 } as const;

export function sourceDetection(
  watch: Watch,
  silence: Silence,
  phase: Detection["phase"],
  decidedAtMs: number,
  parameters: BlindParameters,
): Detection {
  const what = watch.kind === "gateway" ? "Source" : "Roadside unit";
  const since = `for ${roundTo(silence.silentMs / 1_000, 0)} s`;
  const text = watch.isClosed
    ? `${what} ${watch.name} has closed its session: nothing is heard from its area.`
    : `${what} ${watch.name} is silent ${since}: what happens in its area is not known.`;
  return {
    kind: NAME,
    tier: "confirmed",
    ...NO_CAUSE,
    severity: watch.isClosed ? 1 : 2,
    confidencePct: 99,
    referencedAtMs: watch.lastAtMs,
    validUntilMs: decidedAtMs + (watch.isClosed ? CLOSED_VALIDITY_MS : parameters.validityMs),
    position: middleOf(watch),
    headingDeg: undefined,
    outline: { form: "polygon", points: boxOf(watch) },
    road: undefined,
    evidence: { stations: 0, observations: 0, receivers: 0, sources: [watch.name], marks: [] },
    why: {
      rule: `${NAME}/${watch.isClosed ? "closed" : watch.kind}`,
      text,
      measures: measuresOf(silence, parameters.sourceSilentMs, parameters),
    },
    detector: NAME,
    key: `${watch.kind}:${watch.name}`,
    phase,
    decidedAtMs,
  };
}

/** `silence`: that of the stretch which is silent for the shortest time. */
export function runDetection(
  key: string,
  route: RoadRoute,
  fromM: number,
  toM: number,
  silence: Silence,
  phase: Detection["phase"],
  decidedAtMs: number,
  roads: RoadNetwork,
  parameters: BlindParameters,
): Detection {
  return {
    kind: NAME,
    tier: "confirmed",
    ...NO_CAUSE,
    severity: 1,
    confidencePct: 95,
    referencedAtMs: decidedAtMs - silence.silentMs,
    validUntilMs: decidedAtMs + parameters.validityMs,
    position: roundPoint(roads.pointAt(route, fromM)),
    headingDeg: roundHeading(roads.headingAt(route, fromM)),
    ...stretchOfRoute(roads, route, fromM, toM),
    evidence: { stations: 0, observations: 0, receivers: 0, sources: [], marks: [] },
    why: {
      rule: `${NAME}/stretch`,
      text:
        `Nobody was heard here for ${roundTo(silence.silentMs / 1_000, 0)} s where ` +
        `${roundTo(silence.expectedArrivals, 0)} vehicles would have passed: reception is lost, or no traffic comes.`,
      measures: measuresOf(silence, parameters.minSilentMs, parameters),
    },
    detector: NAME,
    key,
    phase,
    decidedAtMs,
  };
}

function measuresOf(silence: Silence, leastMs: number, parameters: BlindParameters): Measure[] {
  const leastS = Math.max(leastMs, parameters.gapTimes * silence.longestGapMs) / 1_000;
  return [
    {
      name: "expectedArrivals",
      observed: roundTo(silence.expectedArrivals, 1),
      threshold: parameters.expectedArrivals,
    },
    { name: "longestGapS", observed: roundTo(silence.longestGapMs / 1_000, 1) },
    { name: "silentS", observed: roundTo(silence.silentMs / 1_000, 0), threshold: roundTo(leastS, 1) },
    { name: "usualPerMin", observed: roundTo(silence.arrivalsPerMin, 1) },
  ];
}

function middleOf({ southDeg, northDeg, westDeg, eastDeg }: Watch): GeoPoint {
  return roundPoint({ latitudeDeg: (southDeg + northDeg) / 2, longitudeDeg: (westDeg + eastDeg) / 2 });
}

/** A ring needs an extent: 20 m where everything was heard at one place. */
const LEAST_DEG = 0.0002;

/** Counter-clockwise, closed (RFC 7946). */
function boxOf(watch: Watch): readonly GeoPoint[] {
  const [south, west] = [watch.southDeg - LEAST_DEG, watch.westDeg - LEAST_DEG];
  const [north, east] = [watch.northDeg + LEAST_DEG, watch.eastDeg + LEAST_DEG];
  const point = (latitudeDeg: number, longitudeDeg: number): GeoPoint =>
    roundPoint({ latitudeDeg, longitudeDeg });
  return [point(south, west), point(south, east), point(north, east), point(north, west), point(south, west)];
}
