import { expect, it } from "vitest";
import { ROOMS } from "../../../bench/all/rooms.ts";
import { answer, ROWS } from "../../../bench/all/rows.ts";

const why = (figure: string): string => `nobody told ${figure}`;

it("invents no row: without figures every row says why it has none", () => {
  for (const row of ROWS) {
    const { result, isMet, note } = answer(row, {}, why, false);
    expect([result, isMet]).toEqual(["not measured", undefined]);
    expect(note).not.toBe("");
  }
});

it("does not answer a row that lacks one of its figures", () => {
  const row = ROWS.find(({ needs }) => needs.length > 1);
  const [first = "", second = ""] = row?.needs ?? [];
  const answered = row && answer(row, { [first]: 1, [second]: Number.NaN }, why, false);
  expect(answered).toMatchObject({ isMet: undefined, note: `nobody told ${second}` });
});

it("has a room for every figure that a row needs", () => {
  const beginnings = ROOMS.flatMap(({ measures }) => measures);
  const orphans = ROWS.flatMap(({ needs }) => needs).filter(
    (figure) => !beginnings.some((beginning) => figure.startsWith(beginning)),
  );
  expect(orphans).toEqual([]);
});

it.each(ROOMS.map((room) => [room.name, room] as const))(
  "%s gives no figure for an empty answer",
  (_, room) => {
    for (const json of [{}, []]) {
      const figures = Object.values(room.figures(json)).filter(Number.isFinite);
      expect(figures).toEqual([]);
    }
  },
);

it("takes a growth that does not reach a million stations for no success", () => {
  const row = ROWS.find(({ needs }) => needs.includes("growth.ratio"));
  const figures = { "growth.ratio": 1.2, "growth.most": 100_000 };
  expect(row && answer(row, figures, why, true).isMet).toBe(false);
});
