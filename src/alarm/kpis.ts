import type { AlarmKpis, Priority } from "../api/contract/alarms.ts";
import type { Alarms } from "./alarms.ts";
import { type Annunciation, WINDOW_MS } from "./annunciations.ts";
import { isPresent, keyOf } from "./line.ts";

/** Of the worst. */
const MOST_SOURCES = 10;

/** A week of windows. */
export const LONGEST_KPI_SPAN_MS = 7 * 86_400_000;

/**
 * How the alarms treat the operators between two times. Begins later where calls from then on are no longer kept: `fromMs`
 * tells. The last window may not be over.
 */
export function alarmKpis(alarms: Alarms, askedFromMs: number, toMs: number): AlarmKpis {
  const { log, settings } = alarms;
  const kept = log.forgotten > 0 ? (log.entries[0]?.atMs ?? askedFromMs) : askedFromMs;
  const fromMs = wholeWindow(Math.max(askedFromMs, kept, toMs - LONGEST_KPI_SPAN_MS));
  const calls = log.entries.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  const windows = windowsOf(calls, fromMs, toMs);
  const flooded = windows.filter(({ alarms: told, suppressed }) => told + suppressed >= settings.floodFrom);
  return {
    fromMs,
    toMs,
    windows,
    floodShare: windows.length === 0 ? 0 : flooded.length / windows.length,
    priorityShares: sharesOf(calls),
    medianAcknowledgeMs: medianOf(
      calls.flatMap(({ acknowledgedAtMs, atMs }) =>
        acknowledgedAtMs === undefined ? [] : [acknowledgedAtMs - atMs],
      ),
    ),
    ...standingOf(alarms),
    topSources: topSources(calls),
  };
}

const wholeWindow = (atMs: number): number => Math.floor(atMs / WINDOW_MS) * WINDOW_MS;

function windowsOf(calls: readonly Annunciation[], fromMs: number, toMs: number): AlarmKpis["windows"] {
  const count = Math.max(0, Math.ceil((toMs - fromMs) / WINDOW_MS));
  const windows = Array.from({ length: count }, (_, i) => ({
    fromMs: fromMs + i * WINDOW_MS,
    alarms: 0,
    p1: 0,
    p2: 0,
    p3: 0,
    suppressed: 0,
  }));
  for (const { atMs, priority, suppressed } of calls) {
    const window = windows[Math.floor((atMs - fromMs) / WINDOW_MS)];
    if (window === undefined) continue;
    if (suppressed !== undefined) window.suppressed++;
    else {
      window.alarms++;
      window[`p${priority}`]++;
    }
  }
  return windows;
}

function sharesOf(calls: readonly Annunciation[]): AlarmKpis["priorityShares"] {
  const of = (priority: Priority): number =>
    calls.length === 0 ? 0 : calls.filter((call) => call.priority === priority).length / calls.length;
  return { p1: of(1), p2: of(2), p3: of(3) };
}

function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  return ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function standingOf(alarms: Alarms): Pick<AlarmKpis, "standing" | "stale" | "chattering" | "shelved"> {
  const lines = [...alarms.lines()].filter(({ exercise }) => !exercise);
  const chattering = lines.filter((line) => line.isChattering);
  return {
    standing: lines.filter(isPresent).length,
    stale: lines.filter((line) => line.isStale).map(({ alarmId }) => alarmId),
    chattering: chattering.map((line) => ({
      key: keyOf(line, alarms.settings.rules),
      transitions: line.begins.length,
    })),
    shelved: lines.filter(({ shelf }) => shelf !== undefined).length,
  };
}

function topSources(calls: readonly Annunciation[]): AlarmKpis["topSources"] {
  const counts = new Map<string, number>();
  for (const { key } of calls) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .sort(([a, most], [b, least]) => least - most || (a < b ? -1 : 1))
    .slice(0, MOST_SOURCES)
    .map(([key, alarms]) => ({ key, alarms, share: alarms / calls.length }));
}
