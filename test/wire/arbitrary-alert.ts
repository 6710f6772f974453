import fc from "fast-check";
import {
  ALERT_KINDS,
  type Alert,
  type Measure,
  type RoadReference,
  type Severity,
} from "../../src/domain/alert.ts";
import type { GeoPoint, Outline } from "../../src/domain/place.ts";

const text = (maxLength: number) => fc.string({ unit: "grapheme", maxLength });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const timeMs = fc.integer({ min: 0, max: 4_102_444_800_000 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });

const point: fc.Arbitrary<GeoPoint> = fc.record({
  latitudeDeg: fc.integer({ min: -900_000_000, max: 900_000_000 }).map((e7) => e7 / 1e7),
  longitudeDeg: fc.integer({ min: -1_799_999_999, max: 1_800_000_000 }).map((e7) => e7 / 1e7),
});
const points = fc.array(point, { maxLength: 6 });

const outline: fc.Arbitrary<Outline> = fc.oneof(
  fc.record({
    form: fc.constantFrom("point" as const),
    points: fc.array(point, { minLength: 1, maxLength: 1 }),
  }),
  fc.record({ form: fc.constantFrom("line" as const, "polygon" as const), points }),
  fc.record({ form: fc.constant("multi-polygon" as const), parts: fc.array(points, { maxLength: 4 }) }),
);

const road: fc.Arbitrary<RoadReference> = fc.record({
  ref: text(8),
  direction: text(20),
  fromKm: number,
  toKm: number,
  text: text(40),
});

const measure: fc.Arbitrary<Measure> = fc.oneof(
  fc.record({ name: text(12), observed: number }),
  fc.record({ name: text(12), observed: number, threshold: number }),
);

/** Any alert that the domain allows. */
export const arbitraryAlert: fc.Arbitrary<Alert> = fc.record({
  alertId: text(16),
  revision: uint32,
  state: fc.constantFrom("new", "updated", "ended", "cancelled", "expired"),
  tier: fc.constantFrom("suspected", "confirmed"),
  kind: fc.constantFrom(...ALERT_KINDS),
  causeCode: uint32,
  subCauseCode: uint32,
  severity: fc.integer({ min: 1, max: 5 }).map((severity) => severity as Severity),
  confidencePct: fc.integer({ min: 0, max: 100 }),
  detectedAtMs: timeMs,
  referencedAtMs: timeMs,
  validUntilMs: timeMs,
  beganAtMs: timeMs,
  position: point,
  headingDeg: fc.option(
    fc.integer({ min: 0, max: 3599 }).map((tenths) => tenths / 10),
    { nil: undefined },
  ),
  outline,
  road: fc.option(road, { nil: undefined }),
  evidence: fc.record({
    stations: uint32,
    observations: uint32,
    receivers: uint32,
    sources: fc.array(text(8), { maxLength: 8 }),
    marks: fc.array(text(8), { maxLength: 3 }),
  }),
  why: fc.record({ rule: text(12), text: text(40), measures: fc.array(measure, { maxLength: 4 }) }),
});
