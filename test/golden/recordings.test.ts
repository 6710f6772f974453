import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/domain/alert.ts";
import { isTerminal } from "../../src/domain/alert.ts";
import type { RoadNetwork } from "../../src/domain/road.ts";
import { Pipeline } from "../../src/pipeline.ts";
import { readRecording } from "../../src/recording/reader.ts";
import { advanceUntilQuiet, replay } from "../../src/replay.ts";
import type { ReplaySpeed } from "../../src/stream/pacer.ts";
import {
  alertLine,
  alertText,
  conservationFaults,
  goldenText,
  recordingNames,
  recordingPath,
  recordsOf,
} from "../support/golden.ts";
import { duisburg } from "../support/roads.ts";

/** A recording without a map and on the map of Duisburg, each with a golden file of its own. */
interface Golden {
  readonly name: string;
  readonly file: string;
  readonly roads: RoadNetwork | undefined;
}

/** Messages read ahead at a time; the recordings' sessions come and go among them. */
const READ_AHEAD = 64;

const map = duisburg();
const GOLDEN: readonly Golden[] = recordingNames().flatMap((name) => [
  { name, file: name, roads: undefined },
  { name, file: `${name}.map`, roads: map },
]);

async function replayed({ name, roads }: Golden, speed: ReplaySpeed) {
  const alerts: Alert[] = [];
  const summary = await replay(readRecording(recordingPath(name)), {
    speed,
    pipeline: { roads },
    onAlert: (alert) => alerts.push(alert),
  });
  return { alerts, summary, text: alertText(alerts.map(alertLine)) };
}

/** Runs a recording, and at each given record goes on in a new pipeline from a snapshot and the records since. */
async function replayedWithRestarts(
  { name, roads }: Golden,
  restartAt: ReadonlySet<number>,
): Promise<string> {
  const lines: string[] = [];
  const start = (): Pipeline => {
    const pipeline = new Pipeline({ roads });
    pipeline.alerts$.subscribe(({ transitions }) => lines.push(...transitions.map(alertLine)));
    return pipeline;
  };
  let pipeline = start();
  for (const [index, record] of (await recordsOf(name)).entries()) {
    if (restartAt.has(index)) {
      const snapshot = JSON.stringify(pipeline.snapshot());
      pipeline = start();
      pipeline.restore(JSON.parse(snapshot));
    }
    pipeline.push(record);
  }
  advanceUntilQuiet(pipeline);
  return alertText(lines);
}

describe.each(GOLDEN)("recording $file", (golden) => {
  const { name, file } = golden;

  it("gives its golden alerts, each with one beginning and one end, and loses no item", async () => {
    const { alerts, summary, text } = await replayed(golden, "max");
    expect(text).toBe(goldenText(file, text));
    const lives = groupById(alerts);
    for (const life of lives.values()) {
      expect(life.map(({ revision }) => revision)).toEqual(life.map((_, index) => index + 1));
      expect(life.map(({ state }) => state === "new")).toEqual(life.map((_, index) => index === 0));
      expect(life.map(({ state }) => isTerminal(state))).toEqual(
        life.map((_, index) => index === life.length - 1),
      );
    }
    expect(conservationFaults(summary.pipeline.counters)).toEqual([]);
    expect(summary.pipeline.counters.faults.total).toBe(0);
  });

  it("gives the same bytes a thousand times as fast as it was recorded", async () => {
    const { text } = await replayed(golden, 1_000);
    expect(text).toBe(goldenText(file, text));
  });

  it("gives the same bytes where messages are read before their turn", async () => {
    const lines: string[] = [];
    const pipeline = new Pipeline({ roads: golden.roads });
    pipeline.alerts$.subscribe(({ transitions }) => lines.push(...transitions.map(alertLine)));
    const records = await recordsOf(name);
    for (let i = 0; i < records.length; i += READ_AHEAD) {
      const next = records.slice(i, i + READ_AHEAD);
      pipeline.readAhead(next.filter((record) => record.kind === "message"));
      for (const record of next) pipeline.push(record);
    }
    advanceUntilQuiet(pipeline);
    expect(alertText(lines)).toBe(goldenText(file, alertText(lines)));
    expect(conservationFaults(pipeline.counters)).toEqual([]);
  });

  it("gives the same bytes when it is restarted from snapshots on the way", async () => {
    const count = (await recordsOf(name)).length;
    const restartAt = new Set(
      [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.99].map((share) => Math.floor(count * share)),
    );
    const text = await replayedWithRestarts(golden, restartAt);
    expect(text).toBe(goldenText(file, text));
  });
});

function groupById(alerts: readonly Alert[]): Map<string, Alert[]> {
  const lives = new Map<string, Alert[]>();
  for (const alert of alerts) lives.set(alert.alertId, [...(lives.get(alert.alertId) ?? []), alert]);
  return lives;
}
