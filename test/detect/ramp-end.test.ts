import { expect, it } from "vitest";
import { isRampEnd } from "../../src/detect/ramp-end.ts";
import type { RoadFlags, RoadLink } from "../../src/domain/road.ts";

/** Links one behind the other, the last of which others join: `lengthM` and flags of each. */
function chain(...parts: readonly (readonly [number, RoadFlags])[]): RoadLink[] {
  return parts.map(([toM, flags], index) => {
    const isLast = index === parts.length - 1;
    const previous = isLast ? [index - 1, 99] : index === 0 ? [] : [index - 1];
    return { index, fromM: 0, toM, flags, next: isLast ? [] : [index + 1], previous } as unknown as RoadLink;
  });
}

const RAMP = { ramp: true };

it("is where a ramp's traffic waits to join, over a short link too, and nowhere else", () => {
  const direct = chain([500, RAMP], [1_000, {}]);
  expect(isRampEnd(direct[0] as RoadLink, 100, direct, 250)).toBe(true);
  expect(isRampEnd(direct[0] as RoadLink, 300, direct, 250)).toBe(false);
  expect(isRampEnd(direct[1] as RoadLink, 100, direct, 250)).toBe(false);

  const short = chain([500, RAMP], [80, RAMP], [1_000, {}]);
  expect(isRampEnd(short[0] as RoadLink, 100, short, 250)).toBe(true);
  expect(isRampEnd(short[0] as RoadLink, 200, short, 250)).toBe(false);

  const alone = chain([500, RAMP], [1_000, {}]).map((link) => ({
    ...link,
    previous: link.previous.slice(0, 1),
  }));
  expect(isRampEnd(alone[0] as RoadLink, 100, alone, 250)).toBe(false);
});
