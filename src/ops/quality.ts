import type { Counters, SourceCounters } from "../domain/counters.ts";
import type { SensorFailure } from "../domain/sensor-tests.ts";
import type { MinuteOfSource } from "../domain/source-quality.ts";
import { CENTRE_SOURCE } from "../domain/station.ts";
import type { HttpRoute } from "./http.ts";
import { sendJson } from "./http.ts";
import { describeSources } from "./quality-description.ts";

export type QualityVerdict = "ok" | "doubtful" | "failed";

/** How good a source's data are, and why. */
export interface QualityCard {
  readonly source: string;
  readonly verdict: QualityVerdict;
  /** Sentences, worst first; empty where all is well. */
  readonly reasons: readonly string[];
  /** Since the last message, s; undefined before the first. */
  readonly silentS: number | undefined;
  readonly lastMinute: {
    readonly messagesPerS: number;
    readonly itemsPerS: number;
    readonly acceptedShare: number;
    readonly duplicateShare: number;
    readonly rejectedShare: number;
    readonly lateShare: number;
    readonly longestGapMs: number;
    /** Least receive time minus event time. */
    readonly clockSkewMs: number | undefined;
    readonly positionsWithAccuracyShare: number | undefined;
    readonly meanPositionAccuracyM: number | undefined;
  };
  /** Since the start. */
  readonly totals: {
    readonly received: number;
    readonly accepted: number;
    readonly duplicate: number;
    readonly late: number;
    readonly shed: number;
    readonly rejectedByReason: Readonly<Record<string, number>>;
  };
  readonly sensors: {
    readonly lanes: number;
    readonly untestedReadings: number;
    readonly failures: readonly SensorFailure[];
  };
}

/** Silence after which a source is doubted and given up: CAM come each second, backhauls recover within some (own). */
const SILENT_DOUBTFUL_S = 5;
const SILENT_FAILED_S = 60;

/** Reference identity model: flag above 200 ms, quarantine above 1 s. */
const SKEW_DOUBTFUL_MS = 200;
const SKEW_FAILED_MS = 1_000;

/** Shares of items that are not believed (own: honest simulated traffic stays below 0.5 %). */
const REJECTED_DOUBTFUL = 0.05;
const REJECTED_FAILED = 0.5;

/** Behind the watermark, so of no use for windows (own). */
const LATE_DOUBTFUL = 0.1;

/** Wider than a carriageway (own). */
const ACCURACY_DOUBTFUL_M = 15;

/** Listed per source; the count says how many there are. */
const LISTED_FAILURES = 50;

interface Finding {
  readonly verdict: "doubtful" | "failed";
  readonly reason: string;
}

/** Cards of all sources, by name. Sources beyond the bound of the counters share one. */
export function qualityCards(counters: Counters, nowMs: number): QualityCard[] {
  return (
    [...counters.sources]
      // The centre speaks when it has something to say; its silence is no fault.
      .filter(([name, source]) => source.received > 0 && name !== CENTRE_SOURCE)
      .map(([name, source]) => qualityCard(name, source, nowMs))
      .sort((a, b) => (a.source < b.source ? -1 : 1))
  );
}

export function qualityCard(name: string, source: SourceCounters, nowMs: number): QualityCard {
  const { quality } = source;
  const minute = quality.minuteBefore(nowMs);
  const silentS = Number.isNaN(quality.lastReceivedAtMs)
    ? undefined
    : Math.max(0, Math.round((nowMs - quality.lastReceivedAtMs) / 100) / 10);
  const failures = quality.sensors.failures();
  const findings = [
    ...silenceFindings(silentS, minute),
    ...itemFindings(minute),
    ...clockFindings(source, minute),
    ...sensorFindings(failures, quality.sensors.lanes),
  ].sort((a, b) => (a.verdict === b.verdict ? 0 : a.verdict === "failed" ? -1 : 1));
  return {
    source: name,
    verdict: findings[0]?.verdict ?? "ok",
    reasons: findings.map(({ reason }) => reason),
    silentS,
    lastMinute: figuresOf(minute),
    totals: totalsOf(source),
    sensors: {
      lanes: quality.sensors.lanes,
      untestedReadings: quality.sensors.untested,
      failures: failures.slice(0, LISTED_FAILURES),
    },
  };
}

