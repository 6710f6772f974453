import { describe, expect, it } from "vitest";
import type { Frame } from "../../../src/domain/frame.ts";
import { type Place, report, TrustScene } from "../trust/trust-scene.ts";

/** One vehicle under several ids: seconds at which each begins, and how long it is silent before. */
function drive(
  ids: readonly number[],
  changesS: readonly number[],
  endS: number,
  at: (s: number) => Place,
  silentS = 0,
) {
  const frames: Frame[] = [];
  for (let s = 0; s < endS; s++) {
    const past = changesS.filter((changeS) => s >= changeS);
    const changeS = past[past.length - 1] ?? Number.NEGATIVE_INFINITY;
    if (s - changeS < silentS) continue;
    frames.push(report(ids[past.length] ?? 0, s, at(s)));
  }
  return frames;
}

const cruise = (s: number): Place => ({ alongM: 28 * s, speedMps: 28 });

describe("road users behind pseudonyms", () => {
  it("is the id itself where nothing is known", () => {
    expect(new TrustScene().roadUserOf(42)).toBe(42);
  });

  it("follows a change, after the first id must have fallen silent", () => {
    const scene = new TrustScene();
    const frames = drive([1, 2], [20], 23, cruise);
    scene.play(frames.slice(0, 22));
    expect(scene.roadUserOf(2)).toBe(2);
    scene.play(frames.slice(22));
    expect(scene.roadUserOf(2)).toBe(1);
  });

  it("follows a chain of changes back to the first id that is remembered", () => {
    const scene = new TrustScene();
    scene.play(drive([1, 2, 3], [20, 40], 45, cruise));
    expect(scene.roadUserOf(3)).toBe(1);
  });

  it("follows across a silence of several seconds, through braking", () => {
    const scene = new TrustScene();
    const brakes = (s: number): Place => {
      const braking = Math.max(0, s - 20);
      return { alongM: 28 * s - 0.2 * braking * braking, speedMps: 28 - 0.4 * braking };
    };
    scene.play(drive([1, 2], [20], 30, brakes, 5));
    expect(scene.roadUserOf(2)).toBe(1);
  });

  it("remembers for a minute and no longer, in snapshots neither", () => {
    const scene = new TrustScene();
    scene.play(drive([1_111_111, 2_222_222], [20], 25, cruise));
    scene.play(Array.from({ length: 55 }, (_, i) => report(2_222_222, 25 + i, cruise(25 + i))));
    expect(scene.roadUserOf(2_222_222)).toBe(1_111_111);
    scene.play(Array.from({ length: 8 }, (_, i) => report(2_222_222, 80 + i, cruise(80 + i))));
    scene.advanceS(1);
    expect(scene.roadUserOf(2_222_222)).toBe(2_222_222);
    expect(JSON.stringify(scene.detector.snapshot(scene.state))).not.toContain("1111111");
  });

  it("links nothing where two neighbours change at once and either could be the other", () => {
    const scene = new TrustScene();
    const other = (s: number): Place => ({ ...cruise(s), rightM: 3 });
    const middle = (s: number): Place => ({ ...cruise(s), rightM: 1.5 });
    scene.play([
      ...drive([1, 3], [20], 30, cruise).filter((frame) => frame.stationId === 1),
      ...drive([2, 4], [20], 30, other).filter((frame) => frame.stationId === 2),
      ...drive([0, 5], [20], 30, middle).filter((frame) => frame.stationId === 5),
    ]);
    expect(scene.roadUserOf(5)).toBe(5);
    expect(scene.state.users.counts.ambiguous).toBe(1);
  });

  it("keeps two vehicles apart that change at once in different lanes", () => {
    const scene = new TrustScene();
    const other = (s: number): Place => ({ ...cruise(s), rightM: 9 });
    scene.play([...drive([1, 3], [20], 30, cruise), ...drive([2, 4], [20], 30, other)]);
    expect([scene.roadUserOf(3), scene.roadUserOf(4)]).toEqual([1, 2]);
  });

  const strangers: Readonly<Record<string, (s: number) => Place>> = {
    "another length": (s) => ({ ...cruise(s), lengthM: 12 }),
    "another kind": (s) => ({ ...cruise(s), stationType: "bus" }),
    "the other direction": (s) => ({ ...cruise(s), headingDeg: 270 }),
    "another speed": (s) => ({ ...cruise(s), speedMps: 15 }),
    "another place": (s) => ({ ...cruise(s), rightM: 40 }),
  };
  for (const [name, at] of Object.entries(strangers)) {
    it(`does not link a stranger: ${name}`, () => {
      const scene = new TrustScene();
      const stranger = Array.from({ length: 10 }, (_, i) => report(2, 20 + i, at(20 + i)));
      scene.play([...drive([1], [], 20, cruise), ...stranger]);
      expect(scene.roadUserOf(2)).toBe(2);
    });
  }

  it("takes a link back when the first id speaks again", () => {
    const scene = new TrustScene();
    scene.play(drive([1, 2], [20], 30, cruise));
    expect(scene.roadUserOf(2)).toBe(1);
    scene.play([report(1, 31, cruise(31))]);
    expect(scene.roadUserOf(2)).toBe(2);
    expect(scene.state.users.counts.withdrawn).toBe(1);
  });

  it("hands trust and distrust on to the new pseudonym", () => {
    const honest = new TrustScene();
    honest.play(drive([1, 2], [40], 44, cruise));
    expect(honest.trustOf(2)).toBeGreaterThan(0.9);
    const liar = new TrustScene();
    const lies = (s: number): Place => ({ alongM: 28 * s + (s < 30 ? (s % 2) * 60 : 0), speedMps: 28 });
    liar.play(drive([1, 2], [32], 36, lies));
    expect(liar.roadUserOf(2)).toBe(1);
    expect(liar.trustOf(2)).toBeLessThan(0.2);
  });

  it("drops new ids beyond its bound and counts them", () => {
    const scene = new TrustScene();
    scene.play(Array.from({ length: 5_100 }, (_, i) => report(i + 1, 0, { alongM: i, speedMps: 20 })));
    expect(scene.state.users.counts.dropped).toBe(100);
  });
});
