import { asNumber, asObject, parseJson } from "./json-values.ts";

/** One message of a loop: vehicle count or mean speed of one lane in one interval. */
export interface LoopMessage {
  /** Measurement point, e.g. `RWS01_MONIBAS_0021hrr1558ra_1`. */
  readonly point: string;
  readonly lane: number;
  /** End of the interval, Unix ms. */
  readonly timeMs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly periodS: number | undefined;
  /** Vehicles in the interval, made of vehicles per hour. */
  readonly vehicles: number | undefined;
  readonly speedMps: number | undefined;
  readonly isFaulty: boolean;
}

const SECONDS_PER_HOUR = 3_600;
const KMPH_PER_MPS = 3.6;

/** Interval of Dutch motorway loops where a message tells none. */
export const DEFAULT_PERIOD_S = 60;

/** Lanes of the wire. */
const MAX_LANE = 13;

/**
 * Reads a line of the form `<path>/<measurement point>/lane<n>= {"lat":…,"long":…,"flow":…,"period":…,"timestamp":…}`; with
 * `speed` (km/h) instead of `flow` (vehicles per hour) and `period` (s). Times without an offset are taken as UTC and as the
 * end of the interval. Negative values mean that nothing was measured; an accuracy of 0 % says not to use the value.
 */
export function readLoopMessage(line: string): LoopMessage | { readonly reason: string } {
  const split = line.indexOf("=");
  const key = /([^/]{1,96})\/lane(\d{1,2})\s*$/.exec(line.slice(0, Math.max(split, 0)));
  if (key === null) return { reason: "no key that ends in <measurement point>/lane<n>=" };
  const body = asObject(parseJson(line.slice(split + 1)));
  if (body === undefined) return { reason: "no JSON object after the key" };
  const lane = Number(key[2]);
  if (lane < 1 || lane > MAX_LANE) return { reason: `lane is outside 1..${MAX_LANE}` };
  const place = placeOf(asNumber(body["lat"]), asNumber(body["long"]));
  if (place === undefined) return { reason: "no position" };
  const timeMs = timeOf(body["timestamp"]);
  if (timeMs === undefined) return { reason: "timestamp is no time" };
  if (body["flow"] === undefined && body["speed"] === undefined) return { reason: "neither flow nor speed" };
  return { point: key[1] ?? "", lane, timeMs, ...place, ...values(body) };
}

type Values = Pick<LoopMessage, "periodS" | "vehicles" | "speedMps" | "isFaulty">;

function values(body: NonNullable<ReturnType<typeof asObject>>): Values {
  const flowPerHour = notNegative(body["flow"]);
  const speedKmph = notNegative(body["speed"]);
  const periodS = asNumber(body["period"]);
  return {
    periodS,
    vehicles:
      flowPerHour === undefined
        ? undefined
        : Math.round((flowPerHour * (periodS ?? DEFAULT_PERIOD_S)) / SECONDS_PER_HOUR),
    speedMps: speedKmph === undefined ? undefined : speedKmph / KMPH_PER_MPS,
    isFaulty: asNumber(body["accuracy"]) === 0,
  };
}

function notNegative(value: unknown): number | undefined {
  const number = asNumber(value);
  return number === undefined || number < 0 ? undefined : number;
}

function placeOf(
  latitudeDeg: number | undefined,
  longitudeDeg: number | undefined,
): { latitudeDeg: number; longitudeDeg: number } | undefined {
  if (latitudeDeg === undefined || longitudeDeg === undefined) return undefined;
  return Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180
    ? { latitudeDeg, longitudeDeg }
    : undefined;
}

/** `2017-03-15 14:41:00.0`, or any form of ISO 8601. */
function timeOf(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const iso = value.trim().replace(" ", "T");
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(iso);
  const timeMs = Date.parse(hasOffset ? iso : `${iso}Z`);
  return Number.isFinite(timeMs) ? timeMs : undefined;
}
