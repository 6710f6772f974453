import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StationMap } from "../../src/detect/station-map.ts";

const ids = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 0xffffffff }));

describe("a station map", () => {
  it("is a map, whatever is set and deleted", () => {
    const steps = fc.array(fc.record({ id: ids, sets: fc.boolean() }), { maxLength: 300 });
    fc.assert(
      fc.property(steps, ids, (all, other) => {
        const map = new StationMap<number>();
        const model = new Map<number, number>();
        for (const [i, { id, sets }] of all.entries()) {
          if (sets) {
            map.set(id, i);
            model.set(id, i);
          } else expect(map.delete(id)).toBe(model.delete(id));
        }
        expect([...map.values()]).toEqual([...model.values()]);
        expect(map.size).toBe(model.size);
        for (const { id } of all) expect(map.get(id)).toBe(model.get(id));
        expect(map.get(other)).toBe(model.get(other));
      }),
    );
  });

  it("finds everybody where a slot of its filter has overflowed, and after most have left", () => {
    const sameSlot = Array.from({ length: 1_000 }, (_, i) => Math.imul(i, inverse(0x9e3779b1)) >>> 0);
    const map = new StationMap(sameSlot.map((id) => [id, id] as const));
    for (const id of sameSlot.slice(0, -3)) map.delete(id);
    for (const id of sameSlot.slice(-3)) expect(map.get(id)).toBe(id);
    expect(map.get(sameSlot[0] as number)).toBeUndefined();
    expect(map.size).toBe(3);
  });
});

/** Of an odd number modulo 2^32, by Newton's method. */
function inverse(odd: number): number {
  let guess = odd;
  for (let i = 0; i < 5; i++) guess = Math.imul(guess, 2 - Math.imul(odd, guess));
  return guess;
}
