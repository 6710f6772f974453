import type { RoadLink, RoadNetwork } from "../../../domain/road.ts";
import { flowSpeedMps, type LadderLimits, QUEUING_LEVEL, upperBoundMps } from "./ladder.ts";

/** Free flow of a link of which neither map nor vehicles have told: a divided road is a fast one. */
const DIVIDED_MPS = 100 / 3.6;
const OTHER_MPS = 50 / 3.6;

/** The learned free flow is this quantile of the speeds of cars that are not hindered. */
const QUANTILE_PCT = 85;

/** Step of the estimate per vehicle, cm/s: large at first, then small, so that one group of speeders moves nothing. */
const FIRST_STEP_CMPS = 40;
const STEP_CMPS = 8;
const FIRST_VEHICLES = 60;

/** Vehicles below this share of the free flow are hindered and teach nothing. */
const HINDERED_PCT = 50;

/** No road is driven faster or slower than this unhindered: 20 to 180 km/h. */
const LEAST_CMPS = 556;
const MOST_CMPS = 5_000;

/** Speeds per link, cm/s, in flat arrays: what the ladder is measured by, learned from vehicles that pass. */
export interface LinkSpeeds {
  readonly freeFlowCmps: Int32Array;
  /** At or below: queuing. At or above: flowing again. */
  readonly slowCmps: Int32Array;
  readonly flowCmps: Int32Array;
  /** 1 where the free flow is that of a fast road: nobody has to halt there. */
  readonly isFast: Uint8Array;
  /** Vehicles that have taught, up to `FIRST_VEHICLES`. */
  readonly vehicles: Int32Array;
  /** Since the last tick that learned: vehicles above and below the estimate, and the links that have some. */
  readonly above: Int32Array;
  readonly below: Int32Array;
  readonly changed: number[];
}

export function newLinkSpeeds({ links }: RoadNetwork, limits: LadderLimits): LinkSpeeds {
  const speeds: LinkSpeeds = {
    freeFlowCmps: new Int32Array(links.length),
    slowCmps: new Int32Array(links.length),
    flowCmps: new Int32Array(links.length),
    isFast: new Uint8Array(links.length),
    vehicles: new Int32Array(links.length),
    above: new Int32Array(links.length),
    below: new Int32Array(links.length),
    changed: [],
  };
  for (const link of links) setFreeFlow(speeds, link.index, Math.round(mapFreeFlowMps(link) * 100), limits);
  return speeds;
}

function mapFreeFlowMps(link: RoadLink): number {
  return link.freeFlowMps ?? link.limitMps ?? (link.route.divided ? DIVIDED_MPS : OTHER_MPS);
}

export function setFreeFlow(speeds: LinkSpeeds, link: number, cmps: number, limits: LadderLimits): void {
  const bounded = Math.min(MOST_CMPS, Math.max(LEAST_CMPS, cmps));
  speeds.freeFlowCmps[link] = bounded;
  speeds.slowCmps[link] = Math.round(upperBoundMps(QUEUING_LEVEL, bounded / 100, limits) * 100);
  speeds.isFast[link] = bounded >= limits.fastRoadSpeedMps * 100 - 1 ? 1 : 0;
  speeds.flowCmps[link] = Math.round(flowSpeedMps(bounded / 100, limits) * 100);
}

/** Notes the speed of a vehicle that has driven a link without queuing. */
export function noteFreeSpeed(speeds: LinkSpeeds, link: number, cmps: number): void {
  const estimate = speeds.freeFlowCmps[link] ?? 0;
  if (cmps * 100 < estimate * HINDERED_PCT) return;
  if (speeds.above[link] === 0 && speeds.below[link] === 0) speeds.changed.push(link);
  const side = cmps > estimate ? speeds.above : speeds.below;
  side[link] = (side[link] ?? 0) + 1;
}

/** Moves the estimates; on ticks, so that the order of arrival within one does not matter. */
export function learnFreeSpeeds(speeds: LinkSpeeds, limits: LadderLimits): void {
  for (const link of speeds.changed) {
    const above = speeds.above[link] ?? 0;
    const below = speeds.below[link] ?? 0;
    const known = speeds.vehicles[link] ?? 0;
    const step = known < FIRST_VEHICLES ? FIRST_STEP_CMPS : STEP_CMPS;
    const move = Math.trunc((step * (above * QUANTILE_PCT - below * (100 - QUANTILE_PCT))) / 100);
    setFreeFlow(speeds, link, (speeds.freeFlowCmps[link] ?? 0) + move, limits);
    speeds.vehicles[link] = Math.min(FIRST_VEHICLES, known + above + below);
    speeds.above[link] = 0;
    speeds.below[link] = 0;
  }
  speeds.changed.length = 0;
}

/** Free flow of a link as the map tells or, once enough vehicles have passed, as they drove; m/s. */
export function freeFlowMps(speeds: LinkSpeeds, link: number): number {
  return (speeds.freeFlowCmps[link] ?? 0) / 100;
}
