import type { AlertKind } from "../../domain/alert.ts";

/** What stands in an alert's mark, on a grid of 24: families of kinds share one, since eight are told apart and thirty are not. */
const GLYPHS = {
  wrong: "M12 19V6M7 11l5-5 5 5M5 20h14",
  brake: "M12 5v9M12 18v1",
  vehicle: "M4 15v-3l2-5h12l2 5v3zM7 15v2M17 15v2",
  queue: "M4 8h5M4 12h9M4 16h13",
  person: "M12 5a2 2 0 1 0 0 4a2 2 0 0 0 0-4M12 9v6M8 12h8M12 15l-3 5M12 15l3 5",
  weather: "M7 14a4 4 0 0 1 .5-8a5 5 0 0 1 9.5 2a3 3 0 0 1 0 6zM9 17l-1 3M13 17l-1 3M17 17l-1 3",
  obstacle: "M4 18L12 5l8 13z",
  works: "M5 19l7-8M10 8l5 5M12 6l6 6 1-4-3-3z",
  signal: "M9 4h6v16H9zM12 8v.2M12 12v.2M12 16v.2",
  special: "M12 5v14M5 12h14",
  blind: "M4 12s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5M5 5l14 14",
  note: "M12 11v7M12 6v1",
} as const;

const OF_KIND: Readonly<Record<AlertKind, keyof typeof GLYPHS>> = {
  "emergency-brake": "brake",
  "hard-brake-chain": "brake",
  "stationary-vehicle": "vehicle",
  "slow-vehicle": "vehicle",
  "wrong-way": "wrong",
  "queue-end": "queue",
  congestion: "queue",
  "collision-risk": "brake",
  "vru-risk": "person",
  "emergency-vehicle": "special",
  "slippery-road": "weather",
  "reduced-visibility": "weather",
  "heavy-precipitation": "weather",
  "extreme-weather": "weather",
  obstacle: "obstacle",
  "animal-on-road": "obstacle",
  "person-on-road": "person",
  accident: "brake",
  roadworks: "works",
  "signal-violation": "signal",
  blockage: "obstacle",
  "minimal-risk-manoeuvre": "vehicle",
  "automation-cluster": "vehicle",
  "rail-crossing": "signal",
  "dangerous-situation": "brake",
  "blind-area": "blind",
  notice: "note",
};

/** A newer server may know kinds that this page does not. */
export const glyphOf = (kind: AlertKind): string => GLYPHS[OF_KIND[kind] ?? "note"];
