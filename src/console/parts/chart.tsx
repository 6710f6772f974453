import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { theme } from "../state/preferences.ts";
import { shortTime } from "../words/format.ts";

export interface Series {
  readonly label: string;
  /** Name of a custom property. */
  readonly colour: `--${string}`;
  /** As many as there are times; gaps where nothing was measured. */
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
}

export interface ChartProps {
  readonly title: string;
  /** Unix ms. */
  readonly atMs: readonly number[];
  readonly series: readonly Series[];
  readonly height?: number;
  readonly format: (value: number) => string;
}

/** All charts show the same ten minutes, however few of them have been measured. */
const SPAN_S = 600;

/** Values over time. What it says is read out by its label; the numbers behind it stand in tables. */
export function Chart({ title, atMs, series, height = 150, format }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const shape = `${theme.value}/${height}/${series.map(({ label, colour }) => label + colour).join()}`;
  useEffect(() => {
    const parent = element.current;
    if (parent === null) return undefined;
    const made = new uPlot(optionsOf(parent, series, height, format), dataOf(atMs, series), parent);
    plot.current = made;
    const resize = new ResizeObserver(() => made.setSize({ width: parent.clientWidth, height }));
    resize.observe(parent);
    return () => {
      resize.disconnect();
      made.destroy();
    };
  }, [shape]);
  useEffect(() => {
    plot.current?.setData(dataOf(atMs, series));
  }, [atMs, series]);
  const last = series.map(({ label, values }) => `${label} ${lastOf(values, format)}`).join(", ");
  return (
    <figure class="chart">
      <figcaption>
        <b>{title}</b>
        {series.map(({ label, colour, values }) => (
          <span key={label}>
            <svg width="16" height="10" aria-hidden="true">
              <path d="M0 5h16" style={{ stroke: `var(${colour})` }} />
            </svg>
            {label} <b>{lastOf(values, format)}</b>
          </span>
        ))}
      </figcaption>
      <div ref={element} role="img" aria-label={`${title}: ${last}`} />
    </figure>
  );
}

function lastOf(values: readonly (number | null)[], format: (value: number) => string): string {
  const last = values.findLast((value) => value !== null);
  return last === undefined || last === null ? "–" : format(last);
}

function dataOf(atMs: readonly number[], series: readonly Series[]): uPlot.AlignedData {
  return [atMs.map((ms) => ms / 1_000), ...series.map(({ values }) => [...values])];
}

function optionsOf(
  parent: HTMLElement,
  series: readonly Series[],
  height: number,
  format: (value: number) => string,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--ink-3"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: `12px ${style.fontFamily}`,
  };
  return {
    width: Math.max(100, parent.clientWidth),
    height,
    legend: { show: false },
    cursor: { show: false },
    // Half a time of day stands beyond the last line.
    padding: [6, 20, 0, 0],
    scales: {
      x: { range: (_plot, _low, high) => [high - SPAN_S, high] },
      y: { range: (_plot, _low, high) => [0, Math.max(1, high) * 1.1] },
    },
    axes: [
      { ...axis, size: 28, values: (_plot, splits) => splits.map((s) => shortTime(s * 1_000)) },
      { ...axis, size: 54, values: (_plot, splits) => splits.map(format) },
    ],
    series: [
      {},
      ...series.map(
        (one): uPlot.Series => ({
          stroke: colour(one.colour),
          width: 2,
          spanGaps: false,
          points: { size: 4 },
          ...(one.dashed === true ? { dash: [5, 4] } : {}),
        }),
      ),
    ],
  };
}
