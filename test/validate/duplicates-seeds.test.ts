import { describe, expect, it } from "vitest";
import { seededRandom } from "../../bench/support/random.ts";
import type { DecodedItem } from "../../src/domain/frame.ts";
import { Bench, item, motion } from "./items.ts";

const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);
const RSUS = ["rsu-1", "rsu-2", "rsu-3"];
const VEHICLES = 25;
const SECONDS = 12;

interface Copy {
  readonly atMs: number;
  readonly order: number;
  readonly message: string;
  readonly decoded: DecodedItem;
}

/**
 * What three roadside units send on of vehicles that report at 1 to 10 Hz: each copy with its own delay of 10 to 400 ms,
 * a tenth not heard, a twentieth sent twice. Vehicles pair up side by side with equal speeds, stand still, or have clocks
 * of whole seconds, so that different messages look alike.
 */
function copiesOf(seed: number): Copy[] {
  const random = seededRandom(seed);
  const copies: Copy[] = [];
  for (let vehicle = 0; vehicle < VEHICLES; vehicle++) {
    const stepMs = 100 + Math.floor(random() * 10) * 100;
    const speedMps = vehicle % 3 === 0 ? 0 : 5 * (vehicle % 5);
    for (let atMs = 0; atMs < SECONDS * 1_000; atMs += stepMs) {
      const latitudeDeg = 51.43 + (vehicle >> 1) * 0.01 + (speedMps * atMs) / 111_195_000;
      const observation = motion({ latitudeDeg, speedMps, headingDeg: 0 });
      for (const receiver of RSUS) {
        if (random() < 0.1) continue;
        const times = random() < 0.05 ? 2 : 1;
        for (let i = 0; i < times; i++) {
          const decoded = item(atMs, { stationId: vehicle + 1, receiver, observation });
          const delayMs = 10 + random() * 390;
          copies.push({ atMs: atMs + delayMs, order: copies.length, message: `${vehicle} ${atMs}`, decoded });
        }
      }
    }
  }
  return copies.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
}

describe("copies through three roadside units, delayed and out of order", () => {
  it.each(SEEDS)("are all recognised, and nothing else is, seed %i", (seed) => {
    const bench = new Bench();
    const seen = new Map<string, Set<string>>();
    const wrong: string[] = [];
    let tickMs = 0;
    for (const { atMs, message, decoded } of copiesOf(seed)) {
      for (; tickMs <= atMs; tickMs += 50) bench.tick(tickMs);
      const receivers = seen.get(message);
      const expected =
        receivers === undefined ? "frame" : receivers.has(decoded.receiver) ? "duplicate" : "corroboration";
      const word = bench.sendAt(atMs, decoded);
      if (word !== expected) wrong.push(`${message} through ${decoded.receiver}: ${word}, not ${expected}`);
      seen.set(message, (receivers ?? new Set()).add(decoded.receiver));
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(500);
  });
});
