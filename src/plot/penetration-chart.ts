import {
  caption,
  horizontalAxis,
  legend,
  outline,
  type PlotBox,
  stroke,
  titleBlock,
  verticalAxis,
} from "./chart-frame.ts";
import { percentText } from "./page-facts.ts";
import { linearScale, logScale, type Scale, ticks } from "./scale.ts";
import { element, figure, PathWriter, picture } from "./svg.ts";

export interface CurvePoint {
  /** Share of equipped vehicles, above 0. */
  readonly penetration: number;
  readonly value: number;
  /** 95 % bounds, where known. */
  readonly low: number | undefined;
  readonly high: number | undefined;
}

export interface Curve {
  readonly label: string;
  readonly colour: string;
  readonly dashes?: string | undefined;
  readonly points: readonly CurvePoint[];
}

export interface PenetrationChart {
  readonly title: string;
  readonly subtitle: string;
  readonly caption: string;
  readonly valueTitle: string;
  /** How values are written at the axis. */
  readonly valueText: (value: number) => string;
  /** Top of the axis; what the curves need where absent. */
  readonly top?: number | undefined;
  readonly curves: readonly Curve[];
}

const WIDTH = 900;
const HEIGHT = 520;
const BOX: PlotBox = { left: 92, top: 76, right: 660, bottom: 436 };

/** Bars of curves at one share stand beside each other. */
const DODGE_PX = 3.5;

/** Curves over the share of equipped vehicles, on a logarithmic axis, with their bounds as bands. */
export function penetrationChart(chart: PenetrationChart): string {
  const points = chart.curves.flatMap((curve) => curve.points);
  const shares = [...new Set(points.map(({ penetration }) => penetration))].sort((a, b) => a - b);
  const most = Math.max(0, ...points.map(({ value, high }) => Math.min(high ?? value, value * 2)));
  const top = chart.top ?? (most > 0 ? most * 1.08 : 1);
  const x = logScale((shares[0] ?? 0.01) / 1.15, (shares.at(-1) ?? 1) * 1.15, BOX.left, BOX.right);
  const y = linearScale(0, top, BOX.bottom, BOX.top);
  return picture(
    WIDTH,
    HEIGHT,
    chart.title,
    element(
      "defs",
      {},
      element(
        "clipPath",
        { id: "curves" },
        element("rect", {
          x: BOX.left,
          y: BOX.top,
          width: BOX.right - BOX.left,
          height: BOX.bottom - BOX.top,
        }),
      ),
    ),
    titleBlock(chart.title, chart.subtitle),
    verticalAxis(
      BOX,
      y,
      ticks(0, top, 6).map((value) => ({ value, label: chart.valueText(value) })),
      chart.valueTitle,
    ),
    horizontalAxis(
      BOX,
      x,
      shares.map((value) => ({ value, label: percentText(value) })),
      "equipped vehicles (logarithmic)",
    ),
    element(
      "g",
      { "clip-path": "url(#curves)" },
      ...chart.curves.map((curve, i) =>
        curveMarkup(curve, x, y, (i - (chart.curves.length - 1) / 2) * DODGE_PX),
      ),
    ),
    outline(BOX),
    legend(BOX.right + 26, BOX.top + 12, [
      {
        heading: "",
        entries: chart.curves.map(({ label, colour, dashes }) => ({
          label,
          sample: stroke(colour, 2.4, dashes),
        })),
      },
    ]),
    caption(HEIGHT, chart.caption),
  );
}

function curveMarkup({ points, colour, dashes }: Curve, shares: Scale, y: Scale, asidePx: number): string {
  const x = { at: (value: number): number => shares.at(value) + asidePx };
  const sorted = [...points].sort((a, b) => a.penetration - b.penetration);
  const line = new PathWriter();
  sorted.forEach(({ penetration, value }, i) => {
    if (i === 0) line.moveTo(x.at(penetration), y.at(value));
    else line.lineTo(x.at(penetration), y.at(value));
  });
  const dots = sorted.map(({ penetration, value, low, high }) => {
    const px = x.at(penetration);
    const bar =
      low === undefined || high === undefined
        ? ""
        : element("path", {
            d: `M${figure(px - 4)} ${figure(y.at(low))}h8m-4 0V${figure(y.at(high))}m-4 0h8`,
            stroke: colour,
            "stroke-width": 1.2,
            fill: "none",
          });
    return bar + element("circle", { cx: px, cy: y.at(value), r: 4, fill: colour, stroke: "#ffffff" });
  });
  const path = element("path", {
    d: line.d,
    fill: "none",
    stroke: colour,
    "stroke-width": 2.2,
    "stroke-dasharray": dashes,
  });
  return path + dots.join("");
}
