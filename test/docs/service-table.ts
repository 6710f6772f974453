import { ALL_PARAMETERS } from "../../src/detect/all-parameters.ts";
import type { ParameterGroup } from "../../src/detect/parameter.ts";
import type { AlertKind } from "../../src/domain/alert.ts";
import { type SrtiCategory, srtiCategory } from "../../src/domain/srti.ts";

/** What our detectors tell, for the table of services. */
interface Service {
  readonly kind: AlertKind;
  /** Cause and sub-causes of TS 102 894-2 that the detector gives. */
  readonly codes: readonly (readonly [cause: number, sub: number])[];
  /** Hazard warning of the C2C-CC's Day 1; empty where it has none. */
  readonly dayOne: string;
  /** Parameter that holds the validity, or words. */
  readonly validity: readonly [detector: keyof typeof ALL_PARAMETERS, parameter: string] | string;
  readonly area: string;
  readonly direction: string;
}

const STATIONARY = "stationary vehicle";
const WEATHER = "adverse weather";

export const SERVICES: readonly Service[] = [
  {
    kind: "emergency-brake",
    codes: [[99, 1]],
    dayOne: "electronic emergency brake light",
    validity: "4 s",
    area: "place",
    direction: "own course",
  },
  {
    kind: "stationary-vehicle",
    codes: [
      [94, 0],
      [94, 2],
      [94, 3],
    ],
    dayOne: STATIONARY,
    validity: ["stationary-vehicle", "validityMs"],
    area: "place",
    direction: "own course",
  },
  {
    kind: "congestion",
    codes: [
      [1, 1],
      [1, 5],
    ],
    dayOne: "traffic jam ahead",
    validity: ["congestion-cells", "validityMs"],
    area: "tail to head, or cells",
    direction: "that of the queue",
  },
  {
    kind: "queue-end",
    codes: [[27, 0]],
    dayOne: "dangerous end of queue",
    validity: ["queue-end", "validityMs"],
    area: "the tail",
    direction: "that of the queue",
  },
  {
    kind: "slow-vehicle",
    codes: [[26, 0]],
    dayOne: "slow vehicle",
    validity: ["slow-vehicle", "validityMs"],
    area: "place",
    direction: "own course",
  },
  {
    kind: "wrong-way",
    codes: [[14, 2]],
    dayOne: "",
    validity: ["wrong-way", "validityMs"],
    area: "the road before it",
    direction: "that of those it meets",
  },
  {
    kind: "emergency-vehicle",
    codes: [[95, 1]],
    dayOne: "emergency vehicle approaching",
    validity: ["emergency-vehicle", "validityMs"],
    area: "30 s of its way, 300 to 1000 m ahead",
    direction: "own course",
  },
  {
    kind: "emergency-vehicle",
    codes: [[95, 2]],
    dayOne: "stationary safeguarding emergency vehicle",
    validity: ["emergency-vehicle", "validityMs"],
    area: "500 m behind it",
    direction: "own course",
  },
  {
    kind: "slippery-road",
    codes: [
      [6, 0],
      [6, 1],
      [6, 4],
      [6, 5],
      [6, 6],
      [7, 0],
    ],
    dayOne: WEATHER,
    validity: ["road-conditions", "gripMemoryMs"],
    area: "carriageway of the witnesses, or cells of 500 m",
    direction: "that of the witnesses where it is one",
  },
  {
    kind: "reduced-visibility",
    codes: [
      [18, 0],
      [18, 1],
      [18, 3],
      [18, 4],
    ],
    dayOne: WEATHER,
    validity: ["road-conditions", "weatherMemoryMs"],
    area: "as above",
    direction: "all",
  },
  {
    kind: "heavy-precipitation",
    codes: [
      [19, 0],
      [19, 1],
      [19, 2],
    ],
    dayOne: WEATHER,
    validity: ["road-conditions", "weatherMemoryMs"],
    area: "as above",
    direction: "all",
  },
  {
    kind: "extreme-weather",
    codes: [
      [17, 1],
      [17, 3],
    ],
    dayOne: WEATHER,
    validity: ["road-conditions", "sensorMemoryMs"],
    area: "as above",
    direction: "all",
  },
  {
    kind: "obstacle",
    codes: [[10, 0]],
    dayOne: "hazardous location",
    validity: ["object-on-road", "obstacleValidityMs"],
    area: "place",
    direction: "that of the carriageway",
  },
  {
    kind: "animal-on-road",
    codes: [[11, 0]],
    dayOne: "hazardous location",
    validity: ["object-on-road", "livingValidityMs"],
    area: "place",
    direction: "that of the carriageway",
  },
  {
    kind: "person-on-road",
    codes: [
      [12, 2],
      [12, 4],
    ],
    dayOne: "hazardous location",
    validity: ["object-on-road", "livingValidityMs"],
    area: "place",
    direction: "that of the carriageway",
  },
  {
    kind: "accident",
    codes: [
      [2, 0],
      [92, 0],
    ],
    dayOne: "post crash",
    validity: "as told by the notice",
    area: "place or event zone",
    direction: "as told",
  },
  {
    kind: "roadworks",
    codes: [
      [3, 3],
      [3, 4],
    ],
    dayOne: "road works warning",
    validity: ["mobile-works", "validityMs"],
    area: "500 m behind the works",
    direction: "that of the works",
  },
  {
    kind: "blockage",
    codes: [[5, 0]],
    dayOne: "",
    validity: ["blockage", "validityMs"],
    area: "first to last vehicle",
    direction: "that of the carriageway",
  },
  {
    kind: "signal-violation",
    codes: [[98, 2]],
    dayOne: "signal violation",
    validity: ["signal-violation", "validityMs"],
    area: "40 m across the intersection",
    direction: "all",
  },
  {
    kind: "collision-risk",
    codes: [
      [97, 1],
      [97, 2],
      [97, 3],
    ],
    dayOne: "collision risk",
    validity: "2 s",
    area: "place of conflict",
    direction: "own course",
  },
  {
    kind: "minimal-risk-manoeuvre",
    codes: [[99, 8]],
    dayOne: "",
    validity: ["automation-hazard", "validityMs"],
    area: "place",
    direction: "own course",
  },
  {
    kind: "automation-cluster",
    codes: [[99, 0]],
    dayOne: "",
    validity: ["automation-cluster", "validityMs"],
    area: "500 m of the route",
    direction: "that of the vehicles",
  },
  {
    kind: "blind-area",
    codes: [[0, 0]],
    dayOne: "",
    validity: ["blind-area", "validityMs"],
    area: "stretch of the route, or box of what was heard",
    direction: "that of the route, or all",
  },
];

/** Rows of the table: kind, codes, category, Day-1 warning, validity, area, direction. */
export function serviceRows(): readonly (readonly string[])[] {
  return SERVICES.map(({ kind, codes, dayOne, validity, area, direction }) => [
    `\`${kind}\``,
    codes.map(([cause, sub]) => `${cause}/${sub}`).join(", "),
    categoriesOf(codes).join(", ") || "–",
    dayOne || "–",
    typeof validity === "string" ? validity : seconds(...validity),
    area,
    direction,
  ]);
}

function categoriesOf(codes: Service["codes"]): readonly SrtiCategory[] {
  return [...new Set(codes.flatMap(([cause, sub]) => srtiCategory(cause, sub) ?? []))];
}

/** @throws Error where the detector has no such setting. */
function seconds(detector: keyof typeof ALL_PARAMETERS, parameter: string): string {
  const group: ParameterGroup = ALL_PARAMETERS[detector];
  const validity = group[parameter];
  if (validity === undefined) throw new Error(`${detector} has no ${parameter}`);
  return `${validity.default / 1_000} s`;
}
