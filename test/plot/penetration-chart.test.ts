import { expect, it } from "vitest";
import { penetrationChart } from "../../src/plot/penetration-chart.ts";
import { checkWellFormed } from "./well-formed.ts";

const base = {
  title: "Time to detect",
  subtitle: "two shares",
  caption: "seed 1",
  valueTitle: "s",
  valueText: (value: number) => String(value),
};
const point = (penetration: number, value: number) => ({
  penetration,
  value,
  low: value * 0.8,
  high: value * 1.3,
});

it("a chart has a tick for every share and a sample for every curve", () => {
  const svg = penetrationChart({
    ...base,
    curves: [
      { label: "congestion", colour: "#0072b2", points: [point(0.05, 40), point(0.2, 12)] },
      { label: "oracle", colour: "#0072b2", dashes: "4 4", points: [point(0.05, 20), point(0.2, 6)] },
    ],
  });
  checkWellFormed(svg);
  for (const words of ["5 %", "20 %", "congestion", "oracle", "seed 1"]) expect(svg).toContain(words);
});

it("more equipped vehicles stand to the right, less time stands lower", () => {
  const svg = penetrationChart({
    ...base,
    curves: [{ label: "c", colour: "#000", points: [point(0.2, 12), point(0.05, 40)] }],
  });
  const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, cx, cy]) => [
    Number(cx),
    Number(cy),
  ]);
  const [left = [], right = []] = dots;
  expect(left[0]).toBeLessThan(right[0] as number);
  expect(left[1]).toBeLessThan(right[1] as number);
});

it("nothing measured gives an empty chart, not a broken one", () => {
  checkWellFormed(penetrationChart({ ...base, curves: [] }));
});
