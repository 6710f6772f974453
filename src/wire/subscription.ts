import { ALERT_KINDS, type AlertKind, type Severity } from "../domain/alert.ts";
import { closestWord } from "../domain/closest-word.ts";
import type { GeoPoint } from "../domain/place.ts";
import {
  type AlertFilter,
  EVERY_ALERT,
  type Problem,
  type Subscription,
  type SubscriptionArea,
} from "../domain/subscription.ts";
import { FieldCheck } from "./field-check.ts";
import type * as stream from "./gen/roadpulse.js";
import type { WireGeoPoint, WireSubscribe } from "./ingest-frame.ts";

type WireBox = stream.roadpulse.stream.v1.Box.$Properties;
type WireFilter = stream.roadpulse.stream.v1.AlertFilter.$Properties;

/** Limits of client.proto, in its units. */
export const SUBSCRIPTION_LIMITS = {
  maxIdCharacters: 64,
  minPolygonPoints: 3,
  minCorridorPoints: 2,
  maxPoints: 1_000,
  maxRadiusM: 500_000,
  maxHalfWidthM: 5_000,
  minAheadM: 50,
  maxAheadM: 20_000,
  maxFilterEntries: 64,
  /** ETSI TS 102 894-2, CauseCodeType. */
  maxCauseCode: 255,
  minIntervalMs: 100,
  maxIntervalMs: 60_000,
} as const;

const MAX_LATITUDE_E7 = 900_000_000;
const MAX_LONGITUDE_E7 = 1_800_000_000;
const E7 = 1e7;

const KINDS: ReadonlySet<string> = new Set(ALERT_KINDS);

/**
 * Checks a Subscribe, wherever it came from.
 *
 * @param path path of the message, e.g. `subscribe`; begins every field path in a problem
 */
export function toSubscription(wire: WireSubscribe, path: string): Subscription | Problem {
  const subscriptionId = wire.subscription_id ?? "";
  const check = new FieldCheck(subscriptionId.slice(0, SUBSCRIPTION_LIMITS.maxIdCharacters));
  checkSubscriptionId(subscriptionId, `${path}.subscription_id`, check);
  const subscription: Subscription = {
    subscriptionId,
    area: areaOf(wire, path, check),
    filter: wire.filter ? filterOf(wire.filter, `${path}.filter`, check) : EVERY_ALERT,
    positionsIntervalMs: wire.positions
      ? check.number(
          wire.positions.interval_ms,
          `${path}.positions.interval_ms`,
          SUBSCRIPTION_LIMITS.minIntervalMs,
          SUBSCRIPTION_LIMITS.maxIntervalMs,
          "ms",
        )
      : undefined,
    resume: wire.resume ? { epoch: wire.resume.epoch ?? 0, sequence: wire.resume.sequence ?? 0 } : undefined,
  };
  return check.problem ?? subscription;
}

export function checkSubscriptionId(id: string, field: string, check: FieldCheck): void {
  if (id === "") check.refuse("missing-field", field, `${field} is empty; give the subscription a name.`);
  if (id.length > SUBSCRIPTION_LIMITS.maxIdCharacters) {
    const most = SUBSCRIPTION_LIMITS.maxIdCharacters;
    check.refuse("out-of-range", field, `${field} has ${id.length} characters; at most ${most} are taken.`);
  }
}

