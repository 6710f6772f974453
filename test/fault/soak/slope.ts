export interface Slope {
  readonly perHour: number;
  /** Half the width of the 95 % confidence interval. */
  readonly plusMinus: number;
  readonly points: number;
}

/** Student's t for 95 %, two-sided, by degrees of freedom; between the rows the row before holds, which is wider. */
const T_95: readonly (readonly [number, number])[] = [
  [1, 12.71],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [6, 2.447],
  [8, 2.306],
  [10, 2.228],
  [15, 2.131],
  [20, 2.086],
  [30, 2.042],
  [60, 2],
  [120, 1.98],
];

/**
 * Least squares over time. Memory follows itself: what is above the line now is so a moment later, too. So the interval is
 * widened as if there were fewer points, by the correlation of neighbouring residuals (n' = n (1 − r) / (1 + r), Bayley and
 * Hammersley 1946).
 * @param times in ms
 */
export function slopeOf(times: readonly number[], values: readonly number[]): Slope {
  const n = times.length;
  const hours = times.map((ms) => ms / 3_600_000);
  const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [middle, level] = [mean(hours), mean(values)];
  const spread = hours.reduce((sum, hour) => sum + (hour - middle) ** 2, 0);
  const perHour =
    hours.reduce((sum, hour, i) => sum + (hour - middle) * ((values[i] ?? 0) - level), 0) / spread;
  const residuals = hours.map((hour, i) => (values[i] ?? 0) - level - perHour * (hour - middle));
  const squares = residuals.reduce((sum, one) => sum + one * one, 0);
  const neighbours = residuals.slice(1).reduce((sum, one, i) => sum + one * (residuals[i] ?? 0), 0);
  const r = Math.min(0.95, Math.max(0, squares === 0 ? 0 : neighbours / squares));
  const independent = Math.max(3, (n * (1 - r)) / (1 + r));
  const error = Math.sqrt(squares / Math.max(1, n - 2) / spread) * Math.sqrt(n / independent);
  return { perHour, plusMinus: tOf(independent - 2) * error, points: n };
}

function tOf(freedom: number): number {
  return T_95.findLast(([least]) => least <= Math.max(1, freedom))?.[1] ?? 12.71;
}

/** Whether nothing in the data speaks for a growth. */
export function mayBeFlat({ perHour, plusMinus }: Slope): boolean {
  return perHour - plusMinus <= 0;
}
