import { usageFailure } from "./io.ts";

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A point in time from `2026-11-23T06:00Z` (local time without a zone) or, so long ago, `90s`, `30m`, `2h`, `3d`.
 * @param name the flag, begins the sentence that refuses the text
 * @returns Unix ms
 */
export function timeFrom(name: string, text: string, nowMs: number): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim()) ?? [];
  if (amount !== undefined) return Math.round(nowMs - Number(amount) * (UNITS_MS[unit] ?? 0));
  const parsed = /^\d{4}-\d\d-\d\d/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  if (Number.isFinite(parsed)) return parsed;
  throw usageFailure(
    `${name} ${text} is no time.`,
    "Write 2026-11-23T06:00Z, or so long ago: 90s, 30m, 2h, 3d.",
  );
}
