import { expect, it } from "vitest";
import { chartSvg, sizeText } from "../../bench/support/chart.ts";

const chart = {
  title: "Connections & cost",
  subtitle: "a <load>",
  caption: "machine",
  axis: "connections",
  panels: [
    {
      title: "cost",
      curves: [
        {
          label: "p50",
          points: [
            { x: 100, y: 1 },
            { x: 1_000, y: 3 },
            { x: 10_000, y: Number.NaN, isHollow: true },
          ],
        },
      ],
      valueText: String,
    },
  ],
};

const centers = (svg: string): number[][] =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);

it("draws larger sizes farther right and larger values higher, and leaves out what was not measured", () => {
  const [first, second, ...others] = centers(chartSvg(chart));
  expect(others).toEqual([]);
  expect(second?.[0]).toBeGreaterThan(first?.[0] ?? Number.NaN);
  expect(second?.[1]).toBeLessThan(first?.[1] ?? Number.NaN);
});

it("is well-formed and follows the reader from light to dark", () => {
  const svg = chartSvg(chart);
  expect(svg).toContain("Connections &amp; cost");
  expect(svg).toContain("prefers-color-scheme:dark");
  expect(svg.match(/<g /g)?.length).toBe(svg.match(/<\/g>/g)?.length);
});

it("keeps its scale where all values are equal or nothing was measured", () => {
  const empty = chartSvg({
    ...chart,
    panels: [{ title: "none", curves: [], valueText: String }, ...chart.panels],
  });
  expect(empty).not.toContain("NaN");
  const zeros = [
    {
      label: "p99",
      points: [
        { x: 10, y: 0 },
        { x: 100, y: Number.NaN },
      ],
    },
  ];
  const flat = chartSvg({
    ...chart,
    panels: [{ title: "zeros", curves: zeros, valueText: String, isLogarithmic: true }],
  });
  expect(flat).not.toContain("NaN");
});

it.each([
  [20, "20"],
  [20_000, "20 k"],
  [1_500_000, "1.5 M"],
])("writes %d as %s", (value, text) => {
  expect(sizeText(value)).toBe(text);
});
