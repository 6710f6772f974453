import { type Rejection, reject } from "../domain/rejection.ts";

/** What generated code yields for an optional field: absent is null or undefined. */
export type Optional<T> = T | null | undefined;

/**
 * Checks one numeric field against the range of the standard and scales it to SI. Built once per field: the rejection is
 * shared, so that refusing costs no more than accepting.
 */
export interface ScaledField {
  /** Inclusive bounds in wire units. */
  readonly min: number;
  readonly max: number;
  /** True where the value is absent or within the range. */
  readonly holds: (value: Optional<number>) => boolean;
  /** SI value, undefined where absent or out of the range. */
  readonly si: (value: Optional<number>) => number | undefined;
  readonly rejection: Rejection;
}

/**
 * @param path field path as it stands in receipts
 * @param min @param max inclusive bounds in wire units
 * @param unitsPerSi wire units per SI unit, e.g. 100 for cm
 */
export function scaled(path: string, min: number, max: number, unitsPerSi: number): ScaledField {
  return {
    min,
    max,
    holds: (value) => value === null || value === undefined || (value >= min && value <= max),
    si: (value) =>
      value === null || value === undefined || value < min || value > max ? undefined : value / unitsPerSi,
    rejection: reject("out-of-range", path),
  };
}

/** The first rejection among fields and values, or undefined where all hold. */
export function firstOutOfRange(
  fields: readonly (readonly [ScaledField, Optional<number>])[],
): Rejection | undefined {
  return fields.find(([field, value]) => !field.holds(value))?.[0].rejection;
}

/** Heading of the wire (0.1 degree) in degrees; 3600 "shall not be used", occurs in the field, and is read as 0. */
export function headingDeg(ddeg: Optional<number>): number | undefined {
  if (ddeg === null || ddeg === undefined) return undefined;
  return ddeg === 3600 ? 0 : ddeg / 10;
}

export const optional = <T>(value: Optional<T>): T | undefined => value ?? undefined;
