import { appendFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect } from "vitest";

/** `npm run fuzz -- --runs 1000000` sets it; a failure prints seed and path, which reproduce it. */
export const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);
export const TIMEOUT_MS = Math.max(20_000, RUNS * 20);

/** Where `npm run fuzz` gathers what each fuzzer has seen. */
const REPORT = process.env["FUZZ_REPORT"];

/** A single input that takes longer holds everybody else up. */
const MOST_MS = 100;

/** Kept by a fuzzer beyond what it kept after its first tenth: caches of the compiler come and go, a leak goes on. */
const MOST_GROWTH_BYTES = 48 * 1024 * 1024;

/** From here on the growth of memory is looked at: fewer inputs say nothing about it. */
const RUNS_THAT_SHOW_GROWTH = 20_000;

/** An input that took as long is tried again: a collection or the compiler may have struck it. */
const SUSPICIOUS_MS = 20;
const TRIES = 3;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Processor time of this process, ms: a busy machine does not make an input slow. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** What inputs cost: each alone, and in memory that stays. */
class Costs {
  readonly #name = expect.getState().currentTestName ?? "";
  readonly #runs: number;
  readonly #beganMs = performance.now();
  #inputs = 0;
  /** As it happened, and the shortest of three tries. */
  #longestMs = 0;
  #longestAgainMs = 0;
  #earlyBytes = 0;

  constructor(runs: number) {
    this.#runs = runs;
  }

  took(spentMs: number, again: (() => void) | undefined): void {
    this.#inputs++;
    this.#longestMs = Math.max(this.#longestMs, spentMs);
    if (again !== undefined) this.#longestAgainMs = Math.max(this.#longestAgainMs, shortest(spentMs, again));
    if (this.#inputs === Math.ceil(this.#runs / 10)) this.#earlyBytes = heapBytes();
  }

  /** Holds what was seen against the bounds. */
  judge(): void {
    const growthBytes = heapBytes() - this.#earlyBytes;
    this.#report(growthBytes);
    expect(this.#longestAgainMs).toBeLessThan(MOST_MS);
    if (this.#inputs >= RUNS_THAT_SHOW_GROWTH) expect(growthBytes).toBeLessThan(MOST_GROWTH_BYTES);
  }

  #report(growthBytes: number): void {
    if (REPORT === undefined) return;
    const line = {
      fuzzer: this.#name,
      inputs: this.#inputs,
      longestMs: this.#longestMs,
      longestAgainMs: this.#longestAgainMs,
      growthBytes,
      seconds: (performance.now() - this.#beganMs) / 1_000,
    };
    appendFileSync(REPORT, `${JSON.stringify(line)}\n`);
  }
}

/** Of several tries; none where it was short enough at once. */
function shortest(spentMs: number, again: () => void): number {
  let leastMs = spentMs;
  for (let left = TRIES; left > 0 && leastMs > SUSPICIOUS_MS; left--) {
    const beganMs = processorMs();
    again();
    leastMs = Math.min(leastMs, processorMs() - beganMs);
  }
  return leastMs;
}

type MayThrow = (error: Error) => boolean;
const never: MayThrow = () => false;

function excused(error: unknown, mayThrow: MayThrow): void {
  if (!mayThrow(error as Error)) throw error;
}

/** Runs `take` on each input; it may throw only what `mayThrow` names, and none may take long. */
export function survives<Input>(
  inputs: fc.Arbitrary<Input>,
  take: (input: Input) => unknown,
  mayThrow: MayThrow = never,
): void {
  const costs = new Costs(RUNS);
  fc.assert(
    fc.property(inputs, (input) => {
      const once = (): void => {
        try {
          take(input);
        } catch (error) {
          excused(error, mayThrow);
        }
      };
      const beganMs = processorMs();
      once();
      costs.took(processorMs() - beganMs, once);
    }),
    { numRuns: RUNS },
  );
  costs.judge();
}

/** As `survives`; what waits for files or sockets meanwhile is no single input's time, so that only memory is judged. */
export async function survivesAwaiting<Input>(
  inputs: fc.Arbitrary<Input>,
  take: (input: Input) => Promise<unknown>,
  { runs = RUNS, mayThrow = never }: { readonly runs?: number; readonly mayThrow?: MayThrow } = {},
): Promise<void> {
  const costs = new Costs(runs);
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const beganMs = processorMs();
      try {
        await take(input);
      } catch (error) {
        excused(error, mayThrow);
      }
      costs.took(processorMs() - beganMs, undefined);
    }),
    { numRuns: runs },
  );
  costs.judge();
}
