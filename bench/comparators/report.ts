import type { MicroResult } from "../micro/harness.ts";
import { figure, markdownTable } from "../support/table.ts";
import type { FlushResult } from "./flush.ts";
import type { PointsResult } from "./moving-points.ts";
import { RADIUS_M } from "./point-index.ts";
import type { SocketsOrder, SocketsResult } from "./sockets.ts";

export interface Comparison {
  readonly points: readonly PointsResult[];
  /** Its version, or undefined where redis-server is not installed. */
  readonly redis: string | undefined;
  readonly decode: readonly MicroResult[];
  readonly sockets: readonly SocketsResult[];
  /** Empty where uWebSockets.js is not at hand. */
  readonly flushes: readonly FlushResult[];
}

type SocketLoad = Pick<SocketsOrder, "sockets" | "messagesPerS">;

export function comparisonMarkdown(
  comparison: Comparison,
  machine: string,
  seed: number,
  load: SocketLoad,
): string {
  return [
    "# Comparators",
    `${machine}. Seed ${seed}. Processor time, medians; ratios step by step, with least and most.`,
    ...pointSections(comparison),
    ...(comparison.decode.length === 0
      ? []
      : ["## Decoding of 43-byte reports", decodeTable(comparison.decode)]),
    ...(comparison.sockets.length === 0
      ? []
      : ["## WebSocket engines", socketTable(comparison.sockets, load)]),
    ...(comparison.flushes.length === 0
      ? []
      : [`## One message to ${figure(load.sockets)} sockets at once`, flushTable(comparison.flushes)]),
  ].join("\n\n");
}

function pointSections({ points, redis }: Comparison): string[] {
  if (points.length === 0) return [];
  const rows = points.map((one) => [
    one.layout,
    one.size.toLocaleString("en-US"),
    one.name,
    one.updateNs,
    one.pairNs,
    one.pairsPerS,
    range(one.updatesAgainstRbush),
    range(one.againstRbush),
    `${one.mismatches} of ${one.checked}`,
  ]);
  const notes = [...new Map(points.map(({ name, note }) => [name, note]))].map(
    ([name, note]) => `* ${name}: ${note}.`,
  );
  const absent = redis === undefined ? "Redis: absent, redis-server is not installed." : `Redis ${redis}.`;
  return [
    `## Moving points: an update and the neighbours within ${RADIUS_M} m`,
    markdownTable(
      [
        "layout",
        "points",
        "structure",
        "update, ns",
        "pair, ns",
        "pairs/s",
        "updates, times rbush",
        "pairs, times rbush",
        "wrong of checked",
      ],
      rows,
    ),
    [...notes, `* ${absent}`].join("\n"),
  ];
}

function decodeTable(results: readonly MicroResult[]): string {
  const rows = results.map(({ name, nsPerOperation, ratio }) => [name, nsPerOperation, ratio]);
  return markdownTable(["reader", "ns per report", "of the first"], rows);
}

function socketTable(results: readonly SocketsResult[], { sockets, messagesPerS }: SocketLoad): string {
  const rows = results.map(({ mode, engine, isAbsent, processorUs, missing }) => [
    mode,
    engine === "uws" ? "uWebSockets.js" : "ws",
    isAbsent ? "absent" : range(processorUs),
    String(missing),
  ]);
  const table = markdownTable(["load", "engine", "server's µs per message", "missing"], rows);
  return `${table}\n\n${figure(messagesPerS)} messages of 64 B a second in turn on ${figure(sockets)} sockets, each a write of its own; both engines behind Roadpulse's transport port.`;
}

function flushTable(results: readonly FlushResult[]): string {
  const rows = results.map((one) => [
    one.messageBytes,
    one.way,
    one.callMs,
    one.spreadP50Ms,
    one.spreadP99Ms,
  ]);
  return markdownTable(
    ["message, B", "call of uWebSockets.js", "in the calls, ms", "first to last read, p50, ms", "p99, ms"],
    rows,
  );
}

const range = ([median, least, most]: readonly [number, number, number]): string =>
  `${figure(median)} (${figure(least)} to ${figure(most)})`;