function areaOf(wire: WireSubscribe, path: string, check: FieldCheck): SubscriptionArea {
  if (wire.everywhere) return { form: "everywhere" };
  if (wire.box) return boxOf(wire.box, `${path}.box`, check);
  if (wire.polygon) return polygonOf(wire.polygon.points ?? [], `${path}.polygon.points`, check);
  if (wire.circle) {
    const center = pointOf(wire.circle.center, `${path}.circle.center`, check);
    const { maxRadiusM } = SUBSCRIPTION_LIMITS;
    const radiusM = check.number(wire.circle.radius_m, `${path}.circle.radius_m`, 1, maxRadiusM, "m");
    return { form: "circle", center, radiusM };
  }
  if (wire.corridor) {
    const points = pointsOf(
      wire.corridor.points ?? [],
      `${path}.corridor.points`,
      SUBSCRIPTION_LIMITS.minCorridorPoints,
      check,
    );
    const field = `${path}.corridor.half_width_m`;
    const { maxHalfWidthM } = SUBSCRIPTION_LIMITS;
    return {
      form: "corridor",
      points,
      halfWidthM: check.number(wire.corridor.half_width_m, field, 1, maxHalfWidthM, "m"),
    };
  }
  if (wire.ahead) {
    const { minAheadM, maxAheadM } = SUBSCRIPTION_LIMITS;
    const distanceM = check.number(
      wire.ahead.distance_m,
      `${path}.ahead.distance_m`,
      minAheadM,
      maxAheadM,
      "m",
    );
    return { form: "ahead", stationId: wire.ahead.station_id ?? 0, distanceM };
  }
  const forms = "everywhere, box, polygon, circle, corridor or ahead";
  check.refuse("missing-field", `${path}.area`, `${path} names no area; set one of ${forms}.`);
  return { form: "everywhere" };
}

function boxOf(wire: WireBox, path: string, check: FieldCheck): SubscriptionArea {
  const latitude = (value: number | null | undefined, name: string) =>
    check.number(value, `${path}.${name}`, -MAX_LATITUDE_E7, MAX_LATITUDE_E7, "(1e-7 degree)") / E7;
  const longitude = (value: number | null | undefined, name: string) =>
    check.number(value, `${path}.${name}`, -MAX_LONGITUDE_E7, MAX_LONGITUDE_E7, "(1e-7 degree)") / E7;
  const box = {
    southDeg: latitude(wire.south_e7, "south_e7"),
    westDeg: longitude(wire.west_e7, "west_e7"),
    northDeg: latitude(wire.north_e7, "north_e7"),
    eastDeg: longitude(wire.east_e7, "east_e7"),
  };
  if (box.southDeg >= box.northDeg) {
    const field = `${path}.north_e7`;
    check.refuse("invalid-shape", field, `${field} must be greater than south_e7; the box has no height.`);
  }
  if (box.westDeg === box.eastDeg) {
    const field = `${path}.east_e7`;
    check.refuse("invalid-shape", field, `${field} must differ from west_e7; the box has no width.`);
  }
  return { form: "box", box };
}

/** A ring that repeats its first point at the end, as GeoJSON does, is taken without the repetition. */
function polygonOf(wire: readonly WireGeoPoint[], path: string, check: FieldCheck): SubscriptionArea {
  const closed = wire.length > 1 && samePlace(wire[0], wire.at(-1));
  const ring = closed ? wire.slice(0, -1) : wire;
  return { form: "polygon", points: pointsOf(ring, path, SUBSCRIPTION_LIMITS.minPolygonPoints, check) };
}

function samePlace(a: WireGeoPoint | undefined, b: WireGeoPoint | undefined): boolean {
  return a?.latitude_e7 === b?.latitude_e7 && a?.longitude_e7 === b?.longitude_e7;
}

function pointsOf(
  wire: readonly WireGeoPoint[],
  path: string,
  min: number,
  check: FieldCheck,
): readonly GeoPoint[] {
  check.count(wire.length, path, min, SUBSCRIPTION_LIMITS.maxPoints);
  if (check.problem !== undefined) return [];
  return wire.map((point, index) => pointOf(point, `${path}[${index}]`, check));
}

function pointOf(wire: WireGeoPoint | null | undefined, path: string, check: FieldCheck): GeoPoint {
  if (!wire) check.refuse("missing-field", path, `${path} is missing.`);
  const unit = "(1e-7 degree)";
  const latitude = wire?.latitude_e7;
  const longitude = wire?.longitude_e7;
  return {
    latitudeDeg: check.number(latitude, `${path}.latitude_e7`, -MAX_LATITUDE_E7, MAX_LATITUDE_E7, unit) / E7,
    longitudeDeg:
      check.number(longitude, `${path}.longitude_e7`, -MAX_LONGITUDE_E7, MAX_LONGITUDE_E7, unit) / E7,
  };
}

