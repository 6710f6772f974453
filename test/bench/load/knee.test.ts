import { expect, it } from "vitest";
import { kneeOf } from "../../../bench/load/ladders/knee.ts";

const rung = (size: number, costUs: number, failure?: string) => ({ size, costUs, failure });

it("names the first rung whose unit costs more than twice the least so far, in whatever order they were measured", () => {
  const rungs = [rung(1_000, 4.1), rung(10, 3), rung(100, 2), rung(10_000, 9)];
  expect(kneeOf(rungs)).toEqual({ size: 1_000, why: "2.0 times the least cost" });
});

it("names a rung that was not held, although it was cheap", () => {
  expect(kneeOf([rung(10, 3), rung(100, 2, "0.4 s behind")])).toEqual({ size: 100, why: "0.4 s behind" });
});

it("names none where cost at most doubles", () => {
  expect(kneeOf([rung(10, 3), rung(100, 6), rung(1_000, 5)])).toBeUndefined();
});
