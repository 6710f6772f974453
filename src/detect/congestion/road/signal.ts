import type { RoadRoute } from "../../../domain/road.ts";
import type { RoadTraffic } from "./route-traffic.ts";
import type { Member } from "./vehicle.ts";
import type { JudgeWorld } from "./world.ts";

/** A stop line within this distance ahead explains a slow vehicle; queues at signals are rarely longer (own). */
const STOP_LINE_M = 300;

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

/** So many standstills, with driving on between them, in so many cycles. */
const ONE_FAILURE = { stops: 2, cycles: 1 } as const;
const TWO_FAILURES = { stops: 3, cycles: 2 } as const;

/**
 * Where vehicles halt in turns, a queue is congestion if it fails to clear in two consecutive cycles: one vehicle has
 * stopped in three of them, or two have stopped again after a whole one. A red light alone does that to nobody, and a
 * vehicle that stands all the time is parked, or broken down.
 */
export function isStuck(group: readonly Member[], { tickMs, limits, context }: JudgeWorld): boolean {
  const waiting = new Set<number>();
  for (const member of group) {
    if (tickMs - member.lastMs > limits.cycleMs) continue;
    if (hasFailed(member, TWO_FAILURES, limits)) return true;
    if (hasFailed(member, ONE_FAILURE, limits)) waiting.add(context.identity.roadUserOf(member.stationId));
  }
  return waiting.size >= 2;
}

function hasFailed(
  { stops, joinMs, lastMs }: Member,
  failure: { readonly stops: number; readonly cycles: number },
  { cycleMs }: { readonly cycleMs: number },
): boolean {
  return stops >= failure.stops && lastMs - joinMs >= failure.cycles * cycleMs;
}

/** One vehicle that waits longer than a cycle keeps a queue alive that two have shown. */
export function staysStuck(members: readonly Member[], queue: number, { limits }: JudgeWorld): boolean {
  return members.some((member) => member.queue === queue && hasFailed(member, ONE_FAILURE, limits));
}

/** A queue whose tail is this near to a junction has reached it: two lengths of a car. */
const SPILL_M = 15;

/** The queue stands in a junction behind its signal, so that others cannot drive off either. */
export function spillsBack(route: RoadRoute, tailM: number, headM: number, { traffic }: JudgeWorld): boolean {
  return route.links.some(
    ({ index, fromM }) =>
      fromM > 0 && fromM >= tailM - SPILL_M && fromM < headM && isJunction(index, traffic),
  );
}

/** Others come in at its beginning, or could have turned off there. */
function isJunction(index: number, { network }: RoadTraffic): boolean {
  const previous = network.links[index]?.previous ?? [];
  return previous.length > 1 || previous.some((before) => (network.links[before]?.next.length ?? 0) > 1);
}
