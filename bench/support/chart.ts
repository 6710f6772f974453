import { linearScale, logScale, type Scale, ticks } from "../../src/plot/scale.ts";
import { element, escapeText, PathWriter } from "../../src/plot/svg.ts";

/** A place on a curve; what did not hold is drawn hollow. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly isHollow?: boolean;
}

export interface ChartCurve {
  readonly label: string;
  readonly points: readonly ChartPoint[];
}

/** One of several pictures over the same axis. */
export interface ChartPanel {
  readonly title: string;
  readonly curves: readonly ChartCurve[];
  readonly valueText: (value: number) => string;
  /** A level that values are to stay below or reach. */
  readonly target?: { readonly value: number; readonly label: string };
  /** Values span orders of magnitude. */
  readonly isLogarithmic?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly caption: string;
  readonly axis: string;
  readonly panels: readonly ChartPanel[];
  /** Where the axis has a mark through all panels. */
  readonly mark?: { readonly x: number; readonly label: string } | undefined;
}

const PANEL_WIDTH = 420;
const PANEL_HEIGHT = 250;
const COLUMNS = 2;
const HEAD = 74;
const FOOT = 30;
const INSET = { left: 62, right: 18, top: 42, bottom: 46 } as const;
/** Room at both ends of the axis. */
const AXIS_ROOM = 16;
/** Room above the highest value, and on logarithmic scales below the lowest. */
const MARGIN = 1.12;
const LOG_MARGIN = 1.5;
const TICKS = 5;

/**
 * Colours as rules, so that the picture follows its reader from light to dark. The curves' colours are those of Okabe
 * and Ito (2008), which all can tell apart, lightened where the paper is dark; dashes tell them apart without colour.
 */
const STYLE = `
.paper,.c0.hollow,.c1.hollow,.c2.hollow,.c3.hollow{fill:#ffffff}.ink{fill:#1d2733}.muted{fill:#5c6b7a}
.grid{stroke:#e3e8ec}.frame{stroke:#b9c3cc;fill:none}
.level{stroke:#5c6b7a;stroke-dasharray:2 4}.mark{stroke:#a1003c;stroke-dasharray:6 4}.marked{fill:#a1003c}
.c0{stroke:#0072b2;fill:#0072b2}.c1{stroke:#d55e00;fill:#d55e00}.c2{stroke:#009e73;fill:#009e73}.c3{stroke:#7b2d8b;fill:#7b2d8b}
.line.line{fill:none;stroke-width:2.2}
@media (prefers-color-scheme:dark){
.paper,.c0.hollow,.c1.hollow,.c2.hollow,.c3.hollow{fill:#14191f}.ink{fill:#e6ebf0}.muted{fill:#9fb0bf}
.grid{stroke:#2a333c}.frame{stroke:#4b5966}.level{stroke:#9fb0bf}.mark{stroke:#ff7aa5}.marked{fill:#ff7aa5}
.c0{stroke:#56b4e9;fill:#56b4e9}.c1{stroke:#f0a030;fill:#f0a030}.c2{stroke:#2fd0a0;fill:#2fd0a0}.c3{stroke:#d59ae6;fill:#d59ae6}}
`;
const DASHES = [undefined, "7 4", "2 3", "9 3 2 3"] as const;

/** Curves over one logarithmic axis, panel by panel; the picture follows the reader's colour scheme. */
export function chartSvg(chart: Chart): string {
  const rows = Math.ceil(chart.panels.length / COLUMNS);
  const width = PANEL_WIDTH * Math.min(COLUMNS, chart.panels.length) + 12;
  const height = HEAD + rows * PANEL_HEIGHT + FOOT;
  const xs = chart.panels.flatMap(({ curves }) => curves.flatMap(({ points }) => points.map(({ x }) => x)));
  const panels = chart.panels.map((panel, i) => {
    const at = { x: (i % COLUMNS) * PANEL_WIDTH, y: HEAD + Math.floor(i / COLUMNS) * PANEL_HEIGHT };
    return element("g", { transform: `translate(${at.x} ${at.y})` }, panelMarkup(panel, chart, xs));
  });
  const size = { viewBox: `0 0 ${width} ${height}`, width, height };
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", ...size, role: "img", "font-family": FONT, "font-size": 12 },
    element("title", {}, escapeText(`${chart.title}: ${chart.subtitle}`)),
    `<style>${STYLE}</style>`,
    element("rect", { width, height, class: "paper" }),
    label(20, 28, chart.title, "ink", { "font-size": 18, "font-weight": 600 }),
    label(20, 50, chart.subtitle, "muted"),
    ...panels,
    label(20, height - 12, chart.caption, "muted", { "font-size": 11 }),
  );
}

const FONT = "Inter, 'DejaVu Sans', Verdana, sans-serif";

function label(
  x: number,
  y: number,
  content: string,
  className: string,
  more: Readonly<Record<string, string | number>> = {},
): string {
  return element("text", { x, y, class: className, ...more }, escapeText(content));
}

