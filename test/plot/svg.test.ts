import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { element, escapeText, figure, PathWriter, picture, text } from "../../src/plot/svg.ts";
import { checkWellFormed } from "./well-formed.ts";

describe("SVG", () => {
  it("is well formed whatever the words are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (words) => {
        checkWellFormed(picture(100, 50, words, text(1, 2, words, { fill: words })));
      }),
    );
  });

  it("drops control characters, which XML forbids", () => {
    expect(escapeText("a\u0000b\u001fc\td")).toBe("abc\td");
  });

  it("leaves absent attributes out and rounds numbers", () => {
    expect(element("line", { x1: 1.23456, x2: undefined, stroke: "a&b" })).toBe(
      '<line x1="1.23" stroke="a&amp;b"/>',
    );
  });

  it.each([
    [1, "1"],
    [-0.001, "0"],
    [1.5, "1.5"],
    [100, "100"],
    [1.005, "1"],
  ])("writes %d as %s", (value, written) => {
    expect(figure(value)).toBe(written);
  });
});

/** Points of a path that consists of absolute moves and relative lines. */
function pointsOf(d: string): readonly [number, number][] {
  const points: [number, number][] = [];
  for (const [, command, first, second] of d.matchAll(/([Ml])(-?[\d.]+) ?(-?[\d.]+)/g)) {
    const [x, y] = command === "M" ? [0, 0] : (points.at(-1) ?? [0, 0]);
    points.push([x + Number(first), y + Number(second)]);
  }
  return points;
}

describe("paths", () => {
  it("come back to within a twentieth of a pixel: rounding does not add up", () => {
    const coordinate = fc.double({ min: -2_000, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 200 }), (points) => {
        const path = new PathWriter();
        points.forEach(([x, y], i) => {
          if (i === 0) path.moveTo(x, y);
          else path.lineTo(x, y);
        });
        const read = pointsOf(path.d);
        expect(read).toHaveLength(points.length);
        read.forEach(([x, y], i) => {
          expect(Math.abs(x - (points[i]?.[0] ?? 0))).toBeLessThan(0.0501);
          expect(Math.abs(y - (points[i]?.[1] ?? 0))).toBeLessThan(0.0501);
        });
      }),
    );
  });
});
