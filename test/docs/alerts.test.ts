import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { causeMeaning } from "../../src/detect/cause-codes.ts";
import { ALERT_KINDS } from "../../src/domain/alert.ts";
import { SRTI_CATEGORIES, srtiCategory } from "../../src/domain/srti.ts";
import { projectRoot } from "../support/source-tree.ts";
import { withTables } from "./alert-tables.ts";
import { SERVICES } from "./service-table.ts";

const path = join(projectRoot, "docs/alerts.md");
if (process.env["UPDATE_DOCS"] === "1") writeFileSync(path, withTables(readFileSync(path, "utf8")));
const page = readFileSync(path, "utf8");

/** Keys of the lines of a golden file, one level deep: `why.rule`. */
function keysOf(file: string): readonly string[] {
  const lines = readFileSync(join(projectRoot, "fixtures/golden", file), "utf8")
    .trim()
    .split("\n");
  const keys = lines.flatMap((line) =>
    Object.entries(JSON.parse(line) as Record<string, unknown>).flatMap(([name, value]) =>
      name === "why" || name === "evidence"
        ? Object.keys(value as object).map((key) => `${name}.${key}`)
        : [name],
    ),
  );
  return [...new Set(keys)];
}

describe("docs/alerts.md", () => {
  it("covers all categories of SRTI by detectors or notices", () => {
    const codes = SERVICES.flatMap(({ codes: all }) => all);
    const reached = new Set(codes.map(([cause, sub]) => srtiCategory(cause, sub)));
    expect(SRTI_CATEGORIES.filter((category) => !reached.has(category))).toEqual([]);
  });

  it("gives every kind causes that mean it", () => {
    const odd = SERVICES.filter(({ kind }) => kind !== "automation-cluster" && kind !== "blind-area").flatMap(
      ({ kind, codes }) => codes.filter(([cause, sub]) => causeMeaning(cause, sub).kind !== kind),
    );
    expect(odd).toEqual([]);
  });

  // `UPDATE_DOCS=1 npx vitest run test/docs` writes the tables anew.
  it("has the tables of the code", () => {
    expect(page).toBe(withTables(page));
  });

  it("names every kind", () => {
    expect(ALERT_KINDS.filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
  });

  it("explains every field of the alert file", () => {
    const fields = keysOf("denm-life-cycle.ndjson");
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
  });
});
