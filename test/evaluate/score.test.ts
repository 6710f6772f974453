import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlertTier } from "../../src/domain/alert.ts";
import { AlertShapes } from "../../src/evaluate/alert-shape.ts";
import { ofTier } from "../../src/evaluate/episode.ts";
import { HAZARD_CLASSES } from "../../src/evaluate/hazard-class.ts";
import { judge } from "../../src/evaluate/match.ts";
import { findMeetings } from "../../src/evaluate/meetings.ts";
import { EventMembers } from "../../src/evaluate/oracle.ts";
import { TruthCells } from "../../src/evaluate/road-time.ts";
import type { Heard } from "../../src/evaluate/run.ts";
import type { Scene } from "../../src/evaluate/scene.ts";
import { summariseKind } from "../../src/evaluate/summary.ts";
import { type EventResult, type KindResult, tallyRun } from "../../src/evaluate/tally.ts";
import { countWarnings } from "../../src/evaluate/warnings.ts";
import { type AlertPlan, at, EPOCH_MS, episodesOf, sceneOf, tableOf, traffic, truthFile } from "./world.ts";

const QUEUE = { onS: 100, offS: 300, tailM: 3_000, headM: 3_500 };
const EXACT: AlertPlan = { fromS: 110, toS: 300, tailM: 3_000, headM: 3_500 };
const EVERYWHERE: AlertPlan = {
  fromS: 110,
  toS: 300,
  tailM: 3_000,
  headingDeg: undefined,
  outline: {
    form: "polygon",
    points: [at(-500, -500), at(7_000, -500), at(7_000, 500), at(-500, 500), at(-500, -500)],
  },
};

// Two cars crawl into the queue's place and stand there.
const QUEUED = [
  { stationId: 11, fromS: 60, fromM: 2_000, toM: 3_050, speedMps: 20, untilS: 290 },
  { stationId: 12, fromS: 100, fromM: 2_000, toM: 3_040, speedMps: 20, untilS: 295 },
];
const scene = sceneOf(truthFile([QUEUE]), [...traffic(600), ...QUEUED]);

/** Everything of everybody, heard 20 ms after it was sent. */
function heardOf({ table }: Scene): Heard {
  return {
    count: table.rows,
    row: Int32Array.from({ length: table.rows }, (_, row) => row),
    receivedAtMs: Float64Array.from(table.timeMs, (timeMs) => timeMs + 20),
  };
}

function score(plans: readonly AlertPlan[], tier: AlertTier = "suspected", of: Scene = scene) {
  const shapes = new AlertShapes(of.ground, of.atlas);
  const judgements = judge(of, shapes, ofTier(episodesOf(plans), tier));
  const oracle = new EventMembers(of).oracle(heardOf(of));
  const equipped = new Uint8Array(of.table.stationIds.length).fill(1);
  const cells = new Map(
    HAZARD_CLASSES.map((hazardClass) => [hazardClass.kind, new TruthCells(of, hazardClass)]),
  );
  const run = tallyRun({ scene: of, shapes, seed: 1, tier, judgements, oracle, equipped, cells });
  const warnings = countWarnings(of, shapes, judgements, equipped, findMeetings(of), oracle, {
    relevanceM: 1_000,
  });
  const kind = run.kinds.get("congestion") as KindResult;
  return { run, kind, event: kind.events[0] as EventResult, warnings, oracle };
}

describe("time to detect", () => {
  it("counts from the onset and from the oracle, who knows of the first vehicle that stands there", () => {
    const { event } = score([EXACT]);
    expect(event).toMatchObject({ detected: true, perceived: true, detectS: 10 });
    // The first car stands from 60 + 1050/20 s on and is heard 20 ms after its report.
    expect(event.oracleS).toBeCloseTo(13.02, 2);
    expect(event.excessS).toBeCloseTo(-3.02, 2);
    expect(event.excessSecondS).toBeCloseTo(10 - 53.02, 2);
  });

  it("moves with the alert", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 290 }), (fromS) => {
        const { event } = score([{ ...EXACT, fromS }]);
        expect(event.detectS).toBe(fromS - 100);
      }),
      { numRuns: 10 },
    );
  });

  it("is that of its own tier", () => {
    const plan: AlertPlan = { ...EXACT, confirmedS: 150 };
    expect(score([plan], "suspected").event.detectS).toBe(10);
    expect(score([plan], "confirmed").event.detectS).toBe(50);
  });
});

describe("road time", () => {
  it("is whole for an exact alert but for the time before it", () => {
    const { claimed = 0, true: isTrue = 0, both = 0, hard } = score([EXACT]).kind.roadTime ?? {};
    expect(both / isTrue).toBeGreaterThan(0.93);
    expect(both / claimed).toBeGreaterThan(0.9);
    expect(hard).toBe(0);
  });

  it.each([
    ["everywhere", EVERYWHERE],
    ["without end", { ...EXACT, toS: 600 }],
  ] satisfies [string, AlertPlan][])("loses precision for an alert %s", (_, plan) => {
    const exact = score([EXACT]).kind.roadTime;
    const { claimed = 0, both = 0, hard = 0 } = score([plan]).kind.roadTime ?? {};
    expect(both / claimed).toBeLessThan(0.5);
    expect(hard).toBeGreaterThan(0);
    expect(both).toBeGreaterThanOrEqual(exact?.both ?? 0);
  });

  it("counts a cell once, however many alerts claim it", () => {
    expect(score([EXACT, EXACT]).kind.roadTime).toEqual(score([EXACT]).kind.roadTime);
  });
});

