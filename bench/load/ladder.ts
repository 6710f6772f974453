export interface LadderOptions {
  readonly firstRate: number;
  /** From one rung to the next. */
  readonly factor: number;
  readonly leastRate: number;
  readonly mostRate: number;
  /** Halvings of the interval between the highest rung that held and the lowest that did not. */
  readonly refinements: number;
}

/**
 * The highest rate that holds: up the ladder while it holds, down while it does not, then between the two. Every rate
 * is tried at most once. 0 where not even the lowest one holds.
 */
export async function highestHolding(
  holds: (rate: number) => Promise<boolean>,
  options: LadderOptions,
): Promise<number> {
  let good = 0;
  let bad = Number.POSITIVE_INFINITY;
  for (let rate = options.firstRate; rate >= options.leastRate && rate <= options.mostRate; ) {
    if (await holds(rate)) good = rate;
    else bad = rate;
    if (good > 0 && bad < Number.POSITIVE_INFINITY) break;
    rate = good > 0 ? rate * options.factor : rate / options.factor;
  }
  if (good === 0 || bad === Number.POSITIVE_INFINITY) return good;
  for (let i = 0; i < options.refinements; i++) {
    const middle = (good + bad) / 2;
    if (await holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
