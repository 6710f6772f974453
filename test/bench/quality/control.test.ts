import { describe, expect, it } from "vitest";
import { stationIdOf } from "../../../bench/quality/samples.ts";
import { control } from "../../../bench/quality/scenarios/control.ts";
import { shareOf } from "../../../src/evaluate/chance.ts";
import { parseTruth } from "../../../src/evaluate/read-truth.ts";
import { readRoadMap } from "../../../src/geo/road/road-map.ts";

const SEED = 5;
const DENSEST = 0.1;

describe("control traffic", () => {
  const made = Promise.resolve(control.generate(SEED, DENSEST));

  it("asks for silence, and nothing that it does is a hazard", async () => {
    const { truth } = await made;
    expect(control.asks).toEqual([]);
    expect(truth.hazards).toEqual([]);
    const counted = parseTruth(JSON.parse(JSON.stringify(truth))).events.filter(
      ({ dontCare }) => dontCare === undefined,
    );
    // Nobody brakes as in an emergency; the reader knows it by the deceleration.
    expect(counted.filter(({ brake }) => brake === undefined || brake.peakMps2 <= -7)).toEqual([]);
  }, 60_000);

  it("keeps whoever is heard second by second, and of the others only what is slow", async () => {
    const { samples } = await made;
    const isHeard = (vehicle: number): boolean => shareOf(SEED, 1, stationIdOf(vehicle)) < DENSEST;
    const others = samples.filter(({ vehicle }) => !isHeard(vehicle));
    expect(Math.max(0, ...others.map(({ speedMps }) => speedMps))).toBeLessThanOrEqual(30 / 3.6);
    const one = samples.find(({ vehicle, road, atS }) => isHeard(vehicle) && road === "A900n" && atS > 300);
    const times = samples.filter(({ vehicle }) => vehicle === one?.vehicle).map(({ atS }) => atS);
    expect(times.length).toBeGreaterThan(300);
    for (let i = 1; i < times.length; i++) expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBe(1);
  }, 60_000);

  it("has ramps that the map connects", async () => {
    const { map, samples } = await made;
    const roads = readRoadMap(map, "control");
    expect(roads.routes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["A900p", "A900n", "A900p-entrance-1", "A900p-exit-1"]),
    );
    const roadsOf = new Map<number, Set<string>>();
    for (const { vehicle, road } of samples)
      roadsOf.set(vehicle, (roadsOf.get(vehicle) ?? new Set()).add(road));
    const merged = [...roadsOf.values()].filter((of) => of.has("A900p-entrance-1") && of.has("A900p"));
    expect(merged.length).toBeGreaterThan(0);
  }, 60_000);
});
