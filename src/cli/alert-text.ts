import type { Alert, AlertState, Severity } from "../domain/alert.ts";
import type { AlertDelivery } from "../domain/delivery.ts";
import { type Paint, printable, type Style } from "./style.ts";

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  1: "dim",
  2: "cyan",
  3: "yellow",
  4: "red",
  5: ["bold", "red"],
};

const STATE_WORDS: Readonly<Record<AlertState, string>> = {
  new: "NEW",
  updated: "UPDATED",
  ended: "ENDED",
  cancelled: "CANCELLED",
  expired: "EXPIRED",
};

const STATE_CHARACTERS = "CANCELLED".length;
const KIND_CHARACTERS = "minimal-risk-manoeuvre".length;

/** One line for people: time, state, severity, kind, tier, where, why, time since the socket, id. */
export function alertText(
  { alert, latency }: Pick<AlertDelivery, "alert" | "latency">,
  paint: Paint,
): string {
  const ended = alert.state !== "new" && alert.state !== "updated";
  const style = ended ? "green" : SEVERITY_STYLES[alert.severity];
  const parts = [
    paint("dim", clockText(alert.detectedAtMs)),
    paint(style, STATE_WORDS[alert.state].padEnd(STATE_CHARACTERS)),
    paint(style, `S${alert.severity}`),
    paint(style, printable(alert.kind).padEnd(KIND_CHARACTERS)),
    alert.tier === "confirmed" ? "confirmed" : paint("dim", "suspected"),
    placeText(alert),
    printable(alert.why.text),
    paint("dim", [alert.alertId, `r${alert.revision}`, latencyText(latency)].filter(Boolean).join(" ")),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** The operator's words where a road is known, else the position to 1 m. */
function placeText({ road, position, headingDeg }: Alert): string {
  if (road !== undefined) return printable(road.text);
  const heading = headingDeg === undefined ? "" : ` ${compassPoint(headingDeg)}bound`;
  return `${position.latitudeDeg.toFixed(5)},${position.longitudeDeg.toFixed(5)}${heading}`;
}

const COMPASS = [
  "north",
  "northeast",
  "east",
  "southeast",
  "south",
  "southwest",
  "west",
  "northwest",
] as const;

function compassPoint(headingDeg: number): string {
  return COMPASS[Math.round(headingDeg / 45) % COMPASS.length] ?? "";
}

function latencyText(latency: AlertDelivery["latency"]): string {
  return latency === undefined ? "" : `${(latency.deliveredUs / 1_000).toFixed(1)} ms`;
}

/** Local time of day with milliseconds. */
function clockText(timeMs: number): string {
  const time = new Date(timeMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const milliseconds = String(time.getMilliseconds()).padStart(3, "0");
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}
