import { describe, expect, it } from "vitest";
import { Ground } from "../../src/evaluate/ground.ts";
import { drawEquipped, recordedPenetration } from "../../src/evaluate/penetration.ts";
import { parseTruth } from "../../src/evaluate/read-truth.ts";
import type { VehicleTable } from "../../src/evaluate/vehicle-table.ts";
import { at, tableOf, traffic, truthFile } from "./world.ts";

const ground = new Ground(at(0));
const NOBODY: ReadonlySet<number> = new Set();
const ALL = { value: 1, high: 1, from: "given", witnesses: 0 } as const;

/** A truth whose stops name every vehicle, and a recording of every third of them. */
function witnessed(every: number): { table: VehicleTable; truth: ReturnType<typeof parseTruth> } {
  const drives = traffic(600).filter(({ toM }) => toM > 0);
  const stops = drives.map(({ stationId, fromS }) => ({
    station_id: stationId,
    start_s: fromS + 10,
    last_s: fromS + 12,
    lon: at(300).longitudeDeg,
    lat: at(300).latitudeDeg,
    label: "in_queue",
  }));
  const file = truthFile([], { stops, penetration: null });
  return { table: tableOf(drives.filter((_, i) => i % every === 0)), truth: parseTruth(file) };
}

describe("the recording's own penetration", () => {
  it("is 1 where all witnesses are there", () => {
    const { table, truth } = witnessed(1);
    expect(recordedPenetration(table, truth, NOBODY, ground, undefined)).toMatchObject({ value: 1, high: 1 });
  });

  it("is the share of the witnesses that are there", () => {
    const { table, truth } = witnessed(3);
    const { value, high } = recordedPenetration(table, truth, NOBODY, ground, undefined);
    expect(value).toBeCloseTo(1 / 3, 1);
    expect(high).toBeGreaterThan(value);
    expect(high).toBeLessThan(0.45);
  });

  it("is asked for where nothing tells", () => {
    const truth = parseTruth(truthFile([], { penetration: null }));
    const table = tableOf(traffic(20));
    expect(() => recordedPenetration(table, truth, NOBODY, ground, undefined)).toThrow(
      /what share of all vehicles/,
    );
    expect(recordedPenetration(table, truth, NOBODY, ground, 0.3).value).toBe(0.3);
  });
});

describe("the draw", () => {
  const table = tableOf(traffic(600));
  const draw = (penetration: number, seed = 1, recorded: { value: number; high: number } = ALL) =>
    drawEquipped(table, NOBODY, { penetration, seed, victims: "drawn", recorded: { ...ALL, ...recorded } });
  const count = (equipped: Uint8Array): number => equipped.reduce((sum, x) => sum + x, 0);

  it("is absolute: from a recording of half of all vehicles, 20 % are two fifths", () => {
    const mean = Array.from({ length: 40 }, (_, seed) => count(draw(0.2, seed, { value: 0.5, high: 0.5 })));
    const sum = mean.reduce((a, b) => a + b, 0);
    expect(sum / (40 * table.stationIds.length)).toBeCloseTo(0.4, 1);
  });

  it("is nested: who is equipped at 5 % is so at 20 %", () => {
    const few = draw(0.05);
    const many = draw(0.2);
    few.forEach((isEquipped, vehicle) => {
      expect(isEquipped).toBeLessThanOrEqual(many[vehicle] as number);
    });
    expect(draw(0.05)).toEqual(few);
    expect(draw(0.05, 2)).not.toEqual(few);
  });

  it("refuses more than the recording holds", () => {
    expect(() => draw(0.4, 1, { value: 0.3, high: 0.32 })).toThrow(/holds 30 % of all vehicles.*40 %/);
    expect(count(draw(0.31, 1, { value: 0.3, high: 0.32 }))).toBe(table.stationIds.length);
  });

  it("draws hazard vehicles by the share itself, though such recordings hold them always", () => {
    const victims = new Set([1_000]);
    const drawn = Array.from({ length: 400 }, (_, seed) => {
      const recorded = { ...ALL, value: 0.1, high: 0.1 };
      return drawEquipped(table, victims, { penetration: 0.1, seed, victims: "drawn", recorded })[
        table.stationIds.indexOf(1_000)
      ] as number;
    });
    const share = drawn.reduce((a, b) => a + b, 0) / drawn.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.16);
  });

  it("can fix them", () => {
    const victims = new Set([1_000]);
    const vehicle = table.stationIds.indexOf(1_000);
    const of = (how: "equipped" | "bare") =>
      drawEquipped(table, victims, { penetration: 0.5, seed: 3, victims: how, recorded: ALL })[vehicle];
    expect(of("equipped")).toBe(1);
    expect(of("bare")).toBe(0);
  });
});
