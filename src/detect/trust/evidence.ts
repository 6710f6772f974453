import type { TrustParameters } from "./trust-parameters.ts";
import { Flag, Word } from "./trust-table.ts";

/** What can speak against a station; bits of `Word.failed`. */
export const Check = {
  jump: 1,
  refused: 2,
  way: 4,
  frozen: 8,
  range: 16,
  offRoad: 32,
  lateral: 64,
  blind: 128,
  hurried: 256,
  overlap: 512,
  abruptStop: 1024,
  passedThrough: 2048,
  notice: 4096,
  acceleration: 8192,
  appeared: 16384,
} as const;

/** What an accident, a spin or dead sensors explain; being in another place than claimed they do not. */
const EXCUSED_IN_DISTRESS =
  Check.way |
  Check.frozen |
  Check.blind |
  Check.overlap |
  Check.abruptStop |
  Check.passedThrough |
  Check.acceleration;

const MILLI = 1_000;

/** More evidence than this says nothing more, and must be forgettable within two minutes. */
export const MAX_SUSPICION_MILLI = 12_000;

/** Reports that fitted, beyond which more say nothing more. */
export const MAX_CREDIT = 200;

/** Credit of half the way from unknown to trusted: three reports give 0.8. */
const HALF_CREDIT = 2;

/** A new station that should have been heard before must first make up for that; keeps its trust at 0.33 at first. */
export const APPEARED_CREDIT = -1;

/** Adds evidence against a station, unless it is in distress and that explains it. */
export function accuse(words: Int32Array, at: number, check: number, weight: number): void {
  words[at + Word.failed] = (words[at + Word.failed] as number) | check;
  if ((check & EXCUSED_IN_DISTRESS) !== 0 && ((words[at + Word.flags] as number) & Flag.distress) !== 0)
    return;
  const milli = (words[at + Word.suspicion] as number) + Math.round(weight * MILLI);
  words[at + Word.suspicion] = Math.min(MAX_SUSPICION_MILLI, milli);
}

/** Takes evidence away. */
export function vouch(words: Int32Array, at: number, weight: number): void {
  const milli = (words[at + Word.suspicion] as number) - Math.round(weight * MILLI);
  words[at + Word.suspicion] = Math.max(0, milli);
}

/**
 * How far a row's station is believed, 0 to 1 in steps of 0.01: from 0.5 for one that is new towards 1 with reports that
 * fit, times a factor that falls from 1 to 0 with evidence s (nat): 1 / (1 + s/3 + s²/2). It is 0.67 at 0.7 (a stop that
 * no brake explains), 0.18 at 2.5 and 0.1 at 4.
 */
export function trustAt(words: Int32Array, at: number): number {
  const credit = words[at + Word.credit] as number;
  const known = 0.5 + (0.5 * credit) / (Math.abs(credit) + HALF_CREDIT);
  const s = (words[at + Word.suspicion] as number) / MILLI;
  return Math.round((100 * known) / (1 + s / 3 + (s * s) / 2)) / 100;
}

/** The evidence has reached what a report to an authority would rest on. */
export function misbehaves(words: Int32Array, at: number, { reportWeight }: TrustParameters): boolean {
  return (words[at + Word.suspicion] as number) >= reportWeight * MILLI;
}
