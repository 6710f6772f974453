/**
 * Chance that a Poisson process with this mean gives `count` or more. Sums the terms below, or above where that cancels:
 * exact to 1e-9 of the result for means up to 700.
 */
export function poissonAtLeast(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  return count > mean ? upperTail(count, mean) : 1 - lowerSum(count, mean);
}

function lowerSum(count: number, mean: number): number {
  let term = 1 / naturalPower(mean);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, sum);
}

function upperTail(count: number, mean: number): number {
  let term = 1 / naturalPower(mean);
  for (let k = 1; k <= count; k++) term *= mean / k;
  let sum = 0;
  for (let k = count; term > sum * 1e-15; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}

const HALVINGS = 12;
const TERMS = 8;

/** e to the power of x ≥ 0, by series and squaring: `Math.exp` differs between versions of Node. */
function naturalPower(x: number): number {
  const small = x / 4_096;
  let power = 1;
  for (let k = TERMS; k >= 1; k--) power = 1 + (power * small) / k;
  for (let i = 0; i < HALVINGS; i++) power *= power;
  return power;
}
