import { describe, expect, it } from "vitest";
import type { GeoPoint } from "../../src/domain/place.ts";
import { MAX_SHAPE_POINTS, shapeProblem } from "../../src/geo/shape-problem.ts";

const at = (latitudeDeg: number, longitudeDeg: number): GeoPoint => ({ latitudeDeg, longitudeDeg });
const ring = (...points: readonly [number, number][]) =>
  ({ type: "polygon", ring: points.map(([a, b]) => at(a, b)) }) as const;

describe("shapeProblem", () => {
  it("accepts what can be used", () => {
    expect(shapeProblem({ type: "everywhere" })).toBeUndefined();
    expect(shapeProblem(ring([51, 6], [51, 7], [52, 7]))).toBeUndefined();
    expect(shapeProblem(ring([51, 6], [51, 7], [51, 7], [52, 7], [51, 6]))).toBeUndefined();
    expect(shapeProblem(ring([-17, 179], [-17, -179], [-16, -179], [-16, 179]))).toBeUndefined();
    expect(shapeProblem({ type: "circle", center: at(51, 6), radiusM: 100 })).toBeUndefined();
    expect(shapeProblem({ type: "corridor", line: [at(51, 6), at(51, 7)], halfWidthM: 50 })).toBeUndefined();
    const box = { southDeg: -1, westDeg: 179, northDeg: 1, eastDeg: -179 };
    expect(shapeProblem({ type: "box", box })).toBeUndefined();
  });

  it("names the place where a ring crosses itself", () => {
    expect(shapeProblem(ring([0, 0], [2, 2], [0, 2], [3, 0]))).toEqual({
      field: "ring",
      text: "must not touch or cross itself, which it does at latitude 1.20000, longitude 1.20000",
    });
  });

  it("refuses rings without an inside, and rings round a pole", () => {
    expect(shapeProblem(ring([0, 0], [1, 1], [2, 2]))?.text).toMatch(/at least 10 m²/);
    expect(shapeProblem(ring([0, 0], [0, 0], [1, 1]))?.text).toMatch(/3 points that differ/);
    expect(shapeProblem(ring([80, 0], [80, 90], [80, 180], [80, -90]))?.text).toMatch(/pole/);
  });

  it("names the field at fault", () => {
    expect(shapeProblem(ring([51, 6], [91, 6], [52, 6]))?.field).toBe("ring[1].latitudeDeg");
    expect(shapeProblem(ring([51, 6], [51, Number.NaN], [52, 6]))?.field).toBe("ring[1].longitudeDeg");
    expect(shapeProblem({ type: "circle", center: at(51, 6), radiusM: 0 })?.field).toBe("radiusM");
    expect(shapeProblem({ type: "circle", center: at(51, 200), radiusM: 5 })?.field).toBe(
      "center.longitudeDeg",
    );
    expect(shapeProblem({ type: "corridor", line: [at(51, 6)], halfWidthM: 5 })?.field).toBe("line");
    expect(shapeProblem({ type: "corridor", line: [at(51, 6), at(51, 7)], halfWidthM: 5_001 })?.field).toBe(
      "halfWidthM",
    );
    const box = { southDeg: 1, westDeg: 0, northDeg: 1, eastDeg: 1 };
    expect(shapeProblem({ type: "box", box })?.field).toBe("box.southDeg");
    expect(shapeProblem({ type: "box", box: { ...box, southDeg: 0, eastDeg: 0 } })?.field).toBe(
      "box.westDeg",
    );
  });

  it("bounds the number of points", () => {
    const points = Array.from({ length: MAX_SHAPE_POINTS + 1 }, (_, i) => at(i / 100_000, 0));
    expect(shapeProblem({ type: "polygon", ring: points })?.text).toBe(
      "must have 3 to 1000 points, has 1001",
    );
  });
});
