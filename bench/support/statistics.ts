/** The value below which the share `q` (0..1) of the values lies: nearest rank, NaN without values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(q * sorted.length)));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Middle value, the mean of the middle two for an even count; NaN without values. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Distance of the extremes relative to the median: how noisy a measurement was. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** Medians, field by field, of records of numbers. Fields that some record lacks are left out. */
export function medians(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const fields = Object.keys(records[0] ?? {}).filter((field) => records.every((record) => field in record));
  return Object.fromEntries(
    fields.map((field) => [field, median(records.map((record) => record[field] ?? Number.NaN))]),
  );
}
