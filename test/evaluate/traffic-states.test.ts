import { expect, it } from "vitest";
import type { DetectionContext, TrafficLevel } from "../../src/domain/detector.ts";
import { LevelTruth, levelShares, STATE_LEVELS, TRUE_LEVELS } from "../../src/evaluate/levels.ts";
import { parseTruth } from "../../src/evaluate/read-truth.ts";
import { makeScene } from "../../src/evaluate/scene.ts";
import { TrafficStates } from "../../src/evaluate/traffic-states.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { at, tableOf, traffic, truthFile } from "./world.ts";

const coordinates = [at(0), at(6_000)].map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg]);
const roads = readRoadMap({
  type: "FeatureCollection",
  roadpulse: { map: 1 },
  name: "straight",
  features: [
    {
      type: "Feature",
      id: "east",
      properties: { route: "A1-east", order: 0, ref: "A1", direction: "Ost", lanes: 2, limit_kmh: 120 },
      geometry: { type: "LineString", coordinates },
    },
  ],
});
// Everybody drives at 30 m/s, but from 100 to 400 s nobody faster than 14 m/s between 2 and 4 km.
const column = Array.from({ length: 60 }, (_, i) => ({
  stationId: 9_000 + i,
  fromS: 100 + 3 * i,
  fromM: 2_000,
  toM: 4_000,
  speedMps: 14,
}));
const drives = [...traffic(600).filter(({ fromS }) => fromS < 60 || fromS > 400), ...column];
const scene = makeScene(tableOf(drives), parseTruth(truthFile([])), roads);

/** Shares of what a state that says this everywhere is counted as. */
function counted(said: TrafficLevel | undefined, level: (typeof TRUE_LEVELS)[number]) {
  const states = new TrafficStates(scene.atlas, scene.ground, roads, scene.fromMs);
  const watcher = states.watcher();
  const context = { traffic: { isCongested: () => false, levelOn: () => said } };
  for (let tickMs = scene.fromMs; tickMs < scene.toMs; tickMs += 50)
    watcher.onTick?.(undefined, tickMs, context as unknown as DetectionContext, () => undefined);
  const shares = levelShares([new LevelTruth(scene).measureState(states)], STATE_LEVELS);
  return shares[TRUE_LEVELS.indexOf(level)]?.toldAs;
}

it("holds the state of traffic against the true level, cell by cell, and silence is nothing", () => {
  const slow = counted("heavy", "slow");
  expect(slow?.[0]?.of).toBeGreaterThan(200);
  expect(slow?.[STATE_LEVELS.indexOf("heavy")]?.value).toBe(1);
  expect(counted(undefined, "free")?.[STATE_LEVELS.indexOf("nothing")]?.value).toBe(1);
});
