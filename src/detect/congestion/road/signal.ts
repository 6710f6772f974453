import type { RoadRoute } from "../../../domain/road.ts";
import type { Member } from "./vehicle.ts";
import type { JudgeWorld } from "./world.ts";

/** A stop line within this distance ahead explains a slow vehicle; queues at signals are rarely longer (own). */
const STOP_LINE_M = 300;

/** A vehicle that has stopped in two cycles has stopped at least so often. */
const FAILED_STOPS = 2;

/** A signal ahead, as the map or the signal's own messages say. */
export function signalAhead(route: RoadRoute, placeM: number, { traffic, context }: JudgeWorld): boolean {
  const { network } = traffic;
  const link = network.linkAt(route, placeM);
  if (link?.flags.signal === true && link.toM - placeM <= STOP_LINE_M) return true;
  return context.signals.mayWaitAt(
    network.pointAt(route, placeM),
    network.headingAt(route, placeM),
    STOP_LINE_M,
  );
}

/**
 * Where vehicles halt in turns, a queue is congestion if it fails to clear in two consecutive cycles: one vehicle has
 * waited for two of them, or two have waited longer than one and stopped again after driving on. A red light alone
 * holds nobody that long.
 */
export function isStuck(group: readonly Member[], { tickMs, limits, context }: JudgeWorld): boolean {
  const waiting = new Set<number>();
  for (const { stationId, joinMs, stops, lastMs } of group) {
    const waitedMs = lastMs - joinMs;
    if (tickMs - lastMs > limits.cycleMs) continue;
    if (waitedMs >= limits.slowRoadForMs) waiting.add(-1).add(context.identity.roadUserOf(stationId));
    else if (stops >= FAILED_STOPS && waitedMs >= limits.cycleMs) {
      waiting.add(context.identity.roadUserOf(stationId));
    }
  }
  return waiting.size >= 2;
}
