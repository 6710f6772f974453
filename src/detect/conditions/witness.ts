import type { DetectionContext } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import {
  EventBit,
  type HazardNotice,
  LightBit,
  type MotionReport,
  type SensorReport,
  type WeatherReading,
} from "../../domain/observation.ts";
import { isVulnerable } from "../../domain/station.ts";
import type { ValuesOf } from "../parameter.ts";
import { type Ballot, castDenial, castVote, REPEATED_MS, withdraw } from "./ballot.ts";
import type { ROAD_CONDITIONS } from "./conditions-parameters.ts";
import type { ConditionState } from "./state.ts";
import { cellKey, columnOf, type Phenomenon, rowOf } from "./vote.ts";

export type ConditionParameters = ValuesOf<typeof ROAD_CONDITIONS>;

/** Controls that work only at the limit of grip (SAE J2735: active for more than 100 ms). */
export const GRIP_BITS = EventBit.abs | EventBit.tractionControlLoss | EventBit.stabilityControl;

const GRAVITY_MPS2 = 9.81;
const RAD_PER_DEG = Math.PI / 180;

/** One loss of grip shows its highest friction within this time: control begins before the brakes bite. */
const BURST_MS = 3_000;

/** A station of the road's operator counts as two vehicles, and as three once it has said so for long. */
const SENSOR_PM = 2_000;

/** A notice of another vehicle says more than one flag. */
const NOTICE_PM = 1_000;
const UNMEASURED_GRIP_PM = 500;

/** A vehicle that wipes slower than this says that it does not pour. */
const SLOW_WIPER_SHARE = 0.6;

/** What a vehicle's flags, lights and wipers say. Called only where it has something to say. */
export function takeMotion(
  state: ConditionState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  parameters: ConditionParameters,
): void {
  if (isVulnerable(report.stationType) || report.stationType === "infrastructure") return;
  if ((report.eventBits & GRIP_BITS) !== 0) takeGrip(state, frame, report, context, parameters);
  if (report.lightBits !== 0) takeLights(state, frame, report, context);
  if (report.wiperRatePerMin !== undefined) {
    takeWipers(state, frame, report, report.wiperRatePerMin, context, parameters);
  }
}

/**
 * A control that works at the limit of grip shows how much grip there is: the acceleration reached, along and across.
 * Anti-lock brakes at 8 m/s² are an emergency on a good road; at 2 m/s² they are ice.
 */
function takeGrip(
  state: ConditionState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  parameters: ConditionParameters,
): void {
  const { speedMps } = report;
  if (speedMps !== undefined && speedMps < parameters.gripSpeedMps) return;
  const book = state.books["slippery-road"];
  const known = book.voters.get(frame.stationId | 0);
  const shown = frictionShown(frame, report, context);
  const isSameLoss = known !== undefined && frame.receivedAtMs - known.atMs <= BURST_MS;
  const level = isSameLoss ? Math.max(known.level, shown) : shown;
  castVote(
    state,
    book,
    ballotOf(frame, report, {
      strengthPm: gripStrengthPm(level, parameters),
      level,
      causeCode: 6,
      isLasting: speedMps !== undefined && speedMps >= parameters.aloneSpeedMps,
    }),
    frame,
    context,
  );
}

function frictionShown(frame: Frame, report: MotionReport, context: DetectionContext): number {
  const alongMps2 = report.accelerationMps2 ?? context.stations.get(frame.stationId)?.accelerationMps2;
  if (alongMps2 === undefined) return -1;
  const acrossMps2 = (report.speedMps ?? 0) * (report.yawRateDegps ?? 0) * RAD_PER_DEG;
  const used = Math.sqrt(alongMps2 * alongMps2 + acrossMps2 * acrossMps2) / GRAVITY_MPS2;
  return Math.round(used * 100) / 100;
}

function gripStrengthPm(friction: number, { lowFriction, goodFriction }: ConditionParameters): number {
  if (friction < 0) return UNMEASURED_GRIP_PM;
  if (friction <= lowFriction) return 1_000;
  if (friction >= goodFriction) return 0;
  return Math.round((1_000 * (goodFriction - friction)) / (goodFriction - lowFriction));
}

type Sign = Pick<Ballot, "strengthPm" | "level" | "causeCode" | "isLasting"> & {
  readonly subCauseCode?: number;
};

