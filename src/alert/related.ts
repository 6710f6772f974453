import type { AlertKind } from "../domain/alert.ts";

/**
 * Kinds that tell of one event at one place from two sides: what stands on the road, and that nobody gets past it. They
 * stay alerts of their own, because each may end before the other; the later one names the earlier.
 */
const RELATED: Readonly<Partial<Record<AlertKind, readonly AlertKind[]>>> = {
  blockage: ["accident", "stationary-vehicle", "minimal-risk-manoeuvre", "obstacle"],
  accident: ["blockage"],
  "stationary-vehicle": ["blockage"],
  "minimal-risk-manoeuvre": ["blockage"],
  obstacle: ["blockage"],
};

/** Two rows of vehicles, and errors of position. */
export const RELATED_M = 50;

/** Of one direction of traffic. */
export const RELATED_HEADING_DEG = 45;

const NONE: readonly AlertKind[] = [];

/** The kinds that one of this kind may belong to, the likeliest cause first. */
export function relatedKinds(kind: AlertKind): readonly AlertKind[] {
  return RELATED[kind] ?? NONE;
}