function filterOf(wire: WireFilter, path: string, check: FieldCheck): AlertFilter {
  const causeCodes = wire.cause_codes ?? [];
  const kinds = wire.kinds ?? [];
  const { maxFilterEntries, maxCauseCode } = SUBSCRIPTION_LIMITS;
  check.count(causeCodes.length, `${path}.cause_codes`, 0, maxFilterEntries);
  check.count(kinds.length, `${path}.kinds`, 0, maxFilterEntries);
  if (check.problem !== undefined) return EVERY_ALERT;
  for (const [i, code] of causeCodes.entries())
    check.number(code, `${path}.cause_codes[${i}]`, 0, maxCauseCode);
  return {
    causeCodes,
    kinds: kinds.map((kind, i) => kindOf(kind, `${path}.kinds[${i}]`, check)),
    minSeverity: check.number(wire.min_severity ?? 1, `${path}.min_severity`, 1, 5) as Severity,
    minConfidencePct: check.number(wire.min_confidence_pct, `${path}.min_confidence_pct`, 0, 100, "%"),
    confirmedOnly: wire.confirmed_only ?? false,
  };
}

/** Enough of an unknown kind to recognise it; the problem stays one line. */
const SHOWN_KIND_CHARACTERS = 64;

function kindOf(kind: string, field: string, check: FieldCheck): AlertKind {
  if (KINDS.has(kind)) return kind as AlertKind;
  const meant = closestWord(kind, ALERT_KINDS);
  const hint = meant === undefined ? `The kinds are ${ALERT_KINDS.join(", ")}.` : `Did you mean "${meant}"?`;
  const shown = kind.slice(0, SHOWN_KIND_CHARACTERS);
  check.refuse("unknown-value", field, `${field} is no known kind of alert: "${shown}". ${hint}`);
  return "notice";
}

/** The wire form of a subscription, for clients. */
export function toWireSubscribe(subscription: Subscription): WireSubscribe {
  return {
    subscription_id: subscription.subscriptionId,
    ...wireArea(subscription.area),
    filter: wireFilter(subscription.filter),
    positions:
      subscription.positionsIntervalMs === undefined
        ? null
        : { interval_ms: subscription.positionsIntervalMs },
    resume: subscription.resume === undefined ? null : { ...subscription.resume },
  };
}

const toE7 = (deg: number): number => Math.round(deg * E7);

const wirePoint = (point: GeoPoint): WireGeoPoint => ({
  latitude_e7: toE7(point.latitudeDeg),
  longitude_e7: toE7(point.longitudeDeg),
});

function wireArea(area: SubscriptionArea): WireSubscribe {
  switch (area.form) {
    case "everywhere":
      return { everywhere: {} };
    case "box": {
      const { southDeg, westDeg, northDeg, eastDeg } = area.box;
      return {
        box: {
          south_e7: toE7(southDeg),
          west_e7: toE7(westDeg),
          north_e7: toE7(northDeg),
          east_e7: toE7(eastDeg),
        },
      };
    }
    case "polygon":
      return { polygon: { points: area.points.map(wirePoint) } };
    case "circle":
      return { circle: { center: wirePoint(area.center), radius_m: Math.round(area.radiusM) } };
    case "corridor":
      return { corridor: { points: area.points.map(wirePoint), half_width_m: Math.round(area.halfWidthM) } };
    case "ahead":
      return { ahead: { station_id: area.stationId, distance_m: Math.round(area.distanceM) } };
  }
}

function wireFilter(filter: AlertFilter): WireFilter {
  return {
    cause_codes: [...filter.causeCodes],
    kinds: [...filter.kinds],
    min_severity: filter.minSeverity,
    min_confidence_pct: filter.minConfidencePct,
    confirmed_only: filter.confirmedOnly,
  };
}