function ballotOf(frame: Frame, report: MotionReport, sign: Sign): Ballot {
  return {
    voter: frame.stationId,
    isSensor: false,
    place: report,
    headingDeg: report.headingDeg,
    subCauseCode: 0,
    ...sign,
  };
}

function takeLights(
  state: ConditionState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
): void {
  const book = state.books["reduced-visibility"];
  if ((report.lightBits & LightBit.fog) === 0) {
    castDenial(book, frame.stationId, report, frame.receivedAtMs);
  } else if (isNews(state, "reduced-visibility", frame, report)) {
    castVote(
      state,
      book,
      ballotOf(frame, report, { strengthPm: 1_000, level: -1, causeCode: 18 }),
      frame,
      context,
    );
  }
}

function takeWipers(
  state: ConditionState,
  frame: Frame,
  report: MotionReport,
  sweepsPerMin: number,
  context: DetectionContext,
  { wiperRatePerMin }: ConditionParameters,
): void {
  const book = state.books["heavy-precipitation"];
  if (sweepsPerMin < wiperRatePerMin * SLOW_WIPER_SHARE) {
    castDenial(book, frame.stationId, report, frame.receivedAtMs);
  } else if (sweepsPerMin >= wiperRatePerMin && isNews(state, "heavy-precipitation", frame, report)) {
    castVote(
      state,
      book,
      ballotOf(frame, report, { strengthPm: 1_000, level: sweepsPerMin, causeCode: 19 }),
      frame,
      context,
    );
  }
}

/** Spares the work where the witness said the same a moment ago, here. */
function isNews(
  { books }: ConditionState,
  phenomenon: Phenomenon,
  frame: Frame,
  report: MotionReport,
): boolean {
  const known = books[phenomenon].voters.get(frame.stationId | 0);
  if (known === undefined || frame.receivedAtMs - known.atMs >= REPEATED_MS) return true;
  return (
    cellKey(rowOf(known.latitudeDeg), columnOf(known.longitudeDeg)) !==
    cellKey(rowOf(report.latitudeDeg), columnOf(report.longitudeDeg))
  );
}

/** Notices of vehicles are votes as well; the notice itself is relayed elsewhere. */
export function takeNotice(
  state: ConditionState,
  frame: Frame,
  notice: HazardNotice,
  context: DetectionContext,
): void {
  const { position, causeCode, subCauseCode } = notice;
  const phenomenon = phenomenonOfCause(causeCode, subCauseCode);
  if (position === undefined || phenomenon === undefined || notice.stationType === "infrastructure") return;
  const isControl = causeCode === 99;
  castVote(
    state,
    state.books[phenomenon],
    {
      voter: notice.originatingStationId,
      isSensor: false,
      place: position,
      headingDeg: notice.eventHeadingDeg,
      strengthPm: isControl ? UNMEASURED_GRIP_PM : NOTICE_PM,
      level: -1,
      causeCode: isControl ? 6 : causeCode,
      subCauseCode: isControl ? 0 : subCauseCode,
    },
    frame,
    context,
  );
}

function phenomenonOfCause(causeCode: number, subCauseCode: number): Phenomenon | undefined {
  if (causeCode === 6 || causeCode === 7) return "slippery-road";
  if (causeCode === 99 && (subCauseCode === 3 || subCauseCode === 4)) return "slippery-road";
  if (causeCode === 18) return "reduced-visibility";
  if (causeCode === 19) return "heavy-precipitation";
  return causeCode === 17 ? "extreme-weather" : undefined;
}

/** A finding of a weather station: undefined takes back what it said. */
type Finding =
  | { readonly level: number; readonly causeCode: number; readonly subCauseCode: number }
  | undefined;

/** Adhesion by state of the surface where no sensor measures it (own: middle of what tyres reach there). */
const FRICTION_BY_SURFACE: Readonly<Record<string, number>> = {
  dry: 0.9,
  moist: 0.7,
  wet: 0.6,
  "standing-water": 0.4,
  ice: 0.15,
  snow: 0.25,
  frost: 0.3,
};

/** Sub-causes of 6 (TS 102 894-2, AdhesionSubCauseCode) by state of the surface. */
const SLIPPERY_BY_SURFACE: Readonly<Record<string, number>> = { frost: 1, snow: 4, ice: 5 };

