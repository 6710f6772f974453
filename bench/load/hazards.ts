import type { Alert } from "../../src/domain/alert.ts";
import { encodeIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";

/** Far from the fleet's roads, so that no queue or witness belongs to a planted vehicle. */
const CORNER = { latitudeDeg: 46, longitudeDeg: 1 };

/** Apart by more than any radius within which alerts merge. */
const GRID_STEP_DEG = 0.02;

/** Each place is used again after so many hazards, long after its alert has ended. */
const GRID_SIDE = 150;

/** Where the hazards are planted, row by row from its south-west corner. */
export const HAZARD_REGION = {
  southDeg: CORNER.latitudeDeg,
  westDeg: CORNER.longitudeDeg,
  heightDeg: GRID_SIDE * GRID_STEP_DEG,
  widthDeg: GRID_SIDE * GRID_STEP_DEG,
} as const;

/** Between two reports of a hazard, where nothing else is said. */
const STEP_MS = 100;
const CRUISING_MPS = 30;
const BRAKING_MPS2 = 8;
const EMERGENCY_BRAKE_BIT = 4;
const DISABLED_VEHICLE_BIT = 2048;
const E7 = 1e7;
const METRES_PER_DEGREE = 111_319.5;

/** Reports before the braking and from its first on. */
const STEPS_BEFORE = 2;
const STEPS_BRAKING = 4;
export const REPORTS_PER_HAZARD = STEPS_BEFORE + STEPS_BRAKING;

/**
 * What the planted vehicles do. `braking` is decided by their own report at once; `breakdown`, vehicles that stand and say
 * that they are disabled, by the tick behind it.
 */
export type HazardKind = "braking" | "breakdown";

const ALERT_KINDS = { braking: "emergency-brake", breakdown: "stationary-vehicle" } as const;

/** One message to be sent at a time: a report of each hazard of its group. */
export interface ScheduledReport {
  readonly atUnixMs: number;
  readonly payload: Uint8Array;
  /** Number of the hazard: its reports travel on one socket, because only there they keep their order. */
  readonly hazard: number;
  /** Hazards of this message. */
  readonly hazards: number;
  /** The alerts follow from this message. */
  readonly decides: boolean;
}

export interface HazardOptions {
  readonly kind?: HazardKind | undefined;
  /** Place of the first hazard: breakdowns of an earlier load still stand where they were planted. */
  readonly firstPlace?: number | undefined;
  /** Between two reports of a hazard; whole ms. */
  readonly stepMs?: number | undefined;
}

/**
 * Vehicles that drive north, brake with 8 m/s² and say so (CAM emergency brake control), and are not heard again. The
 * first braking report decides the alert, at a whole millisecond that no other hazard uses: it names the hazard in the
 * alert's `referencedAtMs`. Breakdowns stand still and are not heard again after the report that decides.
 */
export class Hazards {
  readonly #firstStationId: number;
  readonly #kind: HazardKind;
  readonly #firstPlace: number;
  readonly #stepMs: number;
  /** Hazards whose alerts are still to come, by braking time. */
  readonly #expected = new Map<number, number>();
  #count = 0;
  /** Brakings whose deciding report has been sent. */
  sent = 0;
  /** Brakings of which an alert told. */
  seen = 0;

  constructor(firstStationId: number, options: HazardOptions = {}) {
    const { kind = "braking", firstPlace = 0, stepMs = STEP_MS } = options;
    this.#firstStationId = firstStationId;
    this.#kind = kind;
    this.#firstPlace = firstPlace;
    this.#stepMs = stepMs;
  }

  /** The next hazard's place, for the load that follows on the same server. */
  get nextPlace(): number {
    return this.#firstPlace + this.#count;
  }

  /** The reports of the next hazards, which begin to brake at `brakesAtUnixMs` (whole ms), in one message each time. */
  plant(brakesAtUnixMs: number, hazards = 1): ScheduledReport[] {
    const hazard = this.#count;
    this.#count += hazards;
    const kind = this.#kind;
    const reports = kind === "braking" ? REPORTS_PER_HAZARD : STEPS_BEFORE + 1;
    return Array.from({ length: reports }, (_, i) => {
      const step = i - STEPS_BEFORE;
      const atUnixMs = brakesAtUnixMs + step * this.#stepMs;
      const payload = encodeIngestFrame({
        base_time_unix_ms: atUnixMs,
        items: Array.from({ length: hazards }, (_, member) =>
          hazardReport(
            kind,
            this.#firstPlace + hazard + member,
            (this.#firstStationId + hazard + member) >>> 0,
            step,
            this.#stepMs,
          ),
        ),
      });
      return { atUnixMs, payload, hazard, hazards, decides: step === 0 };
    });
  }

  /** The deciding reports of the braking at this time are on their way. */
  expect(brakesAtUnixMs: number, hazards = 1): void {
    this.#expected.set(brakesAtUnixMs, hazards);
    this.sent += hazards;
  }

  /** The braking time that an alert tells of, once per hazard; undefined for other alerts and later revisions. */
  recognise(alert: Alert): number | undefined {
    if (alert.kind !== ALERT_KINDS[this.#kind] || alert.state !== "new") return undefined;
    const left = this.#expected.get(alert.referencedAtMs);
    if (left === undefined) return undefined;
    if (left > 1) this.#expected.set(alert.referencedAtMs, left - 1);
    else this.#expected.delete(alert.referencedAtMs);
    this.seen++;
    return alert.referencedAtMs;
  }
}

function hazardReport(
  kind: HazardKind,
  place: number,
  stationId: number,
  step: number,
  stepMs: number,
): WireIngestItem {
  return kind === "braking"
    ? brakingReport(place, stationId, step, stepMs)
    : standingReport(place, stationId, step);
}

function standingReport(place: number, stationId: number, step: number): WireIngestItem {
  return {
    station_id: stationId,
    awareness: {
      ...placeOf(place, 0),
      speed_cmps: 0,
      heading_ddeg: 0,
      source: 1,
      station_type: 6,
      ...(step < 0 ? {} : { event_bits: DISABLED_VEHICLE_BIT }),
    },
  };
}

function placeOf(place: number, northM: number): { latitude_e7: number; longitude_e7: number } {
  const row = Math.floor(place / GRID_SIDE) % GRID_SIDE;
  const latitudeDeg = CORNER.latitudeDeg + row * GRID_STEP_DEG + northM / METRES_PER_DEGREE;
  return {
    latitude_e7: Math.round(latitudeDeg * E7),
    longitude_e7: Math.round((CORNER.longitudeDeg + (place % GRID_SIDE) * GRID_STEP_DEG) * E7),
  };
}

function brakingReport(place: number, stationId: number, step: number, stepMs: number): WireIngestItem {
  const brakingS = (Math.max(step, 0) * stepMs) / 1_000;
  const drivenM = (CRUISING_MPS * step * stepMs) / 1_000 - (BRAKING_MPS2 * brakingS * brakingS) / 2;
  const braking = step >= 0;
  return {
    station_id: stationId,
    awareness: {
      ...placeOf(place, drivenM),
      speed_cmps: Math.round((CRUISING_MPS - BRAKING_MPS2 * brakingS) * 100),
      heading_ddeg: 0,
      longitudinal_acceleration_cmps2: braking ? -BRAKING_MPS2 * 100 : 0,
      source: 1,
      station_type: 6,
      ...(braking ? { control_bits: EMERGENCY_BRAKE_BIT } : {}),
    },
  };
}
