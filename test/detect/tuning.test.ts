import { describe, expect, test } from "vitest";
import { ALL_PARAMETERS } from "../../src/detect/all-parameters.ts";
import { inAreas } from "../../src/detect/area-variants.ts";
import { defaultDetectors } from "../../src/detect/registry.ts";
import { readDetectionSettings } from "../../src/detect/settings.ts";
import { tunedBy } from "../../src/detect/tuning.ts";
import type { Detection } from "../../src/domain/detection.ts";
import type { DetectionContext, Detector } from "../../src/domain/detector.ts";

describe("settings of detectors", () => {
  test("change values by key and leave the others", () => {
    const of = tunedBy({ "stationary-vehicle.suspectedAfterMs": 4_000 });
    expect(of("stationary-vehicle")).toMatchObject({
      suspectedAfterMs: 4_000,
      confirmedAfterMs: 15_000,
    });
    expect(of("emergency-braking").sustainedMs).toBe(500);
  });

  test("are refused by the name of the key", () => {
    const refusal = (value: unknown): string => {
      try {
        defaultDetectors(readDetectionSettings(value));
      } catch (error) {
        return (error as Error).message;
      }
      return "taken";
    };
    const box = [51, 6, 52, 7];
    expect(refusal({ values: { "stationary-vehicle.suspectedAfterM": 1 } })).toBe(
      "values: stationary-vehicle.suspectedAfterM is no parameter of a detector; did you mean stationary-vehicle.suspectedAfterMs?",
    );
    expect(refusal({ values: { "stationary-vehicle.suspectedAfterMs": 1 } })).toBe(
      "values: stationary-vehicle.suspectedAfterMs is 1; allowed are 1000 to 60000",
    );
    expect(refusal({ values: { "stationary-vehicle.suspectedAfterMs": "1" } })).toMatch(/must be a number$/);
    expect(refusal({ value: {} })).toBe("the settings: value is not known; known are values, areas");
    expect(refusal({ areas: [{ name: "a", values: {} }] })).toBe(
      "areas[0] needs exactly one of box, polygon and road",
    );
    expect(refusal({ areas: [{ name: "a", box: [52, 6, 51, 7], values: {} }] })).toBe(
      "areas[0].box must be [south, west, north, east] in degrees",
    );
    const key = Object.keys(ALL_PARAMETERS["station-trust"])[0] ?? "";
    const value = Object.values(ALL_PARAMETERS["station-trust"])[0]?.default ?? Number.NaN;
    expect(refusal({ areas: [{ name: "a", box, values: { [`station-trust.${key}`]: value } }] })).toBe(
      `station-trust.${key} has one value everywhere, and the area a gives it another`,
    );
    expect(refusal({ areas: [{ name: "a", box, values: { "wrong-way.nothing": 1 } }] })).toMatch(
      /^areas\[0\]\.values: wrong-way\.nothing is no parameter/,
    );
    expect(refusal({ areas: [{ name: "a", box, values: {} }] })).toBe("taken");
  });
});

interface ToyState {
  count: number;
}

/** Tells of the key that its frame names, at a longitude, from `least` on. */
function toy(least: number): Detector<unknown> {
  return {
    name: "toy",
    snapshotVersion: 1,
    init: (): ToyState => ({ count: 0 }),
    onItem(state, frame, _context, emit) {
      const { key, phase, longitudeDeg, size } = frame as unknown as Record<string, number | string>;
      (state as ToyState).count++;
      if ((size as number) < least) return;
      const position = { latitudeDeg: 51.5, longitudeDeg: longitudeDeg as number };
      emit({ key, phase, position, validUntilMs: 1_000_000, causeCode: least } as unknown as Detection);
    },
    snapshot: (state) => (state as ToyState).count,
    restore: (value): ToyState => ({ count: value as number }),
  };
}

const HARBOUR = {
  name: "harbour",
  where: { form: "box", box: { southDeg: 51, westDeg: 7, northDeg: 52, eastDeg: 8 } },
  values: {},
} as const;

const CONTEXT = { roads: undefined } as unknown as DetectionContext;

describe("a detector with other values in an area", () => {
  const told = (
    steps: readonly (readonly [string, string, number, number])[],
    between?: (value: unknown) => void,
  ) => {
    const detector = inAreas(toy(5), [{ area: HARBOUR, detector: toy(2) }]);
    let state = detector.init();
    const out: string[] = [];
    for (const [key, phase, longitudeDeg, size] of steps) {
      detector.onItem?.(state, { key, phase, longitudeDeg, size } as never, CONTEXT, (detection) =>
        out.push(`${detection.phase} ${detection.key} by ${detection.causeCode}`),
      );
      const snapshot = JSON.parse(JSON.stringify(detector.snapshot(state)));
      between?.(snapshot);
      state = detector.restore(snapshot);
    }
    return out;
  };

  test("judges what begins there by the values of the area", () => {
    expect(
      told([
        ["a", "start", 7.5, 3],
        ["b", "start", 6.5, 3],
        ["c", "start", 6.5, 9],
        ["d", "start", 7.5, 9],
      ]),
    ).toEqual(["start a@harbour by 2", "start c by 5", "start d@harbour by 2"]);
  });

  test("keeps to them until the end, wherever it moves, also after a restart", () => {
    expect(
      told([
        ["a", "start", 7.5, 9],
        ["a", "update", 6.5, 9],
        ["a", "end", 6.5, 9],
        ["a", "extend", 7.5, 9],
        ["a", "start", 6.5, 9],
        ["a", "update", 7.5, 9],
      ]),
    ).toEqual([
      "start a@harbour by 2",
      "update a@harbour by 2",
      "end a@harbour by 2",
      "start a by 5",
      "update a by 5",
    ]);
  });

  test("refuses a snapshot of another number of areas", () => {
    const detector = inAreas(toy(5), [{ area: HARBOUR, detector: toy(2) }]);
    expect(() => detector.restore([])).toThrow("snapshot holds 0 variants, not 2");
  });
});
