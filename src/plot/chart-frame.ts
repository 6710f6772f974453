import { GRID, INK, MUTED } from "./palette.ts";
import type { Scale } from "./scale.ts";
import { element, escapeText, text } from "./svg.ts";

/** Where a chart's data lie in its picture, px. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export function titleBlock(title: string, subtitle: string): string {
  return (
    text(28, 34, title, { "font-size": 19, "font-weight": 600, fill: INK }) +
    text(28, 55, subtitle, { fill: MUTED })
  );
}

/** What, seed, commit: one line at the foot, so that a picture without its page still tells where it is from. */
export function caption(height: number, content: string): string {
  return text(28, height - 12, content, { "font-size": 11, fill: MUTED });
}

export function horizontalAxis(box: PlotBox, scale: Scale, marks: readonly Tick[], title: string): string {
  const lines = marks.map(({ value, label }) => {
    const x = scale.at(value);
    return (
      element("line", { x1: x, x2: x, y1: box.top, y2: box.bottom, stroke: GRID }) +
      element("line", { x1: x, x2: x, y1: box.bottom, y2: box.bottom + 5, stroke: MUTED }) +
      text(x, box.bottom + 19, label, { "text-anchor": "middle", fill: INK, "font-size": 12 })
    );
  });
  const middle = (box.left + box.right) / 2;
  return (
    lines.join("") +
    text(middle, box.bottom + 39, title, { "text-anchor": "middle", fill: MUTED, "font-size": 12 })
  );
}

export function verticalAxis(box: PlotBox, scale: Scale, marks: readonly Tick[], title: string): string {
  const lines = marks.map(({ value, label }) => {
    const y = scale.at(value);
    return (
      element("line", { x1: box.left, x2: box.right, y1: y, y2: y, stroke: GRID }) +
      text(box.left - 8, y + 4, label, { "text-anchor": "end", fill: INK, "font-size": 12 })
    );
  });
  const middle = (box.top + box.bottom) / 2;
  const turned = `translate(${box.left - 58} ${middle}) rotate(-90)`;
  return (
    lines.join("") +
    element(
      "text",
      { transform: turned, "text-anchor": "middle", fill: MUTED, "font-size": 12 },
      escapeText(title),
    )
  );
}

export function outline(box: PlotBox): string {
  const { left, top, right, bottom } = box;
  return element("rect", {
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
    fill: "none",
    stroke: "#c5cdd5",
  });
}

export interface LegendEntry {
  readonly label: string;
  /** Markup of a sample within 22 × 12 px. */
  readonly sample: string;
}

export interface LegendGroup {
  readonly heading: string;
  readonly entries: readonly LegendEntry[];
}

const LINE_PX = 19;

/** Groups below one another, from a place down. */
export function legend(x: number, y: number, groups: readonly LegendGroup[]): string {
  let at = y;
  const parts: string[] = [];
  for (const { heading, entries } of groups) {
    if (entries.length === 0) continue;
    parts.push(text(x, at, heading, { "font-weight": 600, "font-size": 12, fill: INK }));
    at += LINE_PX;
    for (const { label, sample } of entries) {
      parts.push(element("g", { transform: `translate(${x} ${at - 10})` }, sample));
      parts.push(text(x + 30, at, label, { "font-size": 12, fill: INK }));
      at += LINE_PX;
    }
    at += 10;
  }
  return parts.join("");
}

/** A stretch of colour for a legend. */
export function swatch(fill: string, attributes: Readonly<Record<string, string | number>> = {}): string {
  return element("rect", { width: 22, height: 12, rx: 2, fill, ...attributes });
}

export function stroke(colour: string, width: number, dashes?: string): string {
  return element("line", {
    x1: 0,
    x2: 22,
    y1: 6,
    y2: 6,
    stroke: colour,
    "stroke-width": width,
    "stroke-dasharray": dashes,
  });
}
