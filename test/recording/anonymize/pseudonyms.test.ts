import { expect, test } from "vitest";
import { Pseudonyms } from "../../../src/recording/anonymize/pseudonyms.ts";

const KEY = new Uint8Array(32).fill(7);

test("a station has one pseudonym a day, another one the next day, and another one under another key", () => {
  const pseudonyms = new Pseudonyms(KEY, []);
  const first = pseudonyms.station(42, 20_000);
  expect(pseudonyms.station(42, 20_000)).toBe(first);
  expect(new Pseudonyms(KEY, []).station(42, 20_000)).toBe(first);
  expect(pseudonyms.station(42, 20_001)).not.toBe(first);
  expect(new Pseudonyms(new Uint8Array(32), []).station(42, 20_000)).not.toBe(first);
  expect(pseudonyms.station(0, 20_001)).toBe(0);
});

test("ids that are taken are not given, and the draws that hit them are counted", () => {
  const first = new Pseudonyms(KEY, []).station(42, 20_000);
  const pseudonyms = new Pseudonyms(KEY, [first]);
  const other = pseudonyms.station(42, 20_000);
  expect(other).not.toBe(first);
  expect(pseudonyms.collisions).toBe(1);
  expect(pseudonyms.station(42, 20_000)).toBe(other);
});

test("what a station says about an event in a cut part of a trip leads neither to it nor to another event", () => {
  const pseudonyms = new Pseudonyms(KEY, []);
  const ids = [
    pseudonyms.station(42, 1),
    pseudonyms.senderOf("42.7", 42, 1),
    pseudonyms.senderOf("42.8", 42, 1),
  ];
  expect(new Set(ids).size).toBe(3);
  expect(pseudonyms.senderOf("42.7", 42, 1)).toBe(ids[1]);
});
