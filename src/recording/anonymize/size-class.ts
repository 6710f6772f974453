import type { WireAwareness } from "../../wire/ingest-frame.ts";

/** Sizes up to a bound are told as one, cm. */
interface SizeClass {
  readonly upToCm: number;
  readonly toldCm: number;
}

/**
 * Classes of road vehicles: two wheels, cars, small lorries, rigid lorries and buses (12 m), articulated ones (16.5 m) and
 * what is longer. Lengths of the upper classes are the limits of Council Directive 96/53/EC, Annex I, 1.1; the bounds
 * between them and the smaller classes are our own.
 */
const LENGTHS: readonly SizeClass[] = [
  { upToCm: 250, toldCm: 200 },
  { upToCm: 600, toldCm: 450 },
  { upToCm: 900, toldCm: 750 },
  { upToCm: 1_350, toldCm: 1_200 },
  { upToCm: 1_700, toldCm: 1_650 },
  { upToCm: 10_220, toldCm: 1_875 },
];

/** Two wheels, cars, and the widest that is allowed on roads (96/53/EC, Annex I, 1.2: 2.55 m). */
const WIDTHS: readonly SizeClass[] = [
  { upToCm: 100, toldCm: 70 },
  { upToCm: 215, toldCm: 180 },
  { upToCm: 1_023, toldCm: 255 },
];

/** A vehicle and a perceived object tell it alike. */
type Size = Pick<WireAwareness, "length_cm" | "width_cm">;

/** Length and width as classes. What is no size by the protocol stays: the server refuses it as before. */
export function classedSize(size: Size): Size {
  return {
    ...classed("length_cm", size.length_cm, LENGTHS),
    ...classed("width_cm", size.width_cm, WIDTHS),
  };
}

function classed(name: keyof Size, valueCm: number | null | undefined, classes: readonly SizeClass[]): Size {
  if (valueCm === null || valueCm === undefined) return {};
  const told = valueCm === 0 ? undefined : classes.find(({ upToCm }) => valueCm <= upToCm);
  return { [name]: told?.toldCm ?? valueCm };
}