/** What a road weather station reads. */
export function takeWeather(
  state: ConditionState,
  frame: Frame,
  report: SensorReport,
  reading: WeatherReading,
  context: DetectionContext,
  parameters: ConditionParameters,
): void {
  noteGrip(state, frame, report, reading, parameters);
  const findings: readonly (readonly [Phenomenon, Finding])[] = [
    ["slippery-road", slipperiness(reading, parameters)],
    ["reduced-visibility", visibility(reading, parameters)],
    ["heavy-precipitation", precipitation(reading, parameters)],
    ["extreme-weather", wind(reading, parameters)],
  ];
  for (const [phenomenon, finding] of findings) {
    const book = state.books[phenomenon];
    if (finding === undefined) withdraw(book, frame.stationId);
    else {
      const ballot: Ballot = {
        voter: frame.stationId,
        isSensor: true,
        place: report,
        headingDeg: undefined,
        strengthPm: SENSOR_PM,
        ...finding,
      };
      castVote(state, book, ballot, frame, context);
    }
  }
}

function noteGrip(
  state: ConditionState,
  frame: Frame,
  report: SensorReport,
  reading: WeatherReading,
  { sensorMemoryMs }: ConditionParameters,
): void {
  const friction = reading.friction ?? FRICTION_BY_SURFACE[reading.surfaceState ?? ""];
  if (friction === undefined) return;
  const key = cellKey(rowOf(report.latitudeDeg), columnOf(report.longitudeDeg));
  state.grips.set(key, { friction, untilMs: frame.receivedAtMs + sensorMemoryMs });
}

function slipperiness(reading: WeatherReading, parameters: ConditionParameters): Finding {
  const { surfaceState = "", surfaceTemperatureC, waterFilmMm, friction } = reading;
  const level = friction ?? FRICTION_BY_SURFACE[surfaceState] ?? -1;
  const subCauseCode = SLIPPERY_BY_SURFACE[surfaceState];
  if (subCauseCode !== undefined) return { level, causeCode: 6, subCauseCode };
  const freezes = surfaceTemperatureC !== undefined && surfaceTemperatureC <= 0;
  const isWet = surfaceState === "moist" || surfaceState === "wet" || surfaceState === "standing-water";
  // Water on a surface at or below 0 °C is ice that nobody sees: black ice.
  if (freezes && isWet) return { level, causeCode: 6, subCauseCode: 6 };
  if (waterFilmMm !== undefined && waterFilmMm >= parameters.waterFilmMm) {
    return { level, causeCode: 7, subCauseCode: 0 };
  }
  if (surfaceState === "standing-water") return { level, causeCode: 7, subCauseCode: 0 };
  if (friction === undefined || friction > parameters.lowFriction) return undefined;
  return { level, causeCode: 6, subCauseCode: 0 };
}

function visibility(reading: WeatherReading, parameters: ConditionParameters): Finding {
  const { visibilityM } = reading;
  if (visibilityM === undefined || visibilityM > parameters.visibilityM) return undefined;
  const pours = (reading.precipitationMmPerH ?? 0) >= 1;
  // TS 102 894-2, VisibilitySubCauseCode: 1 fog, 3 heavy snowfall, 4 heavy rain.
  const subCauseCode = !pours ? 1 : isSnow(reading) ? 3 : 4;
  return { level: visibilityM, causeCode: 18, subCauseCode };
}

function precipitation(reading: WeatherReading, parameters: ConditionParameters): Finding {
  const { precipitationMmPerH } = reading;
  if (precipitationMmPerH === undefined) return undefined;
  const snow = isSnow(reading);
  if (precipitationMmPerH < (snow ? parameters.snowMmPerH : parameters.rainMmPerH)) return undefined;
  return { level: precipitationMmPerH, causeCode: 19, subCauseCode: snow ? 2 : 1 };
}

function isSnow({ airTemperatureC }: WeatherReading): boolean {
  return airTemperatureC !== undefined && airTemperatureC <= 0.5;
}

/** Beaufort 12 (WMO): hurricane force from 32.7 m/s. */
const HURRICANE_MPS = 32.7;

function wind(reading: WeatherReading, parameters: ConditionParameters): Finding {
  const { windMps = 0, gustMps = 0 } = reading;
  if (windMps < parameters.windMps && gustMps < parameters.gustMps) return undefined;
  return { level: Math.max(windMps, gustMps), causeCode: 17, subCauseCode: windMps >= HURRICANE_MPS ? 3 : 1 };
}
