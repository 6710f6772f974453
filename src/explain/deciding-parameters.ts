import { type DocumentedParameter, documentedParameters } from "../detect/all-parameters.ts";
import type { Alert, Measure } from "../domain/alert.ts";

/** A number of an explanation beside the setting that it was held against. */
export interface ExplainedMeasure extends Measure {
  /** The setting whose value is the threshold; undefined where the rule has none, or none that can be told by its value. */
  readonly parameter: DocumentedParameter | undefined;
}

/** Values that differ from the defaults, by key. */
export type SetValues = Readonly<Record<string, number>>;

/** Settings of the detector that made the alert: its rules are named `<detector>/<rule>`. */
export function parametersOf(alert: Alert): readonly DocumentedParameter[] {
  const detector = detectorOf(alert);
  return documentedParameters().filter((parameter) => parameter.detector === detector);
}

export function detectorOf({ why }: Alert): string {
  return why.rule.split("/")[0] ?? "";
}

/** Measures of a revision with the settings that decided. */
export function explainedMeasures(alert: Alert, set: SetValues = {}): readonly ExplainedMeasure[] {
  const parameters = parametersOf(alert);
  return alert.why.measures.map((measure) => ({
    ...measure,
    parameter: measure.threshold === undefined ? undefined : decidingFor(measure, parameters, set),
  }));
}

/** Units of measures, as their names end, in the unit of the setting with the same dimension. */
const IN_UNIT_OF: readonly (readonly [ending: RegExp, unit: string, factor: number])[] = [
  [/Kmph$/, "m/s", 1 / 3.6],
  [/Mps2$/, "m/s²", 1],
  [/Mps$/, "m/s", 1],
  [/Ms$/, "ms", 1],
  [/[a-z]S$/, "ms", 1_000],
  [/Pct$/, "%", 1],
  [/Deg$/, "°", 1],
  [/[a-z]M$/, "m", 1],
];

/** Measures are rounded for people. */
const ROUNDING = 0.02;

/** The setting of the same dimension and value; of several the one whose name has most words in common. */
function decidingFor(
  { name, threshold }: Measure,
  parameters: readonly DocumentedParameter[],
  set: SetValues,
): DocumentedParameter | undefined {
  if (threshold === undefined) return undefined;
  const [, unit, factor] = IN_UNIT_OF.find(([ending]) => ending.test(name)) ?? [/$/, "", 1];
  const words = wordsOf(name);
  const fitting = parameters
    .filter((parameter) => parameter.unit === unit)
    .map((parameter) => ({ ...parameter, default: set[parameter.key] ?? parameter.default }))
    .filter(({ default: value }) => Math.abs(value - threshold * factor) <= ROUNDING * Math.abs(value))
    .map((parameter) => ({ parameter, shared: sharedWords(words, wordsOf(parameter.key)) }))
    .sort((a, b) => b.shared - a.shared);
  const [best, second] = fitting;
  return best === undefined || best.shared === second?.shared ? undefined : best.parameter;
}

/** Words of a name without its unit; `stationary-vehicle.suspectedAfterMs` → suspected, after. */
function wordsOf(name: string): readonly string[] {
  const own = name.slice(name.indexOf(".") + 1).replace(/(Kmph|Mps2|Mps|Ms|Pct|Deg|S|M)$/, "");
  return own.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}

function sharedWords(a: readonly string[], b: readonly string[]): number {
  return a.filter((word) => b.some((other) => other.startsWith(word.slice(0, 5)))).length;
}
