import { expect, it } from "vitest";
import { DuplicateTable } from "../../src/validate/duplicates.ts";
import { NewestTimes } from "../../src/validate/newest-times.ts";
import { VALIDATE_DEFAULTS } from "../../src/validate/options.ts";
import { item, T0 } from "./items.ts";

const STATIONS = 300_000;

it("is never older than what a station has said, also where stations share a place", () => {
  const newest = new NewestTimes();
  for (let id = 1; id <= STATIONS; id++) newest.note(id, T0 + ((id * 7_919) % 5_000));
  let older = 0;
  for (let id = 1; id <= STATIONS; id++) if (newest.of(id) < T0 + ((id * 7_919) % 5_000)) older++;
  expect(older).toBe(0);
});

it("is one number for the signed and the unsigned form of an id", () => {
  const newest = new NewestTimes();
  newest.note(0xfffffff0 | 0, T0);
  expect(newest.of(0xfffffff0)).toBe(T0);
});

it("lets copies be found behind a restart, in order and out of it", () => {
  const before = new DuplicateTable(VALIDATE_DEFAULTS);
  for (const atMs of [300, 100, 200]) {
    expect(before.find(item(atMs), T0 + 400)).toBe(-1);
    before.remember(T0 + 400, "a", false);
  }
  const after = new DuplicateTable(VALIDATE_DEFAULTS);
  after.restore(before.snapshot());
  for (const atMs of [100, 200, 300]) expect(after.find(item(atMs), T0 + 500)).toBeGreaterThanOrEqual(0);
  expect(after.find(item(150), T0 + 500)).toBe(-1);
  expect(after.find(item(400), T0 + 500)).toBe(-1);
});
