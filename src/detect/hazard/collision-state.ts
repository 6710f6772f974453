import type { AlertContent, AlertKind } from "../../domain/alert.ts";
import type { PlannedPoint } from "../../domain/observation.ts";
import { roundPoint } from "../../domain/place.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import {
  type RowFields,
  readArray,
  readNumber,
  readObject,
  readRow,
  readString,
  writeRow,
} from "../../domain/snapshot-row.ts";
import { kmph, roundHeading, roundTo } from "../units.ts";
import type { Encounter } from "./encounter.ts";
import { type Mover, ProximityGrid } from "./proximity-grid.ts";

/** Two that may collide, by their ids in rising order. */
export interface RiskPair {
  readonly key: string;
  subCauseCode: number;
  /** Reports that showed the two in one direction, and sums of their lateral distance in cm and its square. */
  lateralLooks: number;
  lateralCm: number;
  lateralCm2: number;
  oneLane: boolean;
  /** Reports in a row that showed the risk. */
  looks: number;
  timeToCollisionS: number;
  requiredMps2: number;
  closingMps: number;
  distanceM: number;
  latitudeDeg: number;
  longitudeDeg: number;
  headingDeg: number;
  /** Report that the last look rested on. */
  observedAtMs: number;
  seenAtMs: number;
  told: boolean;
  toldAtMs: number;
  /** Until then the two are not told again. */
  quietUntilMs: number;
}

const PAIR_FIELDS: RowFields<RiskPair> = {
  key: "string",
  subCauseCode: "number",
  lateralLooks: "number",
  lateralCm: "number",
  lateralCm2: "number",
  oneLane: "boolean",
  looks: "number",
  timeToCollisionS: "number",
  requiredMps2: "number",
  closingMps: "number",
  distanceM: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number",
  observedAtMs: "number",
  seenAtMs: "number",
  told: "boolean",
  toldAtMs: "number",
  quietUntilMs: "number",
};

export interface CollisionState {
  readonly grid: ProximityGrid;
  /** Ids of those that have reported since the last look, with repetitions. */
  readonly dirty: number[];
  readonly pairs: Map<string, RiskPair>;
  /** Names of perceived objects in the grid: ids from the end of the range, by station and object. */
  readonly objects: Map<string, number>;
  nextObject: number;
  /** What automated vehicles plan to drive, by station; the oldest first. */
  readonly plans: Map<number, readonly PlannedPoint[]>;
  /** Reports that were not looked at because a tick had too many neighbours. */
  unscreened: number;
}

/** Perceived objects count down from here; a station that has such an id is seen as one of them for some seconds. */
const LAST_ID = 0xffffffff;

export function initialCollisionState(): CollisionState {
  return {
    grid: new ProximityGrid(),
    dirty: [],
    pairs: new Map(),
    objects: new Map(),
    plans: new Map(),
    nextObject: LAST_ID,
    unscreened: 0,
  };
}

export function writeCollisionState(state: CollisionState): SnapshotValue {
  return {
    movers: state.grid
      .movers()
      .map((one) => [
        one.id,
        one.kind,
        one.latitudeDeg,
        one.longitudeDeg,
        one.northMps,
        one.eastMps,
        one.accelerationMps2,
        one.observedAtMs,
        one.heardAtMs,
        one.lengthM,
        one.turnDegps,
      ]),
    plans: [...state.plans].map(([id, plan]) => [
      id,
      plan.map(({ latitudeDeg, longitudeDeg, atMs }) => [latitudeDeg, longitudeDeg, atMs]),
    ]),
    dirty: [...state.dirty],
    pairs: [...state.pairs.values()].map((pair) => writeRow(PAIR_FIELDS, pair)),
    objects: [...state.objects].map(([key, id]) => [key, id]),
    nextObject: state.nextObject,
    unscreened: state.unscreened,
  };
}

export function readCollisionState(value: SnapshotValue): CollisionState {
  const { movers, dirty, pairs, objects, plans, nextObject, unscreened } = readObject(value);
  const grid = new ProximityGrid();
  for (const row of readArray(movers)) grid.restore(readMover(row));
  const rows = readArray(pairs).map((row) => readRow<RiskPair>(PAIR_FIELDS, row));
  return {
    grid,
    dirty: readArray(dirty).map((id) => readNumber(id, "dirty")),
    pairs: new Map(rows.map((pair) => [pair.key, pair])),
    objects: new Map(
      readArray(objects).map((pair) => {
        const [key, id] = readArray(pair);
        return [readString(key, "object"), readNumber(id, "object")];
      }),
    ),
    plans: new Map(readArray(plans).map(readPlan)),
    nextObject: readNumber(nextObject, "nextObject"),
    unscreened: readNumber(unscreened, "unscreened"),
  };
}

