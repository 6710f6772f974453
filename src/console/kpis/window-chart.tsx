import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { AlarmKpis } from "../../api/contract/alarms.ts";
import { theme } from "../state/preferences.ts";
import { number, shortTime } from "../words/format.ts";
import { words } from "../words/words.ts";
import { kpiWords } from "./words.ts";

type Windows = AlarmKpis["windows"];

const HEIGHT = 220;

const WINDOW_S = 600;

/** One alarm in ten minutes can be handled, ten cannot (EEMUA 191, ISA-18.2). */
const AIM = 1;
const FLOOD = 10;

/** Bars per window of ten minutes, and the lines that they are held against. The table beside it says the same. */
export function WindowChart({ windows }: { readonly windows: Windows }) {
  const w = words(kpiWords);
  const element = useRef<HTMLDivElement>(null);
  const key = `${theme.value}/${windows.map((one) => one.alarms + one.suppressed).join()}`;
  useEffect(() => {
    const parent = element.current;
    if (parent === null) return undefined;
    const plot = new uPlot(optionsOf(parent), dataOf(windows), parent);
    const resize = new ResizeObserver(() => plot.setSize({ width: parent.clientWidth, height: HEIGHT }));
    resize.observe(parent);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [key]);
  const most = Math.max(0, ...windows.map(({ alarms }) => alarms));
  return (
    <figure class="chart">
      <figcaption>
        <b>{w.perWindow}</b>
        <Legend colour="--accent" text={w.sounded} />
        <Legend colour="--line-strong" text={w.suppressed} />
        <Legend colour="--ok" text={w.aim} />
        <Legend colour="--p1" text={w.flood} />
      </figcaption>
      <div ref={element} role="img" aria-label={`${w.perWindow}: ≤ ${number(most)}`} />
    </figure>
  );
}

function Legend({ colour, text }: { readonly colour: string; readonly text: string }) {
  return (
    <span>
      <svg width="16" height="10" aria-hidden="true">
        <path d="M0 5h16" style={{ stroke: `var(${colour})` }} />
      </svg>
      {text}
    </span>
  );
}

/** What was suppressed stands on top of what sounded: drawn first, behind it. */
function dataOf(windows: Windows): uPlot.AlignedData {
  return [
    windows.map(({ fromMs }) => fromMs / 1_000),
    windows.map(({ alarms, suppressed }) => alarms + suppressed),
    windows.map(({ alarms }) => alarms),
    windows.map(() => AIM),
    windows.map(() => FLOOD),
  ];
}

function optionsOf(parent: HTMLElement): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--ink-3"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: `12px ${style.fontFamily}`,
  };
  const bars = (name: string): uPlot.Series => ({
    fill: colour(name),
    stroke: colour(name),
    width: 0,
    points: { show: false },
    paths: uPlot.paths.bars?.({ size: [0.8, 24], align: 1 }) ?? (() => null),
  });
  const line = (name: string): uPlot.Series => ({
    stroke: colour(name),
    width: 1.5,
    dash: [6, 4],
    points: { show: false },
  });
  return {
    width: Math.max(100, parent.clientWidth),
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 8, 0, 0],
    scales: {
      // The last bar begins where the last window does.
      x: { range: (_plot, low, high) => [low, high + WINDOW_S] },
      y: { range: (_plot, _low, high) => [0, Math.max(FLOOD + 2, high) * 1.05] },
    },
    axes: [
      { ...axis, size: 28, values: (_plot, splits) => splits.map((s) => shortTime(s * 1_000)) },
      {
        ...axis,
        size: 40,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
        values: (_plot, splits) => splits.map((value) => number(value)),
      },
    ],
    series: [{}, bars("--line-strong"), bars("--accent"), line("--ok"), line("--p1")],
  };
}
