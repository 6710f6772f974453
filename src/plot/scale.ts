/** Maps a range of values to a range of pixels. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  at(value: number): number;
}

export function linearScale(from: number, to: number, fromPx: number, toPx: number): Scale {
  const factor = to === from ? 0 : (toPx - fromPx) / (to - from);
  return { from, to, at: (value) => fromPx + (value - from) * factor };
}

/** Logarithmic; both ends are above 0. */
export function logScale(from: number, to: number, fromPx: number, toPx: number): Scale {
  const inner = linearScale(Math.log10(from), Math.log10(to), fromPx, toPx);
  return { from, to, at: (value) => inner.at(Math.log10(value)) };
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Round values within a range, about `count` of them. */
export function ticks(from: number, to: number, count: number): readonly number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((candidate) => candidate * power >= rough * 0.999) ?? 10) * power;
  return multiples(from, to, step);
}

/** Steps of clocks, s. */
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600];

/** Seconds at which a clock shows round times. */
export function clockTicks(fromS: number, toS: number, count: number): readonly number[] {
  const rough = (toS - fromS) / Math.max(1, count);
  const step = CLOCK_STEPS.find((candidate) => candidate >= rough) ?? 86_400;
  return multiples(fromS, toS, step);
}

function multiples(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Seconds as `m:ss`, or `h:mm:ss` from an hour on. */
export function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  const s = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${s}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${s}`;
}
