import { describe, expect, it } from "vitest";
import { onRoads, placed } from "../../src/detect/on-road.ts";
import type { Detection } from "../../src/domain/detection.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { T0 } from "../support/frames.ts";
import { linkFeature, type Metres, mapOf, markerFeature, placeAt } from "../support/roads.ts";

const road = (id: string, northM: number, properties = {}) =>
  linkFeature(
    id,
    [
      [0, northM],
      [2_000, northM],
    ],
    { ref: "A40", direction: "Dortmund", lanes: 2, from_km: 36, to_km: 38, ...properties },
  );
const back = linkFeature(
  "back",
  [
    [2_000, 15],
    [0, 15],
  ],
  { ref: "A40", direction: "Venlo", lanes: 2, from_km: 38, to_km: 36 },
);
const roads = readRoadMap(
  mapOf(
    road("there", 0),
    back,
    road("street", 60, { ref: "L1" }),
    road("lane", 64, { ref: "L2" }),
    markerFeature([500, 7], { kind: "junction", ref: "A40", km: 36.5, name: "AS West" }),
    markerFeature([1_500, 7], { kind: "junction", ref: "A40", km: 37.5, name: "AS Ost" }),
  ),
);

function seenAt(at: Metres, overrides: Partial<Detection> = {}): Detection {
  const position = placeAt(at);
  return {
    detector: "test",
    key: "1",
    phase: "start",
    decidedAtMs: T0,
    kind: "stationary-vehicle",
    tier: "suspected",
    causeCode: 94,
    subCauseCode: 0,
    severity: 3,
    confidencePct: 80,
    referencedAtMs: T0,
    validUntilMs: T0 + 60_000,
    position,
    headingDeg: 90,
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: { stations: 1, observations: 1, receivers: 1, sources: [], marks: [] },
    why: { rule: "test", text: "", measures: [] },
    ...overrides,
  };
}

const roadOf = (detection: Detection) => placed(detection, roads).road;

describe("placed", () => {
  it("names road, direction, kilometre and the junctions around", () => {
    expect(roadOf(seenAt([1_000, -3]))).toEqual({
      ref: "A40",
      direction: "Dortmund",
      fromKm: 37,
      toKm: 37,
      text: "A40 → Dortmund, between AS West and AS Ost",
    });
  });

  it("tells the carriageways apart by heading, though the other one is nearer", () => {
    expect(roadOf(seenAt([1_000, 8]))?.direction).toBe("Dortmund");
    expect(roadOf(seenAt([1_000, 8], { headingDeg: 270 }))?.direction).toBe("Venlo");
  });

  it("says nothing where no heading tells the direction", () => {
    expect(roadOf(seenAt([1_000, 7.5], { headingDeg: undefined }))).toBeUndefined();
  });

  it("takes the only road there is where no heading is known", () => {
    expect(roadOf(seenAt([1_000, -8], { headingDeg: undefined }))?.direction).toBe("Dortmund");
  });

  it("says nothing between two roads that run alike", () => {
    expect(roadOf(seenAt([1_000, 62]))).toBeUndefined();
  });

  it("says nothing beside the road or across it", () => {
    expect(roadOf(seenAt([1_000, -20]))).toBeUndefined();
    expect(roadOf(seenAt([1_000, 0], { headingDeg: 0 }))).toBeUndefined();
  });

  it("leaves a road that a detector named", () => {
    const road = { ref: "B1", direction: "", fromKm: 1, toKm: 2, text: "B1" };
    expect(roadOf(seenAt([1_000, 0], { road }))).toBe(road);
  });
});

describe("onRoads", () => {
  it("puts every detection of a record on its road", () => {
    const run = onRoads(() => [seenAt([1_000, 0]), seenAt([1_000, 300])], roads);
    expect(run(undefined).map(({ road: found }) => found?.ref)).toEqual(["A40", undefined]);
  });

  it("changes nothing without a map", () => {
    const run = () => [];
    expect(onRoads(run, undefined)).toBe(run);
  });
});
