import type { AlertContent, Measure } from "../../domain/alert.ts";
import { roundPoint } from "../../domain/place.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { type RowFields, readArray, readObject, readRow, writeRow } from "../../domain/snapshot-row.ts";
import { StationMap } from "../station-map.ts";
import { kmph, roundHeading, roundTo } from "../units.ts";
import { evidenceOf, WITNESS_FIELDS, type Witnesses } from "../witnesses.ts";

/** A vehicle that brakes hard now, or whose braking has counted. */
export interface HardBrake {
  readonly stationId: number;
  /** Receive time, place and speed of the first hard sample. */
  readonly atMs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly headingDeg: number;
  readonly onsetMps: number;
  /** Of the route, −1 off the map. */
  readonly routeIndex: number;
  readonly routeM: number;
  peakMps2: number;
  leastMps: number;
  heardAtMs: number;
  /** It has taken enough speed; then it may be part of chains. */
  counts: boolean;
}

export const BRAKE_FIELDS: RowFields<HardBrake> = {
  stationId: "number",
  atMs: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number",
  onsetMps: "number",
  routeIndex: "number",
  routeM: "number",
  peakMps2: "number",
  leastMps: "number",
  heardAtMs: "number",
  counts: "boolean",
};

/** Hard brakes that follow each other upstream. Places are those of the last brake, the most upstream one. */
export interface BrakeChain extends Witnesses {
  readonly key: string;
  readonly startedAtMs: number;
  readonly routeIndex: number;
  latitudeDeg: number;
  longitudeDeg: number;
  headingDeg: number;
  headLatitudeDeg: number;
  headLongitudeDeg: number;
  vehicles: number;
  /** Speed of the wave, upstream positive. */
  waveMps: number;
  meanDropMps: number;
  trustSum: number;
  peakMps2: number;
  lengthM: number;
  lastAtMs: number;
}

export const CHAIN_FIELDS: RowFields<BrakeChain> = {
  key: "string",
  startedAtMs: "number",
  routeIndex: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number",
  headLatitudeDeg: "number",
  headLongitudeDeg: "number",
  vehicles: "number",
  waveMps: "number",
  meanDropMps: "number",
  trustSum: "number",
  peakMps2: "number",
  lengthM: "number",
  lastAtMs: "number",
  ...WITNESS_FIELDS,
};

export interface ChainState {
  readonly brakes: StationMap<HardBrake>;
  readonly chains: Map<string, BrakeChain>;
  /** Brakes that have counted since the last tick. */
  readonly fresh: number[];
}

export function writeChainState({ brakes, chains, fresh }: ChainState): SnapshotValue {
  return {
    brakes: [...brakes.values()].map((brake) => writeRow(BRAKE_FIELDS, brake)),
    chains: [...chains.values()].map((chain) => writeRow(CHAIN_FIELDS, chain)),
    fresh: [...fresh],
  };
}

export function readChainState(value: SnapshotValue): ChainState {
  const { brakes, chains, fresh } = readObject(value);
  const rows = readArray(brakes).map((row) => readRow<HardBrake>(BRAKE_FIELDS, row));
  const read = readArray(chains).map((row) => readRow<BrakeChain>(CHAIN_FIELDS, row));
  return {
    brakes: new StationMap(rows.map((brake) => [brake.stationId, brake])),
    chains: new Map(read.map((chain) => [chain.key, chain])),
    fresh: readArray(fresh).map(Number),
  };
}

interface Limits {
  readonly vehicles: number;
  readonly decelerationMps2: number;
  readonly dropMps: number;
  readonly trustSum: number;
  readonly validityMs: number;
}

export function chainContent(chain: BrakeChain, limits: Limits): AlertContent {
  const position = roundPoint(chain);
  const head = roundPoint({ latitudeDeg: chain.headLatitudeDeg, longitudeDeg: chain.headLongitudeDeg });
  return {
    kind: "hard-brake-chain",
    tier: "confirmed",
    // Cause 27 dangerousEndOfQueue, sub-cause 1 suddenEndOfQueue (TS 102 894-2): what the next drivers meet.
    causeCode: 27,
    subCauseCode: 1,
    severity: 4,
    confidencePct: Math.min(95, 60 + 10 * (chain.vehicles - limits.vehicles)),
    referencedAtMs: chain.lastAtMs,
    validUntilMs: chain.lastAtMs + limits.validityMs,
    position,
    headingDeg: roundHeading(chain.headingDeg),
    outline: { form: "line", points: [position, head] },
    road: undefined,
    evidence: evidenceOf(chain, chain.vehicles),
    why: {
      rule: "hard-brake-chain/moving-upstream",
      text: `${chain.vehicles} vehicles have braked hard one behind the other, ${kmph(chain.waveMps)} km/h upstream.`,
      measures: measuresOf(chain, limits),
    },
  };
}

function measuresOf(chain: BrakeChain, limits: Limits): Measure[] {
  return [
    { name: "decelerationMps2", observed: roundTo(chain.peakMps2, 2), threshold: limits.decelerationMps2 },
    { name: "lengthM", observed: roundTo(chain.lengthM, 0) },
    { name: "speedDropKmph", observed: kmph(chain.meanDropMps), threshold: kmph(limits.dropMps) },
    { name: "trustSum", observed: roundTo(chain.trustSum, 2), threshold: limits.trustSum },
    { name: "vehicles", observed: chain.vehicles, threshold: limits.vehicles },
    { name: "waveKmph", observed: kmph(chain.waveMps) },
  ];
}
