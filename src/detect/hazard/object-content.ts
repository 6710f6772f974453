import type { AlertKind } from "../../domain/alert.ts";
import type { Detection } from "../../domain/detection.ts";
import type { ObjectClass } from "../../domain/observation.ts";
import { roundPoint } from "../../domain/place.ts";
import type { RoadNetwork } from "../../domain/road.ts";
import { causeMeaning } from "../cause-codes.ts";
import type { ValuesOf } from "../parameter.ts";
import { roundHeading, roundTo } from "../units.ts";
import { evidenceOf, type Witnesses } from "../witnesses.ts";
import type { OBJECT_ON_ROAD } from "./reported-parameters.ts";

export const NAME = "object-on-road";
export type ObjectParameters = ValuesOf<typeof OBJECT_ON_ROAD>;
export type ObjectGroup = "obstacle" | "animal" | "person";

/** Something on the road that one or more sensors see. Times are receive times but `observedAtMs`. */
export interface Thing extends Witnesses {
  readonly id: number;
  readonly group: ObjectGroup;
  readonly isCyclist: boolean;
  latitudeDeg: number;
  longitudeDeg: number;
  headingDeg: number | undefined;
  routeIndex: number;
  routeM: number;
  readonly firstSeenAtMs: number;
  seenAtMs: number;
  observedAtMs: number;
  roadsideReports: number;
  /** Reports in a row that see it off the road. */
  offRoad: number;
  told: "" | "suspected" | "confirmed";
  toldAtMs: number;
  toldLatitudeDeg: number;
  toldLongitudeDeg: number;
  /** Road users that see it, as text. */
  readonly observers: string[];
  trust: number;
  /** Reports in a row of roadside units that saw it before and do not now. */
  missed: number;
  /** Road users that drove through its place since it was last seen, as text. */
  passers: string[];
}

/** Vehicles in traffic are no objects on the road. */
export function groupOf(objectClass: ObjectClass): ObjectGroup | undefined {
  switch (objectClass) {
    case "animal":
      return "animal";
    case "pedestrian":
    case "vru-group":
    case "cyclist":
      return "person";
    case "other":
    case "unknown":
      return "obstacle";
    default:
      return undefined;
  }
}

export function validityOf({ group }: Thing, parameters: ObjectParameters): number {
  return group === "obstacle" ? parameters.obstacleValidityMs : parameters.livingValidityMs;
}

const KINDS: Readonly<Record<ObjectGroup, AlertKind>> = {
  obstacle: "obstacle",
  animal: "animal-on-road",
  person: "person-on-road",
};
const CAUSES: Readonly<Record<ObjectGroup, number>> = { obstacle: 10, animal: 11, person: 12 };

/** Sub-causes of 12 (TS 102 894-2, HumanPresenceOnTheRoadSubCauseCode). */
const CYCLIST = 2;
const PEDESTRIAN = 4;

export function thingDetection(
  thing: Thing,
  phase: Detection["phase"],
  decidedAtMs: number,
  parameters: ObjectParameters,
  roads?: RoadNetwork,
): Detection {
  const causeCode = CAUSES[thing.group];
  const subCauseCode = thing.group !== "person" ? 0 : thing.isCyclist ? CYCLIST : PEDESTRIAN;
  const confirmed = thing.told === "confirmed";
  const position = roundPoint(thing);
  const route = roads?.routes[thing.routeIndex];
  return {
    kind: KINDS[thing.group],
    tier: confirmed ? "confirmed" : "suspected",
    causeCode,
    subCauseCode,
    severity: confirmed ? causeMeaning(causeCode, subCauseCode).severity : 3,
    confidencePct: confirmed ? 85 : 50,
    referencedAtMs: thing.observedAtMs,
    validUntilMs: thing.seenAtMs + validityOf(thing, parameters),
    position,
    headingDeg: thing.headingDeg === undefined ? undefined : roundHeading(thing.headingDeg),
    outline: { form: "point", points: [position] },
    road: route === undefined ? undefined : roads?.describe(route, thing.routeM, thing.routeM),
    evidence: evidenceOf(thing, thing.observers.length),
    why: {
      rule: `${NAME}/${thing.group}`,
      text: `Sensors of ${observers(thing)} see ${nameOf(thing)} on the road.`,
      measures: [
        { name: "observers", observed: thing.observers.length, threshold: parameters.confirmedObservers },
        { name: "reports", observed: thing.observations, threshold: parameters.suspectedReports },
        {
          name: "seenS",
          observed: roundTo((thing.seenAtMs - thing.firstSeenAtMs) / 1_000, 1),
          threshold: parameters.suspectedMs / 1_000,
        },
        { name: "trust", observed: roundTo(thing.trust, 2), threshold: parameters.confirmedTrust },
      ],
    },
    detector: NAME,
    key: String(thing.id),
    phase,
    decidedAtMs,
  };
}

function observers({ observers: { length } }: Thing): string {
  return length === 1 ? "one station" : `${length} stations`;
}

function nameOf({ group, isCyclist }: Thing): string {
  if (group === "person") return isCyclist ? "a cyclist" : "a person";
  return group === "animal" ? "an animal" : "an obstacle";
}