describe("covered time and flaps", () => {
  it("misses the gap between two alerts and counts the return as a flap", () => {
    const { event } = score([
      { ...EXACT, toS: 200 },
      { ...EXACT, fromS: 220 },
    ]);
    expect(event).toMatchObject({ duplicates: 1, flaps: 1 });
    expect(event.knownS - event.coveredS).toBe(20);
  });

  it("knows no flap where alerts follow each other without a gap", () => {
    expect(
      score([
        { ...EXACT, toS: 200 },
        { ...EXACT, fromS: 190 },
      ]).event.flaps,
    ).toBe(0);
  });
});

describe("tail error", () => {
  it.each([
    [120, 120],
    [-80, -80],
  ])("is %i m where the alert's tail is that far downstream", (offM, errorM) => {
    const { event } = score([{ ...EXACT, tailM: QUEUE.tailM + offM }]);
    expect(event.tailErrorsM.length).toBe(190);
    for (const error of event.tailErrorsM) expect(Math.abs(error - errorM)).toBeLessThan(3);
  });

  it("is unsafe beyond 100 m downstream only", () => {
    const unsafe = (offM: number) => {
      const { run } = score([{ ...EXACT, tailM: QUEUE.tailM + offM }]);
      return summariseKind([run], "congestion", {} as never).tail.unsafe.value;
    };
    expect(unsafe(120)).toBe(1);
    expect(unsafe(-300)).toBe(0);
  });
});

describe("warnings", () => {
  // Each vehicle drives 3 km in 100 s: those that start from 0 to 195 s meet the queue, and the two that stand in it.
  it("warns those who come to the tail, in time", () => {
    const { warnings } = score([EXACT]);
    expect(warnings.met).toBe(42);
    expect(warnings.metWarned).toBeGreaterThanOrEqual(36);
    expect(warnings.needless).toBe(0);
    // 1 km at 20 m/s, the slowest.
    expect(Math.max(...warnings.leadS)).toBeLessThanOrEqual(50);
  });

  it("warns nobody in time with an alert 100 m before the tail's downstream end", () => {
    const { warnings } = score([{ ...EXACT, fromS: 290, toS: 299 }]);
    expect(warnings.metWarned).toBeLessThan(5);
  });

  it("counts a warning for nothing as needless", () => {
    const { warnings } = score([EXACT, { ...EXACT, fromS: 400, toS: 500 }]);
    expect(warnings.needlessFalse).toBeGreaterThan(10);
  });

  it("calls a warning for the whole region needless and late", () => {
    const { warnings } = score([EVERYWHERE]);
    expect(warnings.metWarned).toBe(0);
    expect(warnings.needless).toBeGreaterThan(50);
  });

  it("leaves out the opposite carriageway", () => {
    const opposite = score([{ ...EXACT, headingDeg: 270 }]).warnings;
    expect(opposite.metWarned).toBe(0);
  });
});

describe("victims", () => {
  const stop = {
    station_id: 7,
    start_s: 100,
    last_s: 200,
    lon: at(3_000).longitudeDeg,
    lat: at(3_000).latitudeDeg,
  };
  const broken = sceneOf(truthFile([], { stops: [{ ...stop, label: "incident" }] }), [
    ...traffic(300),
    { stationId: 7, fromS: 0, fromM: 0, toM: 3_000, speedMps: 30, untilS: 250 },
  ]);

  it("splits by whether the vehicle itself is equipped", () => {
    const found: AlertPlan = { kind: "stationary-vehicle", fromS: 105, toS: 200, tailM: 3_000 };
    const shapes = new AlertShapes(broken.ground, broken.atlas);
    const judgements = judge(broken, shapes, episodesOf([found]));
    const resultWith = (isEquipped: boolean): EventResult => {
      const equipped = Uint8Array.from(broken.table.stationIds, (id) => (id === 7 ? Number(isEquipped) : 1));
      const heard = heardOf(broken);
      const rows = [...heard.row].filter((row) => equipped[broken.table.vehicle[row] as number] === 1);
      const oracle = new EventMembers(broken).oracle({
        count: rows.length,
        row: Int32Array.from(rows),
        receivedAtMs: Float64Array.from(rows, (row) => (broken.table.timeMs[row] as number) + 20),
      });
      const cells = new Map();
      const tier = "suspected" as const;
      const run = tallyRun({ scene: broken, shapes, seed: 1, tier, judgements, oracle, equipped, cells });
      return run.kinds.get("stationary-vehicle")?.events[0] as EventResult;
    };
    expect(resultWith(true)).toMatchObject({ victimEquipped: true, perceived: true, detectS: 5 });
    expect(resultWith(false)).toMatchObject({ victimEquipped: false, perceived: false, excessS: undefined });
  });
});

it("reads the same numbers from a table made twice", () => {
  expect(tableOf(traffic(20)).timeMs[0]).toBe(EPOCH_MS);
});
