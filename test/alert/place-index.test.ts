import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PlaceIndex } from "../../src/alert/place-index.ts";
import type { GeoPoint } from "../../src/domain/place.ts";
import { destinationPoint } from "../../src/geo/geodesy.ts";

const place = fc.record({
  latitudeDeg: fc.oneof(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.constantFrom(-90, -89.99, 0, 89.995, 90),
  ),
  longitudeDeg: fc.oneof(
    fc.double({ min: -179.99, max: 180, noNaN: true }),
    fc.constantFrom(-179.9999, 179.9999, 180, 0),
  ),
});

describe("PlaceIndex", () => {
  it("finds everything within a kilometre, also across the antimeridian and at the poles", () => {
    fc.assert(
      fc.property(
        place,
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 0, max: 1_000, noNaN: true }),
        (from: GeoPoint, bearingDeg, apartM) => {
          const index = new PlaceIndex();
          index.add("a", "accident", destinationPoint(from, bearingDeg, apartM));
          expect([...index.near("accident", from)]).toEqual(["a"]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("does not walk through what is far away, and forgets what is removed", () => {
    const index = new PlaceIndex();
    const here = { latitudeDeg: 51.4, longitudeDeg: 6.76 };
    for (let i = 0; i < 1_000; i++) index.add(`${i}`, "accident", { ...here, longitudeDeg: 6 + i / 500 });
    expect([...index.near("accident", here)].length).toBeLessThan(30);
    for (let i = 0; i < 1_000; i++) index.remove(`${i}`, "accident", { ...here, longitudeDeg: 6 + i / 500 });
    expect([...index.near("accident", here)]).toEqual([]);
  });
});
