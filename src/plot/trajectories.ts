import { type SpeedStep, speedSteps } from "./palette.ts";
import type { Scale } from "./scale.ts";
import { element, PathWriter } from "./svg.ts";

/** One vehicle on one road: times (Unix ms), places (m along it) and speeds (m/s), by time. */
export interface Trajectory {
  readonly atMs: ArrayLike<number>;
  readonly alongM: ArrayLike<number>;
  readonly speedMps: ArrayLike<number>;
  /** What it tells reaches the system. */
  readonly equipped: boolean;
}

export interface DrawnTrajectories {
  readonly markup: string;
  readonly points: number;
  /** 1: all are drawn. */
  readonly drawnOneIn: number;
  /** Of which vehicles only one in so many is drawn. */
  readonly thinned: "none" | "bare" | "all";
  readonly steps: readonly SpeedStep[];
}

/** Points of all lines of one diagram: about 1 MB. */
export const MAX_POINTS = 110_000;
/** A vehicle that was away longer than this, or jumped, is drawn in two pieces. */
const LONGEST_GAP_MS = 5_000;
/** Points nearer than this on the picture say nothing that the eye sees, px. */
const LEAST_STEPS_PX = [1.2, 2, 3, 4.5];

/** Lines in the colour of their speed. First finer steps are left out, then vehicles without equipment, until they fit. */
export function drawTrajectories(
  all: readonly Trajectory[],
  x: Scale,
  y: Scale,
  maxPoints = MAX_POINTS,
): DrawnTrajectories {
  const steps = speedSteps(usualTopKmh(all));
  for (const leastPx of LEAST_STEPS_PX) {
    const drawn = draw(all, steps, x, y, leastPx);
    if (drawn.points <= maxPoints) return drawn;
  }
  const coarsest = LEAST_STEPS_PX.at(-1) ?? 1;
  for (const thinned of ["bare", "all"] as const) {
    for (let oneIn = 2; oneIn <= 2 * all.length; oneIn *= 2) {
      const drawn = draw(chosen(all, thinned, oneIn), steps, x, y, coarsest);
      if (drawn.points <= maxPoints) return { ...drawn, drawnOneIn: oneIn, thinned };
    }
  }
  return draw([], steps, x, y, coarsest);
}

/** Equipped vehicles are what the system knows: they are drawn as long as they fit. */
function chosen(all: readonly Trajectory[], thinned: "bare" | "all", oneIn: number): readonly Trajectory[] {
  let met = 0;
  return all.filter(({ equipped }) => (equipped && thinned === "bare") || met++ % oneIn === 0);
}

/** One path per speed and equipment: a picture of a thousand vehicles has fourteen elements. */
interface Pen {
  readonly step: number;
  readonly equipped: boolean;
  readonly path: PathWriter;
}

/** Slow traffic is drawn last, equipped vehicles after the others: what people look for lies on top. */
function pens(steps: readonly SpeedStep[]): readonly Pen[] {
  const order = steps.map((_, step) => step).reverse();
  return [false, true].flatMap((equipped) =>
    order.map((step) => ({ step, equipped, path: new PathWriter() })),
  );
}

/** Speed below which nine of ten rows are. */
function usualTopKmh(all: readonly Trajectory[]): number {
  const speeds = all.flatMap(({ speedMps }) => Array.from(speedMps)).filter((speed) => speed >= 0);
  speeds.sort((a, b) => a - b);
  return (speeds[Math.floor(speeds.length * 0.9)] ?? Number.POSITIVE_INFINITY) * 3.6;
}

function draw(
  all: readonly Trajectory[],
  steps: readonly SpeedStep[],
  x: Scale,
  y: Scale,
  leastPx: number,
): DrawnTrajectories {
  const drawn = pens(steps);
  const pathOf = (step: number, equipped: boolean): PathWriter =>
    (drawn.find((pen) => pen.step === step && pen.equipped === equipped) as Pen).path;
  const ofAll = steps.map((_, step) => pathOf(step, false));
  const ofEquipped = steps.map((_, step) => pathOf(step, true));
  for (const trajectory of all)
    drawOne(trajectory, steps, x, y, leastPx, trajectory.equipped ? ofEquipped : ofAll);
  const points = drawn.reduce((sum, { path }) => sum + path.points, 0);
  const someBare = all.some(({ equipped }) => !equipped);
  const markup = drawn.filter(({ path }) => path.points > 0).map((pen) => penMarkup(pen, steps, someBare));
  return { markup: markup.join(""), points, drawnOneIn: 1, thinned: "none", steps };
}

function penMarkup({ step, equipped, path }: Pen, steps: readonly SpeedStep[], someBare: boolean): string {
  const width = step < 2 ? 1.1 : 0.8;
  return element("path", {
    d: path.d,
    fill: "none",
    stroke: steps[step]?.colour,
    "stroke-width": equipped && someBare ? width + 0.9 : width,
    "stroke-opacity": equipped || !someBare ? undefined : 0.55,
    "stroke-linejoin": "round",
  });
}

function stepOf(steps: readonly SpeedStep[], speedMps: number): number {
  const step = steps.findIndex(({ belowMps }) => speedMps < belowMps);
  return step < 0 ? steps.length - 1 : step;
}

function drawOne(
  trajectory: Trajectory,
  steps: readonly SpeedStep[],
  x: Scale,
  y: Scale,
  leastPx: number,
  paths: readonly PathWriter[],
): void {
  const { atMs, alongM, speedMps } = trajectory;
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  let open: number | undefined;
  for (let i = 0; i < atMs.length; i++) {
    const px = x.at(atMs[i] as number);
    const py = y.at(alongM[i] as number);
    const step = stepOf(steps, speedMps[i] as number);
    const isApart = i === 0 || (atMs[i] as number) - (atMs[i - 1] as number) > LONGEST_GAP_MS;
    const isNear = Math.abs(px - lastX) + Math.abs(py - lastY) < leastPx && i < atMs.length - 1;
    if (!isApart && isNear && step === open) continue;
    const path = paths[step] as PathWriter;
    if (isApart) path.moveTo(px, py);
    else {
      // In another colour the line goes on from where the old one ended.
      if (step !== open) path.moveTo(lastX, lastY);
      path.lineTo(px, py);
    }
    open = step;
    lastX = px;
    lastY = py;
  }
}
