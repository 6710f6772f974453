import { closestWord } from "../domain/closest-word.ts";
import { MapBuildError } from "./problem.ts";

/**
 * Roads on which traffic is watched, by OpenStreetMap's key highway. `parking` stands for the ways of car parks and rest
 * areas: not watched, but a vehicle that stands there is to be told from one on the road beside it.
 */
export const USUAL_CLASSES = [
  "motorway",
  "trunk",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "living_street",
  "road",
  "parking",
] as const;

/** What may be chosen besides: other ways for motor vehicles. */
const OTHER_CLASSES = ["busway", "service", "track"] as const;

export type ClassFilter = (roadClass: string) => boolean;

/**
 * The classes that a user names, each with its ramps (`motorway` takes `motorway_link`).
 * @throws MapBuildError for a class that no road has
 */
export function classFilter(names: readonly string[]): ClassFilter {
  const known = [...USUAL_CLASSES, ...OTHER_CLASSES];
  for (const name of names) {
    if (known.some((one) => one === name.replace(/_link$/, ""))) continue;
    const meant = closestWord(name, known);
    throw new MapBuildError(
      `${name} is no class of roads`,
      meant === undefined ? `Classes are ${known.join(", ")}.` : `Did you mean ${meant}?`,
    );
  }
  const chosen = new Set(names);
  // Aisles of car parks are service ways.
  if (chosen.has("service")) chosen.add("parking");
  // Who stands in a rest area stands beside the road that it belongs to.
  if (["motorway", "trunk", "parking"].some((name) => chosen.has(name))) chosen.add("rest_area");
  return (roadClass) => chosen.has(roadClass) || chosen.has(roadClass.replace(/_link$/, ""));
}
