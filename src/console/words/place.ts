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

/** What the server says of a place, in the operator's language: `A40 → Dortmund, AS Homberg – AS Häfen`. */
export function localised(text: string): string {
  return text
    .replace(/, (?:between|zwischen) (.+) (?:and|und) (.+)$/, ", $1 – $2")
    .replace(/, after /, `, ${words(alertWords).after} `)
    .replace(/, before /, `, ${words(alertWords).before} `);
}

/** What stands behind the road's name: `AS Homberg – AS Häfen`. */
export function stretchText({ text, ...road }: RoadReference): string {
  const name = roadName(road);
  const whole = localised(text);
  return (whole.startsWith(name) ? whole.slice(name.length) : whole).replace(/^, /, "");
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
