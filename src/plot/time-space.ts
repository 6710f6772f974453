import type { AlertKind, AlertTier } from "../domain/alert.ts";
import {
  caption,
  horizontalAxis,
  type LegendEntry,
  type LegendGroup,
  legend,
  outline,
  type PlotBox,
  stroke,
  swatch,
  titleBlock,
  verticalAxis,
} from "./chart-frame.ts";
import { alertColour, MUTED, type SpeedStep, TRUTH, VERDICT_COLOURS } from "./palette.ts";
import { clockText, clockTicks, linearScale, type Scale, ticks } from "./scale.ts";
import { element, figure, PathWriter, picture } from "./svg.ts";
import { drawTrajectories, type Trajectory } from "./trajectories.ts";

/** A stretch of road over time: a queue, an alert. `fromM` is its upstream end. */
export interface BandPoint {
  readonly atMs: number;
  readonly fromM: number;
  readonly toM: number;
}

export interface TruthBand {
  readonly label: string;
  readonly points: readonly BandPoint[];
  readonly endMs: number;
  /** As the truth calls its road; may be empty. */
  readonly road: string;
  readonly dontCare: boolean;
}

export interface AlertBand {
  readonly kind: AlertKind;
  /** The tier that it reached. */
  readonly tier: AlertTier;
  readonly points: readonly BandPoint[];
  readonly endMs: number;
  /** Nothing of the kind was there. */
  readonly isFalse: boolean;
}

export interface TimeSpaceDiagram {
  readonly title: string;
  readonly subtitle: string;
  readonly caption: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Moment that the time axis counts from, Unix ms. */
  readonly zeroMs: number;
  readonly fromM: number;
  readonly toM: number;
  /** Posted kilometre of a place; undefined where none is posted. */
  readonly kmAt: ((alongM: number) => number) | undefined;
  readonly trajectories: readonly Trajectory[];
  readonly truth: readonly TruthBand[];
  readonly alerts: readonly AlertBand[];
  /** Points that its lines may have. */
  readonly maxPoints?: number | undefined;
}

const WIDTH = 1_280;
const HEIGHT = 760;
const BOX: PlotBox = { left: 92, top: 76, right: 1_060, bottom: 676 };
/** Thinner or shorter bands would not be seen, px. */
const LEAST_BAND_PX = 5;
const LEAST_TRUTH_PX = 4;
const TIME_TICKS = 10;
const PLACE_TICKS = 10;

/**
 * A time–space diagram: time to the right, the road upwards in the direction of travel, every vehicle a line coloured by
 * its speed, truth outlined in black, alerts in the colour of their kind.
 */
export function timeSpaceDiagram(diagram: TimeSpaceDiagram): string {
  const x = linearScale(diagram.fromMs, diagram.toMs, BOX.left, BOX.right);
  const y = linearScale(diagram.fromM, diagram.toM, BOX.bottom, BOX.top);
  const lines = drawTrajectories(diagram.trajectories, x, y, diagram.maxPoints);
  const whose = lines.thinned === "bare" ? "of vehicles without equipment " : "";
  const thinned = lines.thinned === "none" ? "" : ` · ${whose}one in ${lines.drawnOneIn} is drawn`;
  return picture(
    WIDTH,
    HEIGHT,
    diagram.title,
    definitions(),
    titleBlock(diagram.title, diagram.subtitle),
    axes(diagram, x, y),
    element(
      "g",
      { "clip-path": "url(#data)" },
      lines.markup,
      ...diagram.truth.map((band) => truthBand(band, x, y)),
      ...diagram.alerts.map((band) => alertBand(band, x, y)),
    ),
    outline(BOX),
    legend(BOX.right + 26, BOX.top + 10, legendGroups(diagram, lines.steps)),
    caption(HEIGHT, diagram.caption + thinned),
  );
}

function definitions(): string {
  const { left, top, right, bottom } = BOX;
  const clip = element("rect", { x: left, y: top, width: right - left, height: bottom - top });
  const hatch = element("path", { d: "M0 6L6 0", stroke: TRUTH, "stroke-width": 0.8, opacity: 0.55 });
  return element(
    "defs",
    {},
    element("clipPath", { id: "data" }, clip),
    element("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" }, hatch),
  );
}

function axes({ fromMs, toMs, zeroMs, fromM, toM, kmAt }: TimeSpaceDiagram, x: Scale, y: Scale): string {
  const times = clockTicks((fromMs - zeroMs) / 1_000, (toMs - zeroMs) / 1_000, TIME_TICKS);
  const timeMarks = times.map((s) => ({ value: zeroMs + s * 1_000, label: clockText(s) }));
  const places = kmAt === undefined ? metreMarks(fromM, toM) : kmMarks(fromM, toM, kmAt);
  const placeTitle =
    kmAt === undefined ? "place along the road, m" : "kilometre, direction of travel upwards";
  return (
    verticalAxis(BOX, y, places, placeTitle) +
    horizontalAxis(BOX, x, timeMarks, "time since the beginning, min:s")
  );
}

function metreMarks(fromM: number, toM: number) {
  return ticks(fromM, toM, PLACE_TICKS).map((value) => ({ value, label: figure(value, 0) }));
}

/** Round kilometres; kilometres may fall along the road. */
function kmMarks(fromM: number, toM: number, kmAt: (alongM: number) => number) {
  const fromKm = kmAt(fromM);
  const toKm = kmAt(toM);
  const along = linearScale(fromKm, toKm, fromM, toM);
  const rounds = ticks(Math.min(fromKm, toKm), Math.max(fromKm, toKm), PLACE_TICKS);
  return rounds.map((km) => ({ value: along.at(km), label: figure(km, 2) }));
}

