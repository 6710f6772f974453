import { describe, expect, it } from "vitest";
import { World } from "../../../bench/quality/idm/world.ts";
import { motorway } from "../../../bench/quality/plan/motorway.ts";
import type { Sample } from "../../../bench/quality/samples.ts";

function drive(seed: number, perHour: number): readonly Sample[] {
  const world = new World({ seed, durationS: 90, sampleS: 0.5 });
  world.addRoad(motorway({ lengthM: 2_000 }).rising, [{ perHour }]);
  return world.run();
}

/** Vehicles of one lane at one moment, front first. */
function lanesAt(samples: readonly Sample[], atS: number): Map<number, Sample[]> {
  const lanes = new Map<number, Sample[]>();
  for (const sample of samples.filter((candidate) => candidate.atS === atS)) {
    lanes.set(sample.lane, [...(lanes.get(sample.lane) ?? []), sample]);
  }
  for (const lane of lanes.values()) lane.sort((a, b) => b.routeM - a.routeM);
  return lanes;
}

describe("simulated traffic", () => {
  it("is the same for the same seed and another for another", () => {
    const first = drive(7, 1_500);
    expect(drive(7, 1_500)).toEqual(first);
    expect(drive(8, 1_500)).not.toEqual(first);
  });

  it("flows from the first second on", () => {
    const first = drive(6, 1_500).filter(({ atS }) => atS === 0);
    expect(first.length).toBeGreaterThan(10);
    expect(Math.min(...first.map(({ speedMps }) => speedMps))).toBeGreaterThan(15);
  });

  it("never drives through the vehicle ahead", () => {
    const samples = drive(3, 3_000);
    for (const atS of [0, 30, 60, 90]) {
      for (const lane of lanesAt(samples, atS).values()) {
        lane.slice(1).forEach((follower, i) => {
          const leader = lane[i] as Sample;
          expect(leader.routeM - leader.lengthM - follower.routeM).toBeGreaterThan(0);
        });
      }
    }
  });

  it("lets about as many vehicles in as asked for", () => {
    const samples = drive(5, 1_800);
    const before = new Set(samples.filter(({ atS }) => atS === 0).map(({ vehicle }) => vehicle));
    const entered = new Set(samples.map(({ vehicle }) => vehicle)).size - before.size;
    expect(entered).toBeGreaterThan(25);
    expect(entered).toBeLessThan(65);
  });

  it("brakes hard hardly ever while nothing happens", () => {
    const samples = drive(4, 1_500);
    expect(samples.filter(({ accelerationMps2 }) => accelerationMps2 <= -4).length).toBeLessThan(
      samples.length / 1_000,
    );
  });

  it("moves as its speed says", () => {
    const samples = drive(2, 1_500);
    const drives = groupOf(samples);
    for (const drive of drives.values()) {
      drive.slice(1).forEach((to, i) => {
        const from = drive[i] as Sample;
        const spanS = to.atS - from.atS;
        const meanMps = (from.speedMps + to.speedMps) / 2;
        expect(Math.abs(to.routeM - from.routeM - meanMps * spanS)).toBeLessThan(1);
      });
    }
  });
});

function groupOf(samples: readonly Sample[]): Map<number, Sample[]> {
  const groups = new Map<number, Sample[]>();
  for (const sample of samples) groups.set(sample.vehicle, [...(groups.get(sample.vehicle) ?? []), sample]);
  return groups;
}
