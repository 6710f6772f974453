/** A documented setting of a detector. The unit stands in its name. */
export interface Parameter {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** What it does, in one sentence. */
  readonly text: string;
  /** Where the default comes from: standard and clause, paper, or reasoning of our own. */
  readonly source: string;
}

export type ParameterGroup = Readonly<Record<string, Parameter>>;
export type ValuesOf<Group extends ParameterGroup> = { readonly [Name in keyof Group]: number };

/**
 * The values of a group: defaults, with overrides where given.
 * @throws RangeError naming the parameter whose override lies outside its range.
 */
export function valuesOf<Group extends ParameterGroup>(
  group: Group,
  overrides: Partial<ValuesOf<Group>> = {},
): ValuesOf<Group> {
  const values: Record<string, number> = {};
  for (const [name, parameter] of Object.entries(group)) {
    const value = overrides[name] ?? parameter.default;
    if (!(value >= parameter.min && value <= parameter.max)) {
      throw new RangeError(`${name} is ${value}; allowed are ${parameter.min} to ${parameter.max}`);
    }
    values[name] = value;
  }
  return values as ValuesOf<Group>;
}