function panelMarkup(panel: ChartPanel, chart: Chart, xs: readonly number[]): string {
  const box = {
    left: INSET.left,
    right: PANEL_WIDTH - INSET.right,
    top: INSET.top,
    bottom: PANEL_HEIGHT - INSET.bottom,
  };
  const x = logScale(Math.min(...xs), Math.max(...xs), box.left + AXIS_ROOM, box.right - AXIS_ROOM);
  const y = valueScale(panel, box);
  return [
    label(box.left, 18, panel.title, "ink", { "font-weight": 600 }),
    keyMarkup(panel, box.left),
    valueAxis(panel, y, box),
    sizeAxis(chart.axis, xs, x, box),
    targetMarkup(panel, y, box),
    markMarkup(chart, x, box),
    ...panel.curves.map((curve, i) => curveMarkup(curve, i, x, y)),
  ].join("");
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function valueScale({ curves, target, isLogarithmic = false }: ChartPanel, box: Box): Scale {
  const values = curves.flatMap(({ points }) => points.map((point) => point.y)).filter(Number.isFinite);
  const most = Math.max(...values, target?.value ?? 0) * (isLogarithmic ? LOG_MARGIN : MARGIN);
  // Without any value above 0 there is nothing to draw, and no logarithm.
  if (!isLogarithmic || !(most > 0)) return linearScale(0, most > 0 ? most : 1, box.bottom, box.top);
  const least = Math.min(...values.filter((value) => value > 0), target?.value ?? most) / LOG_MARGIN;
  return logScale(least, most, box.bottom, box.top);
}

function keyMarkup({ curves }: ChartPanel, left: number): string {
  if (curves.length < 2) return "";
  let at = left;
  return curves
    .map(({ label: name }, i) => {
      const line = element("line", {
        ...{ x1: at, x2: at + 20, y1: 30, y2: 30, class: `line c${i}` },
        "stroke-dasharray": DASHES[i],
      });
      const words = label(at + 25, 34, name, "muted", { "font-size": 11 });
      at += 40 + name.length * 6.2;
      return line + words;
    })
    .join("");
}

function valueAxis({ valueText, isLogarithmic = false }: ChartPanel, y: Scale, box: Box): string {
  const marks = isLogarithmic && y.from > 0 ? powers(y.from, y.to) : ticks(y.from, y.to, TICKS);
  return marks
    .map((value) => {
      const line = { x1: box.left, x2: box.right, y1: y.at(value), y2: y.at(value), class: "grid" };
      const place = { "text-anchor": "end", "font-size": 11 };
      return element("line", line) + label(box.left - 7, y.at(value) + 4, valueText(value), "ink", place);
    })
    .join("");
}

/** Powers of ten within a range, with their threes where there are few. */
function powers(from: number, to: number): number[] {
  const all: number[] = [];
  const few = to / from < 1_000;
  for (let exponent = Math.floor(Math.log10(from)); exponent <= Math.log10(to); exponent++) {
    for (const step of few ? [1, 3] : [1]) all.push(step * 10 ** exponent);
  }
  return all.filter((value) => value >= from && value <= to);
}

function sizeAxis(title: string, xs: readonly number[], x: Scale, box: Box): string {
  let free = Number.NEGATIVE_INFINITY;
  const marks = [...new Set(xs)]
    .sort((a, b) => a - b)
    .map((value) => {
      const at = x.at(value);
      const line = element("line", { x1: at, x2: at, y1: box.top, y2: box.bottom, class: "grid" });
      if (at < free) return line;
      const words = sizeText(value);
      free = at + words.length * 7 + 8;
      return line + label(at, box.bottom + 16, words, "ink", { "text-anchor": "middle", "font-size": 11 });
    });
  const middle = (box.left + box.right) / 2;
  const name = label(middle, box.bottom + 33, title, "muted", { "text-anchor": "middle", "font-size": 11 });
  const frame = { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
  return marks.join("") + name + element("rect", { ...frame, class: "frame" });
}

/** A number as axes show it: 20 k, 1 M. */
export function sizeText(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`;
  return value >= 1_000
    ? `${Number((value / 1_000).toPrecision(3))} k`
    : String(Number(value.toPrecision(3)));
}

function targetMarkup({ target }: ChartPanel, y: Scale, box: Box): string {
  if (target === undefined) return "";
  const at = y.at(target.value);
  const line = element("line", { x1: box.left, x2: box.right, y1: at, y2: at, class: "level" });
  const place = { "text-anchor": "end", "font-size": 10 };
  return line + label(box.right - 4, at - 4, target.label, "muted", place);
}

function markMarkup({ mark }: Chart, x: Scale, box: Box): string {
  if (mark === undefined) return "";
  const at = x.at(mark.x);
  const isRight = at > (box.left + box.right) / 2;
  const place = { "text-anchor": isRight ? "end" : "start", "font-size": 10 };
  return (
    element("line", { x1: at, x2: at, y1: box.top, y2: box.bottom, class: "mark" }) +
    label(at + (isRight ? -4 : 4), box.top + 12, mark.label, "marked", place)
  );
}

function curveMarkup({ points }: ChartCurve, index: number, x: Scale, y: Scale): string {
  const drawn = points.filter((point) => Number.isFinite(point.y)).sort((a, b) => a.x - b.x);
  const line = new PathWriter();
  drawn.forEach((point, i) => {
    if (i === 0) line.moveTo(x.at(point.x), y.at(point.y));
    else line.lineTo(x.at(point.x), y.at(point.y));
  });
  const dots = drawn.map(({ x: size, y: value, isHollow = false }) =>
    element("circle", {
      ...{ cx: x.at(size), cy: y.at(value), r: 4, "stroke-width": 1.6 },
      class: `c${index}${isHollow ? " hollow" : ""}`,
    }),
  );
  const path = { d: line.d, class: `line c${index}`, "stroke-dasharray": DASHES[index] };
  return element("path", path) + dots.join("");
}
