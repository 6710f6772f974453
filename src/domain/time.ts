/** Receive time between two ticks. Expiry, hysteresis, idleness and tick-driven detectors run at this grain. */
export const TICK_MS = 50;

/**
 * Event time is taken as complete this long after it: watermark = tick − 2 s, never derived from active sources.
 * Reference: CAM older than 2 s is useless for warnings; backhaul of roadside units stays well below.
 */
export const WATERMARK_DELAY_MS = 2_000;

export function watermarkAtMs(tickMs: number): number {
  return tickMs - WATERMARK_DELAY_MS;
}

/** The last tick at or before a receive time. Ticks are aligned to the Unix epoch. */
export function tickAtOrBeforeMs(timeMs: number): number {
  return Math.floor(timeMs / TICK_MS) * TICK_MS;
}
