import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { qualityText, recordingQuality } from "../../src/cli/quality.ts";
import type { QualityCard } from "../../src/ops/quality.ts";
import { projectRoot } from "../support/source-tree.ts";

const recordings = join(projectRoot, "fixtures/recordings");

describe("quality of a recording's sources", () => {
  it("is told for every recording of the project, and adds up", async () => {
    for (const name of readdirSync(recordings).filter((file) => file.endsWith(".mcap"))) {
      const { sources } = JSON.parse(await recordingQuality(join(recordings, name), true)) as {
        sources: QualityCard[];
      };
      expect(sources.length, name).toBeGreaterThan(0);
      for (const { totals } of sources) {
        const rejected = Object.values(totals.rejectedByReason).reduce((sum, count) => sum + count, 0);
        expect(totals.received).toBe(totals.accepted + totals.duplicate + rejected + totals.shed);
      }
    }
  });

  it("is a line per source and the reasons for doubt, for people", async () => {
    const text = await recordingQuality(join(recordings, "mixed-faults.mcap"), false);
    expect(text).toMatch(/^source +verdict +items\/s/);
    expect(text).toMatch(/doubtful|failed/);
    expect(qualityText([])).toMatch(/^source/);
  });

  it("fails in one sentence on what is no recording", async () => {
    await expect(recordingQuality(join(projectRoot, "package.json"), false)).rejects.toThrow(
      /holds no records/,
    );
    await expect(recordingQuality("/nonexistent.mcap", false)).rejects.toThrow();
  });
});