function truthBand({ points, endMs, dontCare }: TruthBand, x: Scale, y: Scale): string {
  return element("path", {
    d: bandPath(points, endMs, x, y, LEAST_TRUTH_PX),
    fill: "url(#hatch)",
    stroke: TRUTH,
    "stroke-width": 1.6,
    "stroke-linejoin": "round",
    "stroke-dasharray": dontCare ? "3 3" : undefined,
    "fill-opacity": dontCare ? 0 : 1,
  });
}

function alertBand({ kind, tier, points, endMs, isFalse }: AlertBand, x: Scale, y: Scale): string {
  const colour = alertColour(kind);
  const first = points[0];
  if (first === undefined) return "";
  const body = element("path", {
    d: bandPath(points, endMs, x, y, LEAST_BAND_PX),
    fill: colour,
    "fill-opacity": tier === "confirmed" ? 0.24 : 0.12,
    stroke: colour,
    "stroke-width": 1.3,
    "stroke-dasharray": tier === "confirmed" ? undefined : "5 3",
  });
  const middle = y.at((first.fromM + first.toM) / 2);
  return body + (isFalse ? falseMark(x.at(first.atMs), middle) : startMark(x.at(first.atMs), middle, colour));
}

function startMark(px: number, py: number, colour: string): string {
  return element("circle", { cx: px, cy: py, r: 4, fill: colour, stroke: "#ffffff", "stroke-width": 1.2 });
}

/** A cross with a white edge: seen on every colour. */
function falseMark(px: number, py: number): string {
  const d = `M${figure(px - 5)} ${figure(py - 5)}l10 10m0 -10l-10 10`;
  const halo = element("path", { d, stroke: "#ffffff", "stroke-width": 5, "stroke-linecap": "round" });
  return (
    halo +
    element("path", { d, stroke: VERDICT_COLOURS.false, "stroke-width": 2.6, "stroke-linecap": "round" })
  );
}

/** Outline of a stretch whose ends move in steps; at least `leastPx` high and wide. */
function bandPath(points: readonly BandPoint[], endMs: number, x: Scale, y: Scale, leastPx: number): string {
  const lower: [number, number][] = [];
  const upper: [number, number][] = [];
  points.forEach((point, i) => {
    const untilMs = points[i + 1]?.atMs ?? endMs;
    let low = y.at(point.fromM);
    let high = y.at(point.toM);
    const lacking = (leastPx - Math.abs(low - high)) / 2;
    if (lacking > 0) [low, high] = [low + lacking, high - lacking];
    const from = x.at(point.atMs);
    const isLast = i === points.length - 1;
    const until = isLast
      ? Math.max(x.at(untilMs), x.at(points[0]?.atMs ?? untilMs) + leastPx)
      : x.at(untilMs);
    for (const px of [from, until]) {
      lower.push([px, low]);
      upper.push([px, high]);
    }
  });
  const path = new PathWriter();
  [...lower, ...upper.reverse()].forEach(([px, py], i) => {
    if (i === 0) path.moveTo(px, py);
    else path.lineTo(px, py);
  });
  path.close();
  return path.d;
}

function legendGroups(
  { truth, alerts, trajectories }: TimeSpaceDiagram,
  steps: readonly SpeedStep[],
): readonly LegendGroup[] {
  const kinds = [...new Set(alerts.map(({ kind }) => kind))];
  const speeds = steps.map(({ colour, label }) => ({ label, sample: stroke(colour, 3) }));
  return [
    { heading: "Speed, km/h", entries: speeds },
    { heading: "Truth", entries: truthEntries(truth) },
    {
      heading: "Alerts",
      entries: kinds.map((kind) => {
        const colour = alertColour(kind);
        return { label: kind, sample: swatch(colour, { "fill-opacity": 0.3, stroke: colour }) };
      }),
    },
    { heading: "Marks", entries: [...tierEntries(alerts), ...vehicleEntries(trajectories)] },
  ];
}

function tierEntries(alerts: readonly AlertBand[]): readonly LegendEntry[] {
  const entries: LegendEntry[] = [];
  if (alerts.length > 0) entries.push({ label: "alert begins", sample: startMark(11, 6, MUTED) });
  if (alerts.some(({ isFalse }) => isFalse)) entries.push({ label: "false alert", sample: falseMark(11, 6) });
  if (alerts.some(({ tier }) => tier === "suspected"))
    entries.push({ label: "never confirmed", sample: stroke(MUTED, 1.3, "5 3") });
  return entries;
}

function vehicleEntries(trajectories: readonly Trajectory[]): readonly LegendEntry[] {
  if (trajectories.every(({ equipped }) => equipped)) return [];
  return [{ label: "equipped vehicle", sample: stroke(MUTED, 2.2) }];
}

function truthEntries(truth: readonly TruthBand[]) {
  const counted = truth.filter(({ dontCare }) => !dontCare).map(({ label }) => label);
  const entries = [...new Set(counted)].map((label) => ({
    label,
    sample: swatch("url(#hatch)", { stroke: TRUTH, "stroke-width": 1.4 }),
  }));
  if (counted.length === truth.length) return entries;
  const sample = swatch("none", { stroke: TRUTH, "stroke-width": 1.2, "stroke-dasharray": "3 3" });
  return [...entries, { label: "does not count", sample }];
}
