import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/domain/alert.ts";
import { isRejection } from "../../../src/domain/rejection.ts";
import { anonymizeRecording } from "../../../src/recording/anonymize/anonymize.ts";
import { readRecording } from "../../../src/recording/reader.ts";
import { replay } from "../../../src/replay.ts";
import { decodeIngestFrame } from "../../../src/wire/ingest-frame.ts";
import { alertLine, conservationFaults, recordingNames, recordingPath } from "../../support/golden.ts";
import { scratchFile } from "../support.ts";

/**
 * What a pseudonym changes: stations are visited in the order of their ids, so among vehicles that serve equally well
 * another one gives a revision its place and the counts of its evidence. Here two of a queue stand for one alert.
 */
const PLACED_BY_ANOTHER = { "incident-queue": ["stationary-vehicle"] } as Readonly<Record<string, string[]>>;

async function replayed(path: string) {
  const alerts: Alert[] = [];
  const summary = await replay(readRecording(path), {
    speed: "max",
    pipeline: {},
    onAlert: (alert) => alerts.push(alert),
  });
  return { alerts, counters: summary.pipeline.counters };
}

/** Everything but what may come from another of several equal vehicles. */
function comparable(alert: Alert, kinds: readonly string[]): unknown {
  const { position, outline, evidence, why, road, ...rest } = alert;
  return kinds.includes(alert.kind) ? { ...rest, rule: why.rule } : alertLine(alert);
}

async function roadUserIds(path: string): Promise<Set<number>> {
  const [ids, infrastructure] = [new Set<number>(), new Set<number>()];
  for await (const batch of readRecording(path)) {
    for (const record of batch) {
      const frame = record.kind === "message" ? decodeIngestFrame(record.bytes) : {};
      for (const item of isRejection(frame) ? [] : (frame.items ?? [])) {
        const type =
          item.awareness?.station_type ?? item.hazard?.station_type ?? item.perceived?.station_type;
        const isFixed = type === 16 || item.sensor || item.signal || item.intersection;
        (isFixed ? infrastructure : ids).add(item.station_id ?? 0);
      }
    }
  }
  return new Set([...ids].filter((id) => id !== 0 && !infrastructure.has(id)));
}

describe.each(recordingNames())("recording %s with all ids replaced and nothing cut", (name) => {
  it("gives the same alerts, loses no item, and holds none of the ids", async () => {
    const output = scratchFile();
    const key = new Uint8Array(32).fill(3);
    const trim = { distanceM: 0, durationMs: 0 };
    const summary = await anonymizeRecording(recordingPath(name), output, { key, trim, redacted: [] });
    const [before, after] = [await replayed(recordingPath(name)), await replayed(output)];
    const kinds = PLACED_BY_ANOTHER[name] ?? [];
    expect(after.alerts.map((alert) => comparable(alert, kinds))).toEqual(
      before.alerts.map((alert) => comparable(alert, kinds)),
    );
    expect(conservationFaults(after.counters)).toEqual([]);
    const dropped = Object.values(summary.dropped).flatMap((kindCounts) => Object.values(kindCounts));
    expect(summary.items).toBe(summary.writtenItems + dropped.reduce((sum, count) => sum + count, 0));
    const left = await roadUserIds(output);
    for (const id of await roadUserIds(recordingPath(name))) expect(left.has(id)).toBe(false);
  });
});
