import type { AlertTier } from "../../domain/alert.ts";
import type { Detection } from "../../domain/detection.ts";
import type { AutomationEventKind } from "../../domain/observation.ts";
import { roundPoint } from "../../domain/place.ts";
import type { RoadNetwork } from "../../domain/road.ts";
import type { ValuesOf } from "../parameter.ts";
import { roundHeading, roundTo } from "../units.ts";
import { PLACE_M } from "./cluster-place.ts";
import type { Place } from "./cluster-state.ts";
import type { AUTOMATION_CLUSTER } from "./reported-parameters.ts";
import { type Stretch, stretchOfRoute } from "./stretch.ts";

export const NAME = "automation-cluster";
export type ClusterParameters = ValuesOf<typeof AUTOMATION_CLUSTER>;

export interface Finding {
  readonly passages: number;
  readonly vehicles: number;
  /** Vehicles with an event that chance would give. */
  readonly expected: number;
  /** Share of passages with an event, against that of all other places. */
  readonly ratio: number;
  /** One in so many: the chance of this anywhere in the network. At most 1e12. */
  readonly odds: number;
}

/** Words for AutomationCause, by its number. */
const CAUSES = [
  "",
  "weather",
  "road works or a changed layout",
  "lane markings",
  "an object or road user",
  "other traffic",
  "a fault",
  "positioning or map",
  "the driver",
  "an emergency vehicle",
] as const;

const EVENT_NAMES: Readonly<Partial<Record<AutomationEventKind, string>>> = {
  "takeover-request": "takeover requests",
  disengagement: "disengagements",
  "hard-intervention": "hard interventions",
  "minimal-risk-manoeuvre-started": "minimal-risk manoeuvres",
  "design-domain-left": "exits from the design domain",
  "remote-assistance-requested": "calls for remote assistance",
};

const MAX_SOURCES = 8;

export function clusterDetection(
  place: Place,
  finding: Finding,
  tier: AlertTier,
  phase: Detection["phase"],
  decidedAtMs: number,
  roads: RoadNetwork | undefined,
  parameters: ClusterParameters,
): Detection {
  const lastAtMs = Math.max(...place.events.map(({ atMs }) => atMs));
  const { odds, expected, passages, ratio, vehicles } = finding;
  return {
    kind: NAME,
    tier,
    // Cause 99 dangerousSituation without a sub-cause: what is wrong with the road is for its operator to find out.
    causeCode: 99,
    subCauseCode: 0,
    severity: tier === "confirmed" ? 3 : 2,
    confidencePct: Math.max(50, Math.min(99, Math.floor(100 - 100 / odds))),
    referencedAtMs: lastAtMs,
    validUntilMs: lastAtMs + parameters.validityMs,
    position: roundPoint(place),
    headingDeg: place.headingDeg === undefined ? undefined : roundHeading(place.headingDeg),
    ...stretchOfPlace(place, roads),
    evidence: {
      stations: vehicles,
      observations: place.events.reduce((sum, { count }) => sum + count, 0),
      receivers: 1,
      sources: [...new Set(place.events.map(({ source }) => source))].sort().slice(0, MAX_SOURCES),
      marks: [],
    },
    why: {
      rule: `${NAME}/poisson`,
      text: textOf(place, finding),
      measures: [
        { name: "expectedVehicles", observed: roundTo(expected, 2) },
        { name: "oddsOneIn", observed: Math.round(odds), threshold: parameters.suspectedOdds },
        { name: "passages", observed: passages },
        { name: "ratio", observed: roundTo(ratio, 1), threshold: parameters.minRatio },
        { name: "vehicles", observed: vehicles, threshold: parameters.minVehicles },
      ],
    },
    detector: NAME,
    key: place.key,
    phase,
    decidedAtMs,
  };
}

function stretchOfPlace({ routeIndex, routeM, ...place }: Place, roads: RoadNetwork | undefined): Stretch {
  const route = roads?.routes[routeIndex];
  if (roads !== undefined && route !== undefined)
    return stretchOfRoute(roads, route, routeM, routeM + PLACE_M);
  return { outline: { form: "point", points: [roundPoint(place)] }, road: undefined };
}

function textOf(place: Place, { vehicles, passages, expected }: Finding): string {
  const what = mostFrequent(place.events.map(({ event }) => EVENT_NAMES[event] ?? event));
  const cause = mostFrequent(place.events.flatMap(({ cause: number }) => CAUSES[number] || []));
  const reason = cause === undefined ? "" : `, mostly for ${cause}`;
  return (
    `Automation gave up in ${vehicles} of ${passages} automated passages (${what ?? "events"}${reason}); ` +
    `chance would give ${expected < 0.01 ? "fewer than 0.01" : roundTo(expected, 2)}. The cause is in the road.`
  );
}

/** Equal counts by the alphabet. */
function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}
