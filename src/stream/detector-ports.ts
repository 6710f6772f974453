import type { DetectorPorts, RoadQueue, TrafficLookup } from "../domain/detector.ts";

/** Half: nothing is known for or against a station that nobody judges. */
const UNJUDGED = 0.5;

/** What detectors read where no other detector provides it. */
export const NO_PORTS: DetectorPorts = {
  traffic: { isCongested: () => false },
  trust: { trustOf: () => UNJUDGED },
  identity: { roadUserOf: (stationId) => stationId },
  conditions: { frictionNear: () => undefined },
  signals: { mayWaitAt: () => false },
};

/**
 * One set of ports out of what several detectors provide, in their order. Traffic and signals have several sources (road
 * segments where there is a map, cells elsewhere): one that says yes is enough, and the first that knows answers.
 */
export function joinPorts(provided: readonly Partial<DetectorPorts>[]): DetectorPorts {
  const all = <Name extends keyof DetectorPorts>(name: Name): DetectorPorts[Name][] =>
    provided.flatMap((ports) => ports[name] ?? []);
  const signals = all("signals");
  return {
    traffic: joinTraffic(all("traffic")),
    trust: all("trust")[0] ?? NO_PORTS.trust,
    identity: all("identity")[0] ?? NO_PORTS.identity,
    conditions: all("conditions")[0] ?? NO_PORTS.conditions,
    signals: {
      mayWaitAt: (place, headingDeg, withinM) =>
        signals.some((one) => one.mayWaitAt(place, headingDeg, withinM)),
    },
  };
}

function joinTraffic(lookups: readonly TrafficLookup[]): TrafficLookup {
  return {
    isCongested: (place, headingDeg) => lookups.some((one) => one.isCongested(place, headingDeg)),
    levelOn: (route, routeM) => firstKnown(lookups, (one) => one.levelOn?.(route, routeM)),
    queuesOn: (route) => firstKnown(lookups, (one) => one.queuesOn?.(route)) ?? NO_QUEUES,
    freeFlowOn: (link) => firstKnown(lookups, (one) => one.freeFlowOn?.(link)),
    hasClosedUp: (stationId) => lookups.some((one) => one.hasClosedUp?.(stationId) === true),
  };
}

const NO_QUEUES: readonly RoadQueue[] = [];

function firstKnown<T>(
  lookups: readonly TrafficLookup[],
  ask: (lookup: TrafficLookup) => T | undefined,
): T | undefined {
  for (const lookup of lookups) {
    const answer = ask(lookup);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
