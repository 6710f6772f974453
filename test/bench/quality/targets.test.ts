import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countDuplicates } from "../../../bench/quality/duplicates.ts";
import { duplicateRow, misbehaviourRow } from "../../../bench/quality/other-benches.ts";
import { targetRows } from "../../../bench/quality/targets.ts";

describe("targets", () => {
  it("are all told, and none is reached by a run of nothing", () => {
    const rows = targetRows([]);
    const told = rows.filter(({ what }) => !what.startsWith("misbehaviour"));
    expect(told.length).toBeGreaterThan(10);
    expect(told.map(({ verdict }) => verdict)).toEqual(told.map(() => "not measured"));
    expect(rows.map(({ note }) => note)).not.toContain("");
  });

  it("count copies that several roadside units heard, on both sides", async () => {
    const counts = await countDuplicates(1);
    expect(counts.copies).toBeGreaterThan(10_000);
    expect(duplicateRow(counts).verdict).toBe(counts.removed === counts.copies ? "reached" : "missed");
    expect(duplicateRow({ ...counts, removed: counts.copies - 1 }).verdict).toBe("missed");
    expect(counts.messages + counts.copies).toBeGreaterThan(counts.removed + counts.rejected);
  }, 120_000);
});

describe("misbehaviour", () => {
  const folder = mkdtempSync(join(tmpdir(), "roadpulse-results-"));
  const head =
    "| condition | constant-position (≥ 0.99) | random-position (≥ 0.99) | eventual-stop (≥ 0.9) | random-offset (≥ 0.85) | constant-offset (≥ 0.7) | honest accused |";

  beforeAll(() => {
    writeFileSync(
      join(folder, "2026-01-01-misbehaviour.md"),
      `${head}\n| base: old | 0.1 (1) | 0 | 0 | 0 | 0 | 0 |\n`,
    );
    writeFileSync(
      join(folder, "2026-02-01-misbehaviour.md"),
      `${head}\n| base: 1 Hz | 1.000 (1.00) | 0.990 (1.00) | 0.951 (0.98) | 0.90 (1.00) | 0.69 (0.9) | 0 of 9 |\n`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is quoted from the newest result of its own benchmark and held against the targets", () => {
    const row = misbehaviourRow(folder);
    expect(row.measured).toContain("eventual-stop 0.951");
    expect(row.note).toContain("2026-02-01-misbehaviour.md");
    expect(row.verdict).toBe("missed");
  });
});