function readPlan(row: SnapshotValue): [number, PlannedPoint[]] {
  const [id, points] = readArray(row);
  const plan = readArray(points).map((point): PlannedPoint => {
    const [latitudeDeg, longitudeDeg, atMs] = readArray(point);
    return {
      latitudeDeg: readNumber(latitudeDeg, "latitudeDeg"),
      longitudeDeg: readNumber(longitudeDeg, "longitudeDeg"),
      atMs: readNumber(atMs, "atMs"),
      speedMps: undefined,
    };
  });
  return [readNumber(id, "plan"), plan];
}

function readMover(row: SnapshotValue): Mover {
  const values = readArray(row);
  const number = (i: number): number => readNumber(values[i], `mover[${i}]`);
  return {
    id: number(0),
    kind: number(1),
    latitudeDeg: number(2),
    longitudeDeg: number(3),
    northMps: number(4),
    eastMps: number(5),
    accelerationMps2: number(6),
    observedAtMs: number(7),
    heardAtMs: number(8),
    lengthM: number(9),
    turnDegps: number(10),
  };
}

/** Takes over what a look has found. */
export function takeEncounter(pair: RiskPair, encounter: Encounter, at: Mover, courseDeg: number): void {
  pair.subCauseCode = encounter.subCauseCode;
  pair.timeToCollisionS = encounter.timeToCollisionS;
  pair.requiredMps2 = Math.min(99, encounter.requiredMps2);
  pair.closingMps = encounter.closingMps;
  pair.distanceM = encounter.distanceM;
  pair.latitudeDeg = at.latitudeDeg;
  pair.longitudeDeg = at.longitudeDeg;
  pair.headingDeg = courseDeg;
}

/** Adds what a report says of the lateral distance. */
export function noteLateral(pair: RiskPair, { lateralM, oneLane }: Encounter): void {
  const cm = Math.round(lateralM * 100);
  pair.lateralLooks++;
  pair.lateralCm += cm;
  pair.lateralCm2 += cm * cm;
  pair.oneLane = oneLane;
}

interface LaneLimits {
  readonly laneLooks: number;
  readonly laneSpreadM: number;
  readonly lateralM: number;
}

/**
 * Whether the two are known to be in one lane: where there is one lane only, or where several positions agree so well with
 * each other that they are better than the width of a lane. Positions that scatter by metres never say so.
 */
export function isInOneLane(pair: RiskPair, limits: LaneLimits): boolean {
  if (pair.subCauseCode !== 1 || pair.oneLane) return true;
  if (pair.lateralLooks < limits.laneLooks) return false;
  const meanCm = pair.lateralCm / pair.lateralLooks;
  const variance = Math.max(0, pair.lateralCm2 / pair.lateralLooks - meanCm * meanCm);
  return Math.abs(meanCm) <= limits.lateralM * 100 && Math.sqrt(variance) <= limits.laneSpreadM * 100;
}

interface Limits {
  readonly timeToCollisionS: number;
  readonly horizonS: number;
  readonly requiredDecelerationMps2: number;
  readonly crossingDecelerationMps2: number;
  readonly vulnerableDecelerationMps2: number;
  readonly validityMs: number;
}

const WORDS: Readonly<Record<number, string>> = {
  1: "one drives up to the other in its lane",
  2: "their courses cross",
  4: "a vulnerable road user is in the way",
};

export function riskContent(pair: RiskPair, kind: AlertKind, limits: Limits): AlertContent {
  const position = roundPoint(pair);
  const required =
    pair.subCauseCode === 4
      ? limits.vulnerableDecelerationMps2
      : pair.subCauseCode === 2
        ? limits.crossingDecelerationMps2
        : limits.requiredDecelerationMps2;
  return {
    kind,
    tier: "confirmed",
    // Cause 97 collisionRisk (TS 102 894-2).
    causeCode: 97,
    subCauseCode: pair.subCauseCode,
    severity: pair.subCauseCode === 4 ? 5 : 4,
    confidencePct: pair.requiredMps2 >= 2 * required ? 85 : 70,
    referencedAtMs: pair.observedAtMs,
    validUntilMs: pair.seenAtMs + limits.validityMs,
    position,
    headingDeg: roundHeading((pair.headingDeg + 360) % 360),
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: { stations: 2, observations: pair.looks, receivers: 0, sources: [], marks: [] },
    why: {
      rule:
        pair.subCauseCode === 4
          ? "vru-risk/in-the-way"
          : `collision-risk/${pair.subCauseCode === 1 ? "longitudinal" : "crossing"}`,
      text: `Two road users meet in ${roundTo(pair.timeToCollisionS, 1)} s: ${WORDS[pair.subCauseCode] ?? ""}.`,
      measures: [
        { name: "closingKmph", observed: kmph(pair.closingMps) },
        { name: "distanceM", observed: roundTo(pair.distanceM, 1) },
        { name: "requiredMps2", observed: roundTo(pair.requiredMps2, 1), threshold: required },
        {
          name: "timeToCollisionS",
          observed: roundTo(pair.timeToCollisionS, 2),
          threshold: pair.subCauseCode === 1 ? limits.timeToCollisionS : limits.horizonS,
        },
      ],
    },
  };
}
