import { closestWord } from "../domain/closest-word.ts";
import type { Detector } from "../domain/detector.ts";
import { ALL_PARAMETERS, type DocumentedParameter, documentedParameters } from "./all-parameters.ts";
import { type AreaVariant, inAreas } from "./area-variants.ts";
import { type ParameterGroup, type ValuesOf, valuesOf } from "./parameter.ts";
import type { TunedArea } from "./tuned-area.ts";

/** Values by key, e.g. `{ "stationary-vehicle.suspectedAfterMs": 4000 }`. */
export type ParameterValues = Readonly<Record<string, number>>;

/** What is set besides the defaults. */
export interface DetectionSettings {
  readonly values?: ParameterValues;
  /** Where several areas overlap, the first counts. */
  readonly areas?: readonly TunedArea[];
}

type Groups = typeof ALL_PARAMETERS;

/** The values of the group of settings with this name. */
export type Tuned = <Name extends keyof Groups>(name: Name) => ValuesOf<Groups[Name]>;

const known: ReadonlyMap<string, DocumentedParameter> = new Map(
  documentedParameters().map((parameter) => [parameter.key, parameter]),
);

/**
 * The detectors that `build` makes of its settings, each as many times as it needs: where areas have values of their own
 * for a detector, it runs once more for each of these areas.
 * @throws RangeError naming the key that is unknown, out of range, or the same everywhere
 */
export function tunedDetectors(
  build: (tuned: Tuned) => readonly Detector<unknown>[],
  { values = {}, areas = [] }: DetectionSettings,
): readonly Detector<unknown>[] {
  const detectors = build(tunedBy(values));
  if (areas.length === 0) return detectors;
  const variants = areas.map((area) => {
    refuseEverywhere(area);
    return { area, detectors: build(tunedBy({ ...values, ...area.values })), names: namesIn(area.values) };
  });
  return detectors.map((detector, i) => {
    const own = variants.flatMap((variant): AreaVariant[] => {
      const other = variant.detectors[i];
      return other !== undefined && variant.names.has(detector.name) ? [{ ...variant, detector: other }] : [];
    });
    return own.length === 0 ? detector : inAreas(detector, own);
  });
}

/**
 * Values of each group, with overrides where given.
 * @throws RangeError naming the key that is unknown or out of range
 */
export function tunedBy(values: ParameterValues): Tuned {
  for (const [key, value] of Object.entries(values)) refuseWrong(key, value);
  return (name) => {
    const prefix = `${name}.`;
    const own = Object.entries(values).filter(([key]) => key.startsWith(prefix));
    const overrides = Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
    const group: ParameterGroup = ALL_PARAMETERS[name];
    return valuesOf(group, overrides) as ValuesOf<Groups[typeof name]>;
  };
}

function refuseWrong(key: string, value: number): void {
  const parameter = known.get(key);
  if (parameter === undefined) {
    const meant = closestWord(key, [...known.keys()]);
    throw new RangeError(
      `${key} is no parameter of a detector${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    );
  }
  if (!(value >= parameter.min && value <= parameter.max)) {
    throw new RangeError(`${key} is ${value}; allowed are ${parameter.min} to ${parameter.max}`);
  }
}

function refuseEverywhere({ name, values }: TunedArea): void {
  for (const key of Object.keys(values)) {
    if (known.get(key)?.perArea === false) {
      throw new RangeError(`${key} has one value everywhere, and the area ${name} gives it another`);
    }
  }
}

function namesIn(values: ParameterValues): ReadonlySet<string> {
  return new Set(Object.keys(values).map((key) => key.slice(0, key.indexOf("."))));
}
