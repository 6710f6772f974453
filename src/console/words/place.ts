import type { RoadReference } from "../../domain/alert.ts";
import { alertWords } from "./alert-words.ts";
import { km, number } from "./format.ts";
import { words } from "./words.ts";

/** Differences below it are one post to an operator, km. */
const ONE_POST_KM = 0.1;

/** `A40 → Dortmund`. */
export function roadName({ ref, direction }: Pick<RoadReference, "ref" | "direction">): string {
  return direction === "" ? ref : `${ref} → ${direction}`;
}

/** `km 36,4` or `km 36,4–37,2`. */
export function kmRange({ fromKm, toKm }: Pick<RoadReference, "fromKm" | "toKm">): string {
  return Math.abs(toKm - fromKm) < ONE_POST_KM ? `km ${km(fromKm)}` : `km ${km(fromKm)}–${km(toKm)}`;
}

/** What the server says behind the road's name, in the operator's language: `zwischen AS Homberg und AS Häfen`. */
export function stretchText({ text, ...road }: RoadReference): string {
  const w = words(alertWords);
  const rest = text.startsWith(roadName(road)) ? text.slice(roadName(road).length) : text;
  const between = rest.match(/^, between (.+) and (.+)$/);
  if (between !== null) return `${between[1]} – ${between[2]}`;
  return rest.replace(/^, /, "").replace(/^(near|at) /, `${w.near} `);
}

/** Road, kilometre and stretch; coordinates where no road is known. */
export function alertPlace({
  road,
  latitudeDeg,
  longitudeDeg,
}: {
  readonly road?: RoadReference;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}): string {
  if (road === undefined) return `${number(latitudeDeg, 4)} ${number(longitudeDeg, 4)}`;
  const stretch = stretchText(road);
  return `${roadName(road)} ${kmRange(road)}${stretch === "" ? "" : `, ${stretch}`}`;
}
