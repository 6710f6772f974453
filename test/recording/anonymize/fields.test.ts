import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  AUTOMATION,
  AWARENESS,
  FRAME,
  HAZARD,
  HELLO,
  ITEM,
  PERCEIVED,
  type Treatment,
} from "../../../src/recording/anonymize/fields.ts";
import { projectRoot } from "../../support/source-tree.ts";

/** Parts whose own fields are told one by one, or that the page tells in words. */
const IN_WORDS: ReadonlySet<string> = new Set([
  "items",
  "hello",
  "awareness",
  "hazard",
  "perceived",
  "automation",
  "sensor",
  "objects",
  "event",
  "linked_events",
  "station_id",
  "receiver_id",
  "source_id",
]);

test("the page for operators tells of every field that does not leave as it is", () => {
  const page = readFileSync(join(projectRoot, "docs/privacy.md"), "utf8");
  const tables = [FRAME, HELLO, ITEM, AWARENESS, HAZARD, PERCEIVED, AUTOMATION];
  const touched = tables.flatMap((table) =>
    Object.entries<Treatment>(table).flatMap(([name, treatment]) => (treatment === "kept" ? [] : [name])),
  );
  expect(touched.filter((name) => !IN_WORDS.has(name) && !page.includes(`\`${name}\``))).toEqual([]);
});
