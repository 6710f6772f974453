import { expect, it } from "vitest";
import { HAZARD_REGION } from "../../../bench/load/hazards.ts";
import { AREAS_PER_HAZARD, subscriptionAreas } from "../../../bench/load/ladders/areas.ts";
import { areaProblem } from "../../../src/deliver/active-subscription.ts";
import type { SubscriptionArea } from "../../../src/domain/subscription.ts";
import { EVERY_ALERT } from "../../../src/domain/subscription.ts";
import { prepareShape, type Shape } from "../../../src/geo/shapes.ts";

function shapeOf(area: SubscriptionArea): Shape {
  if (area.form === "box") return { type: "box", box: area.box };
  if (area.form === "polygon") return { type: "polygon", ring: area.points };
  if (area.form === "corridor") return { type: "corridor", line: area.points, halfWidthM: area.halfWidthM };
  throw new Error(`no such area was asked for: ${area.form}`);
}

/** Areas that places within the region lie in, on average. */
function meanMatches(areas: readonly SubscriptionArea[]): number {
  const shapes = areas.map((area) => prepareShape(shapeOf(area)));
  const { southDeg, westDeg, heightDeg, widthDeg } = HAZARD_REGION;
  const side = 20;
  let matches = 0;
  for (let i = 0; i < side * side; i++) {
    const latitudeDeg = southDeg + (((i % side) + 0.5) / side) * heightDeg;
    const longitudeDeg = westDeg + ((Math.floor(i / side) + 0.5) / side) * widthDeg;
    matches += shapes.filter((shape) => shape.contains(latitudeDeg, longitudeDeg)).length;
  }
  return matches / (side * side);
}

it.each([100, 1_000])(
  "%i areas hold each hazard about as often, so that only their number grows",
  (count) => {
    const matches = meanMatches(subscriptionAreas(count, 1));
    expect(matches).toBeGreaterThan(AREAS_PER_HAZARD * 0.5);
    expect(matches).toBeLessThan(AREAS_PER_HAZARD * 1.3);
  },
);

it.each([100, 100_000])("the server takes each of %i areas", (count) => {
  const areas = subscriptionAreas(count, 1).slice(0, 300);
  const problems = areas.map((area) =>
    areaProblem({
      subscriptionId: "a",
      area,
      filter: EVERY_ALERT,
      positionsIntervalMs: undefined,
      resume: undefined,
    }),
  );
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  expect(new Set(areas.map(({ form }) => form))).toEqual(new Set(["box", "polygon", "corridor"]));
});
