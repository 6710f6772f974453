import type { Counters, SourceCounters } from "../domain/counters.ts";
import { count, table } from "./style.ts";

/** Sources listed one by one; beyond it the table sums up. */
const LISTED_SOURCES = 20;

/** What became of the items: received = accepted + duplicate + invalid + shed, and why items were not used. */
export function conservationText(counters: Counters): string {
  const sources = [...counters.sources].filter(([, source]) => source.received > 0);
  const listed = sources.sort(([, a], [, b]) => b.received - a.received).slice(0, LISTED_SOURCES);
  const rows = listed.map(([name, source]) => [name, ...outcomes([source])]);
  if (sources.length > 1) rows.push(["total", ...outcomes(sources.map(([, source]) => source))]);
  const head = ["source", "received", "accepted", "duplicate", "invalid", "shed", "late"];
  const reasons = reasonsText(sources.map(([, source]) => source));
  return table([head, ...rows], [1, 2, 3, 4, 5, 6]) + reasons + faultsText(counters);
}

/** Parts that threw and were passed by or restarted: a fault of the program that its user must hear of. */
function faultsText(counters: Counters): string {
  const rows = [...counters.faults.counts].map(([part, faults]) => [part, count(faults)]);
  return rows.length === 0 ? "" : `\n${table([["failed and was restarted", "times"], ...rows], [1])}`;
}

function outcomes(sources: readonly SourceCounters[]): string[] {
  const sum = (pick: (source: SourceCounters) => number): string =>
    count(sources.reduce((total, source) => total + pick(source), 0));
  return [
    sum((source) => source.received),
    sum((source) => source.accepted),
    sum((source) => source.duplicate),
    sum((source) => source.invalidTotal),
    sum((source) => source.shed.total),
    sum((source) => source.late),
  ];
}

function reasonsText(sources: readonly SourceCounters[]): string {
  const byReason = new Map<string, number>();
  for (const source of sources) {
    for (const [reason, items] of [...source.invalid, ...source.shed.counts]) {
      byReason.set(reason, (byReason.get(reason) ?? 0) + items);
    }
  }
  // A refused message without items counts none.
  const used = [...byReason].filter(([, items]) => items > 0);
  const rows = used.sort(([, a], [, b]) => b - a).map(([reason, items]) => [reason, count(items)]);
  return rows.length === 0 ? "" : `\n${table([["not used because", "items"], ...rows], [1])}`;
}
