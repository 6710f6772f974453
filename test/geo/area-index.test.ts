import fc from "fast-check";
import { expect, it } from "vitest";
import type { GeoBox } from "../../src/domain/place.ts";
import { AreaIndex } from "../../src/geo/area-index.ts";
import { flatBoxes } from "../../src/geo/box.ts";

const box = fc
  .tuple(
    fc.integer({ min: -90, max: 80 }),
    fc.integer({ min: -180, max: 180 }),
    fc.integer({ min: 0, max: 10 }),
    fc.integer({ min: 0, max: 40 }),
  )
  .map(([southDeg, westDeg, height, width]): GeoBox => {
    const east = westDeg + width;
    return { southDeg, westDeg, northDeg: southDeg + height, eastDeg: east > 180 ? east - 360 : east };
  });

function touch(a: GeoBox, b: GeoBox): boolean {
  return flatBoxes(a).some((p) =>
    flatBoxes(b).some(
      (q) =>
        p.westDeg <= q.eastDeg &&
        q.westDeg <= p.eastDeg &&
        p.southDeg <= q.northDeg &&
        q.southDeg <= p.northDeg,
    ),
  );
}

it("finds what brute force finds, sorted by id, while areas come and go", () => {
  const step = fc.record({ id: fc.integer({ min: 0, max: 30 }), boxes: fc.array(box, { maxLength: 3 }) });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80 }),
      fc.array(box, { minLength: 1, maxLength: 5 }),
      (steps, queries) => {
        const index = new AreaIndex<string>();
        const model = new Map<string, readonly GeoBox[]>();
        for (const { id, boxes } of steps) {
          const name = `s${id}`;
          if (boxes.length === 0) {
            expect(index.remove(name)).toBe(model.delete(name));
          } else {
            index.add(name, boxes, name);
            model.set(name, boxes);
          }
        }
        expect(index.size).toBe(model.size);
        const expected = (asked: readonly GeoBox[]) =>
          [...model]
            .filter(([, boxes]) => boxes.some((b) => asked.some((q) => touch(b, q))))
            .map(([id]) => id)
            .sort();
        for (const query of queries) expect(index.candidates(query)).toEqual(expected([query]));
        expect(index.candidates(queries)).toEqual(expected(queries));
      },
    ),
  );
});
