import { expect, test } from "vitest";
import { conservationText } from "../../src/cli/conservation-text.ts";
import { importText } from "../../src/cli/import.ts";
import { infoText } from "../../src/cli/inspect.ts";
import { Counters } from "../../src/domain/counters.ts";

test("the conservation table sums up and names every reason", () => {
  const counters = new Counters();
  const rsu = counters.source("rsu-7");
  Object.assign(rsu, { received: 1_000, accepted: 990, duplicate: 4, late: 2 });
  rsu.countRejected("stale", 5);
  rsu.shed.count("rate-limit", 1);
  Object.assign(counters.source("rsu-8"), { received: 10, accepted: 9 });
  counters.source("rsu-8").countRejected("stale");
  counters.source("silent");

  expect(conservationText(counters)).toBe(
    [
      "source  received  accepted  duplicate  invalid  shed  late",
      "rsu-7      1,000       990          4        5     1     2",
      "rsu-8         10         9          0        1     0     0",
      "total      1,010       999          4        6     1     2",
      "",
      "not used because  items",
      "stale                 6",
      "rate-limit            1",
      "",
    ].join("\n"),
  );
});

test("an import tells what was used and why the rest was not", () => {
  const text = importText(
    {
      problem: undefined,
      rows: 1_003,
      imported: 1_000,
      bad: 2,
      badByReason: { "lat is no number": 2 },
      badRows: [{ line: 17, reason: 'lat is no number: "x\u001b[2J"' }],
      unsupported: { TravelerInformationMessage: 1 },
      notes: {},
      items: 1_000,
      frames: 20,
      firstReceivedAtMs: 1_000,
      lastReceivedAtMs: 61_000,
      bytes: 50_000,
      elapsedMs: 900,
    },
    "run.mcap",
  );
  expect(text).toContain("run.mcap: 50.0 kB, 1:00 of traffic, made in 0.9 s\n");
  expect(text).toMatch(/^imported +1,000$/m);
  expect(text).toMatch(/^lat is no number +2$/m);
  expect(text).toMatch(/^line 17: lat is no number/m);
  expect(text).toMatch(/^TravelerInformationMessage +1$/m);
  expect(text).not.toContain("\u001b");
});

test("a recording's report tells times, counts, sources and damage", () => {
  const text = infoText({
    path: "drive.mcap",
    bytes: 1_500_000,
    firstReceivedAtMs: Date.UTC(2026, 2, 4, 5, 6, 7),
    lastReceivedAtMs: Date.UTC(2026, 2, 4, 5, 16, 7),
    durationMs: 600_000,
    topics: {},
    records: { message: 12_345, "session-opened": 2 },
    items: { awareness: 60_000 },
    sources: [
      { name: "rsu-1", sessions: 1, messages: 5, items: 10, bytes: 100 },
      { name: "rsu-2", sessions: 1, messages: 12_340, items: 59_990, bytes: 1_400_000 },
    ],
    provenance: { version: "0.1.0" },
    warnings: [{ code: "damaged", text: "4096 bytes were skipped", offset: 77, count: 1 }],
  });
  expect(text).toMatch(/^from +2026-03-04T05:06:07\.000Z$/m);
  expect(text).toMatch(/^duration +10:00$/m);
  expect(text).toMatch(/^records +message 12,345, session-opened 2$/m);
  expect(text.indexOf("rsu-2")).toBeLessThan(text.indexOf("rsu-1"));
  expect(text).toMatch(/^damaged at byte 77: 4096 bytes were skipped$/m);
});

test("a recording without records says so", () => {
  const text = infoText({
    path: "empty.mcap",
    bytes: 300,
    firstReceivedAtMs: undefined,
    lastReceivedAtMs: undefined,
    durationMs: 0,
    topics: {},
    records: {},
    items: {},
    sources: [],
    provenance: {},
    warnings: [],
  });
  expect(text).toMatch(/^from +no records$/m);
  expect(text).toMatch(/^items +none$/m);
});
