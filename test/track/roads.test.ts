import { describe, expect, it } from "vitest";
import type { Frame } from "../../src/domain/frame.ts";
import type { MotionReport } from "../../src/domain/observation.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { Tracker } from "../../src/track/tracker.ts";
import { automation, frameOf, motion, T0 } from "../support/frames.ts";
import { linkFeature, type Metres, mapOf, placeAt } from "../support/roads.ts";

const roads = readRoadMap(
  mapOf(
    linkFeature(
      "west",
      [
        [0, 0],
        [1_000, 0],
      ],
      { route: "r", order: 0, lanes: 2 },
    ),
    linkFeature(
      "east",
      [
        [1_000, 0],
        [2_000, 0],
      ],
      { route: "r", order: 1, lanes: 2 },
    ),
  ),
);

function reportAt(at: Metres, seconds: number, report: Partial<MotionReport> = {}): Frame {
  return frameOf(motion({ ...placeAt(at), headingDeg: 90, speedMps: 25, ...report }), {
    atMs: T0 + seconds * 1_000,
  });
}

const driven = (fromM: number, toM: number): Frame[] => {
  const frames: Frame[] = [];
  for (let alongM = fromM; alongM <= toM; alongM += 25) frames.push(reportAt([alongM, 1], alongM / 25));
  return frames;
};

describe("the road of a station", () => {
  it("is kept with every report, in one object", () => {
    const tracker = new Tracker({ roads });
    const seen = driven(0, 1_500).map((frame) => {
      tracker.apply(frame);
      return tracker.get(1)?.road;
    });
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]?.link.id).toBe("east");
    expect(seen[0]?.routeM).toBeCloseTo(1_500, -1);
    expect(seen[0]?.steps).toBe(61);
  });

  it("is undefined without a map, off the road, and for those who walk, cycle or stand beside it", () => {
    const plain = new Tracker();
    plain.apply(reportAt([500, 0], 0));
    expect(plain.get(1)?.road).toBeUndefined();
    const tracker = new Tracker({ roads });
    tracker.apply(reportAt([500, 100], 0));
    expect(tracker.get(1)?.road).toBeUndefined();
    for (const stationType of ["pedestrian", "cyclist", "infrastructure", "tram"] as const) {
      tracker.apply(reportAt([500, 0], 1, { stationType }));
      expect(tracker.get(1)?.road).toBeUndefined();
    }
    tracker.apply(reportAt([500, 0], 2, { stationType: "heavy-truck" }));
    expect(tracker.get(1)?.road?.link.id).toBe("west");
  });

  it("follows events of automated vehicles, too", () => {
    const tracker = new Tracker({ roads });
    const event = automation({ ...placeAt([500, 0]), headingDeg: 90, speedMps: 20 });
    tracker.apply(frameOf(event, { atMs: T0 }));
    expect(tracker.get(1)?.road?.routeM).toBeCloseTo(500, -1);
  });

  it("is left as it is by what arrives out of order", () => {
    const tracker = new Tracker({ roads });
    for (const frame of driven(0, 500)) tracker.apply(frame);
    const before = tracker.get(1)?.road?.routeM;
    tracker.apply(reportAt([100, 0], 4));
    expect(tracker.get(1)?.road?.routeM).toBe(before);
  });

  it("goes on after a restart as if nothing had happened", () => {
    const straight = new Tracker({ roads });
    const first = new Tracker({ roads });
    for (const frame of driven(0, 600)) for (const tracker of [straight, first]) tracker.apply(frame);
    const second = new Tracker({ roads });
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    expect(second.get(1)?.road).toEqual(straight.get(1)?.road);
    for (const frame of driven(625, 1_500)) for (const tracker of [straight, second]) tracker.apply(frame);
    expect(second.get(1)?.road).toEqual(straight.get(1)?.road);
    expect(second.snapshot()).toEqual(straight.snapshot());
  });

  it("is forgotten by a restart without the map", () => {
    const first = new Tracker({ roads });
    for (const frame of driven(0, 600)) first.apply(frame);
    const second = new Tracker();
    second.restore(first.snapshot());
    expect(second.get(1)?.road).toBeUndefined();
    expect(second.get(1)?.speedMps).toBe(25);
  });
});
