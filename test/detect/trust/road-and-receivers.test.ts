import { describe, expect, it } from "vitest";
import { Check } from "../../../src/detect/trust/evidence.ts";
import type { Frame } from "../../../src/domain/frame.ts";
import { frameOf, motion, onRoad, T0 } from "../../support/frames.ts";
import { MOTORWAY, straightMap } from "../../support/straight-map.ts";
import { type Place, report, TrustScene } from "./trust-scene.ts";

const drive = (
  stationId: number,
  fromS: number,
  seconds: number,
  at: (s: number) => Place,
  receiver = "rsu-1",
): Frame[] => Array.from({ length: seconds }, (_, i) => report(stationId, fromS + i, at(i), receiver));

/** Twenty honest vehicles, one after the other, in two lanes. */
const traffic = (seconds = 60): Frame[] =>
  Array.from({ length: 20 }, (_, i) =>
    drive(100 + i, i, seconds, (s) => ({ alongM: 30 * s, rightM: (i % 2) * 3.7, speedMps: 30 })),
  ).flat();

describe("trust and the map", () => {
  it("falls for a vehicle that drives beside the road where all others drive on it", () => {
    const scene = new TrustScene(MOTORWAY);
    scene.play([...traffic(), ...drive(1, 10, 60, (s) => ({ alongM: 30 * s, rightM: 150, speedMps: 30 }))]);
    expect(scene.failed(1) & Check.offRoad).not.toBe(0);
    expect(scene.trustOf(1)).toBeLessThan(0.15);
    for (let i = 0; i < 20; i++) expect(scene.trustOf(100 + i)).toBeGreaterThan(0.9);
  });

  it("does not fall on a street that a map of motorways does not know", () => {
    const scene = new TrustScene(MOTORWAY);
    scene.play([...traffic(), ...drive(1, 10, 60, (s) => ({ alongM: 14 * s, rightM: 150, speedMps: 14 }))]);
    expect(scene.trustOf(1)).toBeGreaterThan(0.9);
  });

  it("falls at any speed where the map knows streets", () => {
    const streets = straightMap({
      id: "a",
      route: "a",
      fromM: 0,
      toM: 5_000,
      properties: { divided: false },
    });
    const scene = new TrustScene(streets);
    scene.play([...traffic(), ...drive(1, 10, 60, (s) => ({ alongM: 14 * s, rightM: 150, speedMps: 14 }))]);
    expect(scene.trustOf(1)).toBeLessThan(0.15);
  });

  it("does not fall where nobody drives on the mapped road: the map is wrong, not the drivers", () => {
    const scene = new TrustScene(MOTORWAY);
    const beside = (i: number) =>
      drive(100 + i, i, 60, (s) => ({ alongM: 30 * s, rightM: 100, speedMps: 30 }));
    scene.play(Array.from({ length: 20 }, (_, i) => beside(i)).flat());
    for (let i = 0; i < 20; i++) expect(scene.trustOf(100 + i)).toBeGreaterThan(0.9);
  });

  it("does not fall beyond the border of the map", () => {
    const scene = new TrustScene(MOTORWAY);
    scene.play([...traffic(), ...drive(1, 10, 60, (s) => ({ alongM: 10_600 + 30 * s, speedMps: 30 }))]);
    expect(scene.trustOf(1)).toBeGreaterThan(0.9);
  });

  it("does not fall for a wrong-way driver: it is where it says it is", () => {
    const scene = new TrustScene(MOTORWAY);
    const wrong = drive(1, 10, 60, (s) => ({
      alongM: 3_000 - 30 * s,
      rightM: 1.8,
      speedMps: 30,
      headingDeg: 270,
    }));
    scene.play([...traffic(), ...wrong]);
    expect(scene.trustOf(1)).toBeGreaterThan(0.9);
  });
});

describe("trust and receivers", () => {
  const spread = (receiver: string, seconds = 130): Frame[] =>
    Array.from({ length: 30 }, (_, i) =>
      drive(
        200 + i,
        i * 2,
        seconds,
        (s) => ({ alongM: (8 * s) % 1_000, rightM: i * 4, speedMps: 8 }),
        receiver,
      ),
    ).flat();
  const far = (receiver: string) =>
    drive(1, 150, 40, (s) => ({ alongM: 6_000 + 30 * s, speedMps: 30 }), receiver);

  it("learns the place of a roadside unit that never tells it", () => {
    const scene = new TrustScene();
    scene.play([...spread("rsu-7"), ...far("rsu-7")]);
    expect(scene.failed(1) & Check.range).not.toBe(0);
  });

  it("learns no place of a gateway, which hears a whole region", () => {
    const scene = new TrustScene();
    scene.play([...spread("test-gateway"), ...far("test-gateway")]);
    expect(scene.failed(1) & Check.range).toBe(0);
    expect(scene.trustOf(1)).toBeGreaterThan(0.9);
  });

  it("takes a unit's own word over what was learned, and a lie about it for no fact", () => {
    const scene = new TrustScene();
    const own = Array.from({ length: 8 }, (_, i) =>
      frameOf(motion({ ...onRoad(500, 30), stationType: "infrastructure" }), {
        stationId: 9_000,
        atMs: T0 + i * 1_000,
      }),
    );
    const lies = Array.from({ length: 5 }, (_, i) =>
      frameOf(motion({ ...onRoad(90_000), stationType: "infrastructure" }), {
        stationId: 9_001,
        atMs: T0 + 9_000 + i,
      }),
    );
    scene.play([...own, ...lies, ...spread("rsu-1"), ...far("rsu-1")]);
    expect(scene.failed(1) & Check.range).not.toBe(0);
    for (let i = 0; i < 30; i++) expect(scene.failed(200 + i) & Check.range).toBe(0);
  });
});

describe("places of other vehicles", () => {
  it("stay one vehicle's: stations stacked on one place lose trust", () => {
    const scene = new TrustScene();
    const stacked = [1, 2, 3].flatMap((id) => drive(id, 0, 120, () => ({ alongM: 0, speedMps: 0 })));
    scene.play(stacked);
    for (const id of [1, 2, 3]) {
      expect(scene.failed(id) & Check.overlap).not.toBe(0);
      expect(scene.trustOf(id)).toBeLessThan(0.5);
    }
  });

  it("must have been driven to: who appears ahead of a known vehicle begins with less", () => {
    const scene = new TrustScene();
    const known = drive(1, 0, 40, (s) => ({ alongM: 28 * s, speedMps: 28 }));
    const appearing = drive(2, 30, 3, (s) => ({ alongM: 28 * (s + 30) + 60, rightM: 4, speedMps: 28 }));
    const coming = drive(3, 30, 3, (s) => ({ alongM: 28 * (s + 30) - 60, rightM: 4, speedMps: 28 }));
    scene.play([...known, ...appearing, ...coming]);
    expect(scene.failed(2) & Check.appeared).not.toBe(0);
    expect(scene.failed(3) & Check.appeared).toBe(0);
    expect(scene.trustOf(2)).toBeLessThan(scene.trustOf(3));
  });
});