function silenceFindings(silentS: number | undefined, { longestGapMs }: MinuteOfSource): Finding[] {
  if (silentS !== undefined && silentS >= SILENT_FAILED_S) {
    return [{ verdict: "failed", reason: `Silent for ${Math.round(silentS)} s.` }];
  }
  if (silentS !== undefined && silentS >= SILENT_DOUBTFUL_S) {
    return [{ verdict: "doubtful", reason: `Silent for ${Math.round(silentS)} s.` }];
  }
  if (longestGapMs < SILENT_DOUBTFUL_S * 1_000) return [];
  return [
    {
      verdict: "doubtful",
      reason: `Was silent for ${Math.round(longestGapMs / 1_000)} s in the last minute.`,
    },
  ];
}

function itemFindings({ received, rejected, late, accepted }: MinuteOfSource): Finding[] {
  const findings: Finding[] = [];
  const share = shareOf(rejected, received) ?? 0;
  if (share >= REJECTED_DOUBTFUL) {
    const verdict = share >= REJECTED_FAILED ? "failed" : "doubtful";
    findings.push({ verdict, reason: `${percent(share)} of its items are not used.` });
  }
  const lateShare = shareOf(late, accepted) ?? 0;
  if (lateShare >= LATE_DOUBTFUL) {
    findings.push({
      verdict: "doubtful",
      reason: `${percent(lateShare)} of its items come more than 2 s late.`,
    });
  }
  return findings;
}

function clockFindings({ quality }: SourceCounters, { skewMs, meanAccuracyM }: MinuteOfSource): Finding[] {
  const findings: Finding[] = [];
  if (skewMs !== undefined && Math.abs(skewMs) > SKEW_DOUBTFUL_MS) {
    const verdict = Math.abs(skewMs) > SKEW_FAILED_MS ? "failed" : "doubtful";
    const side = skewMs < 0 ? "ahead" : "behind, or its messages are held up";
    findings.push({ verdict, reason: `Its clock is ${Math.round(Math.abs(skewMs))} ms ${side}.` });
  }
  if (meanAccuracyM !== undefined && meanAccuracyM > ACCURACY_DOUBTFUL_M) {
    const reason = `Positions are known to ${Math.round(meanAccuracyM)} m only.`;
    findings.push({ verdict: "doubtful", reason });
  }
  if (quality.unit?.gnssLocked === false)
    findings.push({ verdict: "doubtful", reason: "The unit has no satellite fix." });
  return findings;
}

function sensorFindings(failures: readonly SensorFailure[], lanes: number): Finding[] {
  if (failures.length === 0) return [];
  const verdict = failures.length === lanes ? "failed" : "doubtful";
  const tests = [...new Set(failures.flatMap(({ failed }) => failed))].sort().join(", ");
  return [{ verdict, reason: `${failures.length} of ${lanes} sensor lanes fail: ${tests}.` }];
}

function figuresOf(minute: MinuteOfSource): QualityCard["lastMinute"] {
  const { seconds, messages, received, accepted, duplicate, rejected, late, positions } = minute;
  return {
    messagesPerS: rounded(messages / seconds, 2),
    itemsPerS: rounded(received / seconds, 2),
    acceptedShare: rounded(shareOf(accepted, received) ?? 0, 4),
    duplicateShare: rounded(shareOf(duplicate, received) ?? 0, 4),
    rejectedShare: rounded(shareOf(rejected, received) ?? 0, 4),
    lateShare: rounded(shareOf(late, accepted) ?? 0, 4),
    longestGapMs: Math.round(minute.longestGapMs),
    clockSkewMs: minute.skewMs === undefined ? undefined : Math.round(minute.skewMs),
    positionsWithAccuracyShare: shareOf(minute.positionsWithAccuracy, positions),
    meanPositionAccuracyM: minute.meanAccuracyM === undefined ? undefined : rounded(minute.meanAccuracyM, 2),
  };
}

function totalsOf(source: SourceCounters): QualityCard["totals"] {
  const { received, accepted, duplicate, late, shed } = source;
  const rejectedByReason = Object.fromEntries([...source.invalid].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { received, accepted, duplicate, late, shed: shed.total, rejectedByReason };
}

function shareOf(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** The cards over HTTP. `nowMs` is on the clock of the receive times. */
export function qualityRoutes(counters: Counters, nowMs: () => number): HttpRoute[] {
  return [
    {
      method: "GET",
      path: "/v1/sources",
      title: "Quality of every source: verdict, reasons, rates, gaps, clock, positions, rejections, sensors",
      describe: describeSources,
      handle: ({ response }) => sendJson(response, 200, { sources: qualityCards(counters, nowMs()) }),
    },
  ];
}
