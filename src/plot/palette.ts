import type { AlertKind } from "../domain/alert.ts";

/**
 * Colours of speeds, slow first. Darkness falls with speed throughout, so the order holds without colour too; warm against
 * blue-grey is told apart with every common kind of colour blindness.
 */
const SPEED_COLOURS = ["#4a0d3a", "#9e1045", "#d9482b", "#eb8a2f", "#e0b766", "#a9bcc9", "#c3d3dd"] as const;

export interface SpeedStep {
  readonly belowMps: number;
  readonly colour: string;
  /** km/h, for legends. */
  readonly label: string;
}

/** Bounds of motorways: the levels of congestion (10, 30 km/h), then every 20. */
const MOTORWAY_KMH = [10, 30, 50, 70, 90, 110];
/** Bounds of streets, on which 50 km/h is free. */
const TOWN_KMH = [5, 10, 20, 30, 40, 50];
/** Where nine of ten rows are slower, it is a town. */
const TOWN_LIMIT_KMH = 62;

export function speedSteps(usualTopKmh: number): readonly SpeedStep[] {
  const bounds = usualTopKmh < TOWN_LIMIT_KMH ? TOWN_KMH : MOTORWAY_KMH;
  return SPEED_COLOURS.map((colour, i) => {
    const from = bounds[i - 1];
    const below = bounds[i];
    const label =
      from === undefined ? `under ${below}` : below === undefined ? `${from} and more` : `${from}–${below}`;
    return { belowMps: (below ?? Number.POSITIVE_INFINITY) / 3.6, colour, label };
  });
}

export const INK = "#1d2733";
export const MUTED = "#5c6b7a";
export const GRID = "#e6eaee";
export const TRUTH = "#10151b";

/** Okabe and Ito (2008): eight colours that all can tell apart. */
const ALERT_COLOURS: Partial<Readonly<Record<AlertKind, string>>> = {
  congestion: "#0072b2",
  "queue-end": "#56b4e9",
  "stationary-vehicle": "#cc79a7",
  "emergency-brake": "#d55e00",
  "hard-brake-chain": "#d55e00",
  "wrong-way": "#7b2d8b",
  "slow-vehicle": "#8a6d00",
  "slippery-road": "#009e73",
  "reduced-visibility": "#009e73",
  "heavy-precipitation": "#009e73",
  blockage: "#a1003c",
  accident: "#a1003c",
  obstacle: "#a1003c",
};

export function alertColour(kind: AlertKind): string {
  return ALERT_COLOURS[kind] ?? "#5b6770";
}

/** Verdicts on maps. */
export const VERDICT_COLOURS = {
  found: "#009e73",
  missed: "#d55e00",
  false: "#7b2d8b",
  excused: "#9aa7b2",
} as const;
