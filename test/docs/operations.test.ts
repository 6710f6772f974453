import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { closeCode } from "../../src/domain/close-code.ts";
import { Counters } from "../../src/domain/counters.ts";
import { counterSeries } from "../../src/ops/counter-series.ts";
import { serverSeries } from "../../src/ops/gauge-series.ts";
import { type ProcessMeter, processSeries } from "../../src/ops/process-metrics.ts";
import { projectRoot } from "../support/source-tree.ts";

const page = (name: string): string => readFileSync(join(projectRoot, "docs", name), "utf8");

const METER: ProcessMeter = {
  takeLoopDelayMs: () => ({ "0.5": 0, "0.99": 0, "1": 0 }),
  residentBytes: () => 0,
  heapUsedBytes: () => 0,
  cpuSeconds: () => 0,
  startedAtMs: 0,
  close: () => undefined,
};
const GAUGES = { sessions: () => ({}), stationsTracked: () => 0, alertsLive: () => 0 };
const metricNames = [
  ...counterSeries(new Counters()),
  ...serverSeries(GAUGES),
  ...processSeries("0.0.0", METER),
].map(({ name }) => name);

describe("docs/operations.md", () => {
  it("tells of every metric, and of none that does not exist", () => {
    const told = new Set(page("operations.md").match(/\b(?:roadpulse|process|nodejs)_[a-z_]+\b/g));
    expect([...told].sort()).toEqual([...metricNames].sort());
  });
});

describe("docs/protocol.md", () => {
  it("tells of every close code", () => {
    const told = page("protocol.md");
    const missing = Object.values(closeCode).filter((code) => !told.includes(String(code)));
    expect(missing).toEqual([]);
  });
});
