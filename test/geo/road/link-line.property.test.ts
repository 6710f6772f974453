import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LinkLine, Projection } from "../../../src/geo/road/link-line.ts";
import { type Metres, placeAt } from "../../support/roads.ts";

/** A line that bends gently, so that what is nearest nearby is nearest of all. */
const gentle = fc
  .array(fc.tuple(fc.integer({ min: 15, max: 120 }), fc.double({ min: -0.25, max: 0.25, noNaN: true })), {
    minLength: 2,
    maxLength: 20,
  })
  .map((steps) => {
    const points: Metres[] = [[0, 0]];
    let turn = 0;
    for (const [lengthM, bend] of steps) {
      turn = Math.max(-1.2, Math.min(1.2, turn + bend));
      const [x, y] = points.at(-1) as Metres;
      points.push([x + lengthM * Math.cos(turn), y + lengthM * Math.sin(turn)]);
    }
    return new LinkLine(points.map(placeAt));
  });

const wander = fc.tuple(
  gentle,
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: -12, max: 12, noNaN: true }),
  fc.integer({ min: -1, max: 1 }),
);

const e7 = ({ latitudeDeg, longitudeDeg }: { latitudeDeg: number; longitudeDeg: number }) =>
  [Math.round(latitudeDeg * 1e7), Math.round(longitudeDeg * 1e7)] as const;

describe("projection onto a line", () => {
  it("finds from a segment nearby what a search of the whole line finds", () => {
    fc.assert(
      fc.property(wander, ([line, share, asideM, shift]) => {
        const at = line.pointAt(share * line.lengthM);
        const [latitudeE7, longitudeE7] = e7({ ...at, latitudeDeg: at.latitudeDeg + asideM / 111_256 });
        const segment = line.segmentAt(share * line.lengthM);
        const from = Math.max(0, Math.min(line.segments - 1, segment + shift));
        const [whole, near, glided] = [new Projection(), new Projection(), new Projection()];
        line.project(latitudeE7, longitudeE7, 0, line.segments, whole);
        line.projectFrom(from, latitudeE7, longitudeE7, near);
        expect(near).toEqual(whole);
        if (!line.glide(from, latitudeE7, longitudeE7, glided)) return;
        expect(glided.offsetM).toBeCloseTo(whole.offsetM, 4);
        expect(glided.lateralM).toBeCloseTo(whole.lateralM, 4);
        expect(glided.distanceM).toBeCloseTo(whole.distanceM, 4);
        expect(glided.beyondM).toBe(0);
      }),
    );
  });

  it("says how far beyond an end a point lies, and how far beside the line as if it went on", () => {
    const line = new LinkLine([placeAt([0, 0]), placeAt([100, 0])]);
    const found = new Projection();
    line.project(...e7(placeAt([130, 4])), 0, 1, found);
    expect(found.offsetM).toBeCloseTo(line.lengthM, 6);
    expect(found.beyondM).toBeCloseTo(30, 0);
    expect(found.lateralM).toBeCloseTo(4, 1);
    line.project(...e7(placeAt([-20, -3])), 0, 1, found);
    expect(found.offsetM).toBe(0);
    expect(found.beyondM).toBeCloseTo(-20, 0);
    expect(found.lateralM).toBeCloseTo(-3, 1);
    expect(line.glide(0, ...e7(placeAt([130, 4])), found)).toBe(false);
  });

  it("goes on across the antimeridian", () => {
    const line = new LinkLine([
      { latitudeDeg: -17, longitudeDeg: 179.999 },
      { latitudeDeg: -17, longitudeDeg: -179.999 },
    ]);
    const found = new Projection();
    line.project(-170_000_000, -1_799_995_000, 0, 1, found);
    expect(found.offsetM / line.lengthM).toBeCloseTo(0.75, 4);
    expect(Math.abs(line.pointAt(line.lengthM / 2).longitudeDeg)).toBeCloseTo(180, 6);
  });
});
