import { describe, expect, it } from "vitest";
import { linearScale } from "../../src/plot/scale.ts";
import { type TimeSpaceDiagram, timeSpaceDiagram } from "../../src/plot/time-space.ts";
import { drawTrajectories, type Trajectory } from "../../src/plot/trajectories.ts";
import { checkWellFormed } from "./well-formed.ts";

const BEGAN_MS = 1_790_000_000_000;

/** Drives 30 m/s, stands from 60 s to 90 s at 1.8 km. */
function drive(startS: number, equipped: boolean): Trajectory {
  const seconds = Array.from({ length: 150 }, (_, s) => s);
  const moved = (s: number): number => (s < 60 ? s : s < 90 ? 60 : s - 30);
  return {
    atMs: seconds.map((s) => BEGAN_MS + (startS + s) * 1_000),
    alongM: seconds.map((s) => 30 * moved(s)),
    speedMps: seconds.map((s) => (s >= 60 && s < 90 ? 0 : 30)),
    equipped,
  };
}

const diagram: TimeSpaceDiagram = {
  title: "A1 → <Somewhere>",
  subtitle: "a test & more",
  caption: "seed 1",
  fromMs: BEGAN_MS,
  toMs: BEGAN_MS + 240_000,
  zeroMs: BEGAN_MS,
  fromM: 0,
  toM: 3_600,
  kmAt: (alongM) => 20 - alongM / 1_000,
  trajectories: [drive(0, true), drive(20, false)],
  truth: [
    {
      label: "queue",
      points: [{ atMs: BEGAN_MS + 60_000, fromM: 1_700, toM: 1_800 }],
      endMs: BEGAN_MS + 90_000,
      road: "A1",
      dontCare: false,
    },
  ],
  alerts: [
    {
      kind: "congestion",
      tier: "confirmed",
      points: [{ atMs: BEGAN_MS + 65_000, fromM: 1_700, toM: 1_800 }],
      endMs: BEGAN_MS + 100_000,
      isFalse: false,
    },
    {
      kind: "stationary-vehicle",
      tier: "suspected",
      points: [{ atMs: BEGAN_MS + 66_000, fromM: 1_750, toM: 1_750 }],
      endMs: BEGAN_MS + 80_000,
      isFalse: true,
    },
  ],
};

describe("a time–space diagram", () => {
  const svg = timeSpaceDiagram(diagram);

  it("is well formed and names axes with units, legend and caption", () => {
    checkWellFormed(svg);
    for (const words of ["kilometre", "min:s", "Speed, km/h", "Truth", "queue", "false alert", "seed 1"]) {
      expect(svg).toContain(words);
    }
    expect(svg).toContain("A1 → &lt;Somewhere&gt;");
  });

  it("writes posted kilometres, which may fall", () => {
    const labels = [...svg.matchAll(/<text[^>]*>(1\d(?:\.\d)?|20)<\/text>/g)].map(([, label]) =>
      Number(label),
    );
    expect(labels).toContain(20);
    expect(labels).toContain(17);
  });

  it("draws what is equipped apart from what is not, and only then says so", () => {
    expect(svg).toContain("equipped vehicle");
    const alike = timeSpaceDiagram({ ...diagram, trajectories: [drive(0, true)] });
    expect(alike).not.toContain("equipped vehicle");
  });

  it("is one without truth, alerts or vehicles", () => {
    checkWellFormed(
      timeSpaceDiagram({ ...diagram, truth: [], alerts: [], trajectories: [], kmAt: undefined }),
    );
  });
});

describe("trajectories", () => {
  const x = linearScale(BEGAN_MS, BEGAN_MS + 600_000, 0, 1_000);
  const y = linearScale(0, 3_600, 600, 0);

  it("stay within their budget of points, and say how many are drawn", () => {
    const all = Array.from({ length: 400 }, (_, i) => drive(i, i % 100 === 0));
    const few = drawTrajectories(all, x, y, 2_000);
    expect(few.points).toBeLessThanOrEqual(2_000);
    expect(few.drawnOneIn).toBeGreaterThan(1);
    const svg = timeSpaceDiagram({ ...diagram, trajectories: all, maxPoints: 2_000 });
    expect(svg).toContain(`one in ${few.drawnOneIn} is drawn`);
    expect(few.thinned).toBe("bare");
    expect(drawTrajectories(all.slice(0, 2), x, y).thinned).toBe("none");
  });

  it("are thinned too where every vehicle is equipped", () => {
    const all = Array.from({ length: 200 }, (_, i) => drive(i, true));
    const few = drawTrajectories(all, x, y, 500);
    expect(few.points).toBeLessThanOrEqual(500);
    expect(few.points).toBeGreaterThan(0);
    expect(few.thinned).toBe("all");
  });

  it("are broken where a vehicle was away", () => {
    const away: Trajectory = {
      atMs: [BEGAN_MS, BEGAN_MS + 1_000, BEGAN_MS + 60_000, BEGAN_MS + 61_000],
      alongM: [0, 30, 1_800, 1_830],
      speedMps: [30, 30, 30, 30],
      equipped: true,
    };
    const { markup } = drawTrajectories([away], x, y);
    expect(markup.match(/M/g)).toHaveLength(2);
  });

  it("colour streets by their own speeds", () => {
    const slow = { ...drive(0, true), speedMps: Array.from({ length: 150 }, () => 12) };
    expect(drawTrajectories([slow], x, y).steps.map(({ label }) => label)).toContain("30–40");
    expect(drawTrajectories([drive(0, true)], x, y).steps.map(({ label }) => label)).toContain("90–110");
  });
});
