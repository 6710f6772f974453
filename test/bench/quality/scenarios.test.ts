import { beforeAll, describe, expect, it } from "vitest";
import { SCENARIOS } from "../../../bench/quality/catalog.ts";
import { type Sample, samplesCsv, stationIdOf } from "../../../bench/quality/samples.ts";
import type { Scenario, ScenarioRun } from "../../../bench/quality/scenario.ts";
import { tableOf } from "../../../bench/quality/table.ts";
import { parseTruth } from "../../../src/evaluate/read-truth.ts";
import { readRoadMap } from "../../../src/geo/road/road-map.ts";

function scenario(name: string): Scenario {
  const found = SCENARIOS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  return found;
}

/** The cheap ones: what they share is tested on them. */
const NAMES = [
  "wrong-way-motorway",
  "wrong-way-ramp",
  "signals-red-queues",
  "bus-stops",
  "parking",
  "slow-transport",
];
const runs = new Map<string, ScenarioRun>();

function runOf(name: string): ScenarioRun {
  const run = runs.get(name);
  if (run === undefined) throw new Error(`${name} was not made`);
  return run;
}

const pathOf = (run: ScenarioRun, vehicle: number): readonly Sample[] =>
  run.samples.filter((sample) => sample.vehicle === vehicle);

beforeAll(async () => {
  for (const name of NAMES) runs.set(name, await scenario(name).generate(3));
}, 60_000);

describe("every scenario", () => {
  it("has a name of its own and says what happens", () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
    for (const { title, victims } of SCENARIOS) {
      expect(title.length).toBeGreaterThan(20);
      expect(victims.length).toBeGreaterThan(0);
    }
  });

  it.each(NAMES)("%s: its map, truth and table are read by those who use them", (name) => {
    const run = runOf(name);
    const roads = readRoadMap(JSON.parse(JSON.stringify(run.map)), name);
    const truth = parseTruth(JSON.parse(JSON.stringify(run.truth)));
    const table = tableOf(run.samples);
    expect(roads.routes.length).toBeGreaterThan(1);
    expect(table.rows).toBe(run.samples.length);
    expect(truth.toMs - truth.fromMs).toBe(scenario(name).durationS * 1_000);
    for (const { route } of run.truth.hazards) expect(roads.routes.map(({ id }) => id)).toContain(route);
  });

  it.each(NAMES)("%s: vehicles drive on the roads of its map", (name) => {
    const run = runOf(name);
    const roads = readRoadMap(run.map, name);
    const some = run.samples.filter((_, i) => i % 499 === 0);
    const off = some.filter(
      ({ latitudeDeg, longitudeDeg }) => roads.near({ latitudeDeg, longitudeDeg }, 12).length === 0,
    );
    expect(off).toEqual([]);
  });

  it("gives the same bytes for the same seed", async () => {
    const again = await scenario("parking").generate(3);
    expect(samplesCsv(again.samples)).toBe(samplesCsv(runOf("parking").samples));
    expect(again.truth).toEqual(runOf("parking").truth);
    const other = await scenario("parking").generate(4);
    expect(other.truth).not.toEqual(again.truth);
  });
});

describe("what is true", () => {
  it.each(["wrong-way-motorway", "wrong-way-ramp"])("%s: one vehicle drives against its road", (name) => {
    const run = runOf(name);
    const [hazard] = run.truth.hazards;
    expect(run.truth.hazards).toHaveLength(1);
    const wrong = run.samples.filter(({ vehicle }) => hazard?.station_ids.includes(stationIdOf(vehicle)));
    expect(wrong[0]?.atS).toBe(hazard?.on_s);
    expect(wrong.at(-1)?.atS).toBe(hazard?.off_s);
    const onMain = wrong.filter(({ road }) => road === wrong[0]?.road);
    expect(onMain.at(-1)?.routeM).toBeLessThan((onMain[0]?.routeM ?? 0) - 100);
    const others = run.samples.filter(
      ({ vehicle, road }) => road === wrong[0]?.road && vehicle !== wrong[0]?.vehicle,
    );
    const heading = others[0]?.headingDeg ?? 0;
    expect(Math.abs((((((wrong[0]?.headingDeg ?? 0) - heading) % 360) + 540) % 360) - 180)).toBeGreaterThan(
      90,
    );
  });

  it("signals: vehicles stand at red, and nothing of it is a hazard", () => {
    const { truth } = runOf("signals-red-queues");
    expect(truth.stops.length).toBeGreaterThan(20);
    expect(new Set(truth.stops.map(({ label }) => label))).toEqual(new Set(["signal"]));
    expect(truth.queues).toEqual([]);
    expect(truth.notes["failed_cycles"]).toBe(0);
  });

  it("bus stops: buses halt where they should, for as long as they do", () => {
    const { truth } = runOf("bus-stops");
    const halts = truth.stops.filter(({ label }) => label === "bus_stop");
    expect(halts.length).toBeGreaterThan(3);
    for (const { start_s, last_s } of halts) expect(last_s - start_s).toBeLessThan(120);
  });

  it("parking: those who park stand beside the lane", () => {
    const run = runOf("parking");
    const parked = run.truth.stops.filter(({ label }) => label === "parking");
    expect(parked.length).toBeGreaterThan(3);
    for (const { station_id, start_s } of parked) {
      const path = run.samples.filter(
        ({ vehicle, atS }) => stationIdOf(vehicle) === station_id && atS === start_s,
      );
      expect(path.map(({ lane }) => lane)).toEqual([-1]);
    }
  });

  it("slow transport: it keeps its speed, and no queue forms behind it", () => {
    const run = runOf("slow-transport");
    const [hazard] = run.truth.hazards;
    const transport = pathOf(run, (hazard?.station_ids[0] ?? 0) - stationIdOf(0));
    const speeds = transport.map(({ speedMps }) => speedMps);
    expect(Math.max(...speeds)).toBeLessThan(14);
    expect(run.truth.queues).toEqual([]);
  });
});
