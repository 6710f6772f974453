import { channelFrom } from "../../src/evaluate/channel.ts";
import { Ground } from "../../src/evaluate/ground.ts";
import { recordsOf } from "../../src/evaluate/records.ts";
import { type Report, ReportSource } from "../../src/evaluate/reports.ts";
import { replay } from "../../src/replay.ts";
import { crashChain } from "./scenarios/stopped.ts";
import { tableOf } from "./table.ts";

/** What became of messages of which several roadside units heard the same. */
export interface DuplicateCounts {
  /** Different messages, and copies of them that a second unit heard. */
  readonly messages: number;
  readonly copies: number;
  /** Recognised as copies. */
  readonly removed: number;
  /** Neither accepted nor recognised as copies. */
  readonly rejected: number;
}

/** Every second message is heard twice; vehicles stand, crawl, brake, so that messages of one vehicle are much alike. */
const CHANNEL = "typical,overlapShare=0.5,clockSigmaMs=0";

/** Runs one scenario of its own with all vehicles equipped and counts copies on both sides of the pipeline. */
export async function countDuplicates(seed: number): Promise<DuplicateCounts> {
  const run = await crashChain.generate(seed);
  const table = tableOf(run.samples);
  const ground = new Ground({
    latitudeDeg: table.latitudeDeg[0] as number,
    longitudeDeg: table.longitudeDeg[0] as number,
  });
  const everyone = new Uint8Array(table.stationIds.length).fill(1);
  const sent = new Map<string, number>();
  const source = new ReportSource(table, everyone, channelFrom(CHANNEL), ground, seed);
  function* counted(): Generator<Report> {
    for (const report of source) {
      const key = `${report.stationId} ${report.claimedAtMs}`;
      sent.set(key, (sent.get(key) ?? 0) + 1);
      yield report;
    }
  }
  const summary = await replay(
    recordsOf(counted(), table, () => undefined),
    { onAlert: () => undefined },
  );
  const counters = [...summary.pipeline.counters.sources.values()];
  const sum = (of: (source: (typeof counters)[number]) => number): number =>
    counters.reduce((total, source) => total + of(source), 0);
  const received = sum((source) => source.received);
  const removed = sum((source) => source.duplicate);
  return {
    messages: sent.size,
    copies: [...sent.values()].reduce((total, times) => total + times - 1, 0),
    removed,
    rejected: received - removed - sum((source) => source.accepted),
  };
}
