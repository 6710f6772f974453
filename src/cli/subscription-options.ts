import { type Command, Option } from "commander";
import { ALERT_KINDS, type AlertKind, type Severity } from "../domain/alert.ts";
import { closestWord } from "../domain/closest-word.ts";
import type { AlertFilter, Cursor, SubscriptionArea } from "../domain/subscription.ts";
import { readPolygon } from "./geojson-polygon.ts";
import { usageFailure } from "./io.ts";

/** Flags that say which alerts. */
export interface SubscriptionFlags {
  readonly bbox?: string;
  readonly polygon?: string;
  readonly circle?: string;
  readonly kind?: readonly string[];
  readonly cause?: readonly string[];
  readonly minSeverity?: string;
  readonly minConfidence?: string;
  readonly confirmed?: boolean;
}

/** Largest radius of the protocol, m. */
const MAX_RADIUS_M = 500_000;
/** ETSI TS 102 894-2, CauseCodeType. */
const MAX_CAUSE_CODE = 255;

export function addSubscriptionOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--bbox <s,w,n,e>", "only alerts in this box, degrees").conflicts(["polygon", "circle"]),
    )
    .addOption(
      new Option("--polygon <file>", "only alerts in this GeoJSON polygon").conflicts(["bbox", "circle"]),
    )
    .addOption(
      new Option("--circle <lat,lon,m>", "only alerts around this place").conflicts(["bbox", "polygon"]),
    )
    .option("--kind <kind...>", "only these kinds, e.g. --kind congestion stationary-vehicle")
    .option("--cause <code...>", "only these cause codes of ETSI TS 102 894-2")
    .option("--min-severity <1-5>", "1 information .. 5 danger to life")
    .option("--min-confidence <percent>", "0..100")
    .option("--confirmed", "leave out what is only suspected");
}

export function areaFrom(flags: SubscriptionFlags): SubscriptionArea {
  if (flags.bbox !== undefined) return boxFrom(flags.bbox);
  if (flags.circle !== undefined) return circleFrom(flags.circle);
  if (flags.polygon !== undefined) return { form: "polygon", points: readPolygon(flags.polygon) };
  return { form: "everywhere" };
}

export function filterFrom(flags: SubscriptionFlags): AlertFilter {
  return {
    causeCodes: listed(flags.cause).map((text) => wholeNumber("--cause", text, 0, MAX_CAUSE_CODE)),
    kinds: listed(flags.kind).map(kindFrom),
    minSeverity:
      flags.minSeverity === undefined
        ? 1
        : (wholeNumber("--min-severity", flags.minSeverity, 1, 5) as Severity),
    minConfidencePct:
      flags.minConfidence === undefined ? 0 : wholeNumber("--min-confidence", flags.minConfidence, 0, 100),
    confirmedOnly: flags.confirmed === true,
  };
}

/** `epoch:sequence`, as `tail` prints it when it ends. */
export function cursorFrom(text: string): Cursor {
  const [epoch, sequence, ...rest] = text.split(":");
  if (epoch === undefined || sequence === undefined || rest.length > 0) {
    throw usageFailure(
      `--resume takes epoch:sequence, not ${text}.`,
      "Take the cursor that tail printed when it ended.",
    );
  }
  return {
    epoch: wholeNumber("--resume epoch", epoch, 0, Number.MAX_SAFE_INTEGER),
    sequence: wholeNumber("--resume sequence", sequence, 0, Number.MAX_SAFE_INTEGER),
  };
}

/** @param name the flag, begins the sentence that refuses the text */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw usageFailure(`${name} must be a whole number ${range}, not ${text}.`);
}

/** Both `--kind a b` and `--kind a,b`. */
function listed(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(",")).filter((value) => value !== "");
}

function kindFrom(text: string): AlertKind {
  const kind = ALERT_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  const meant = closestWord(text, ALERT_KINDS);
  const hint = meant === undefined ? `Kinds are ${ALERT_KINDS.join(", ")}.` : `Did you mean ${meant}?`;
  throw usageFailure(`--kind ${text} is not a kind of alert.`, hint);
}

function numbers(flag: string, text: string, form: string, count: number): number[] {
  const values = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (values.length === count && values.every(Number.isFinite)) return values;
  throw usageFailure(`${flag} takes ${form}, not ${text}.`);
}

function within(flag: string, name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw usageFailure(`${flag}: ${name} must be from ${least} to ${most}, not ${value}.`);
}

function boxFrom(text: string): SubscriptionArea {
  const form = "south,west,north,east in degrees, e.g. 51.3,6.6,51.6,6.9";
  const [southDeg = 0, westDeg = 0, northDeg = 0, eastDeg = 0] = numbers("--bbox", text, form, 4);
  within("--bbox", "south", southDeg, -90, 90);
  within("--bbox", "north", northDeg, -90, 90);
  within("--bbox", "west", westDeg, -180, 180);
  within("--bbox", "east", eastDeg, -180, 180);
  if (southDeg > northDeg) {
    throw usageFailure(
      `--bbox: south ${southDeg} lies north of north ${northDeg}.`,
      "The order is south,west,north,east.",
    );
  }
  return { form: "box", box: { southDeg, westDeg, northDeg, eastDeg } };
}

function circleFrom(text: string): SubscriptionArea {
  const form = "latitude,longitude,metres, e.g. 51.43,6.76,2000";
  const [latitudeDeg = 0, longitudeDeg = 0, radiusM = 0] = numbers("--circle", text, form, 3);
  within("--circle", "latitude", latitudeDeg, -90, 90);
  within("--circle", "longitude", longitudeDeg, -180, 180);
  within("--circle", "the radius", radiusM, 1, MAX_RADIUS_M);
  return { form: "circle", center: { latitudeDeg, longitudeDeg }, radiusM: Math.round(radiusM) };
}
