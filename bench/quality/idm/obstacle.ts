/** Something in lanes that drivers see from afar and halt before: a closure, a red light, a wreck's safety zone. */
export interface Obstacle {
  readonly atM: number;
  /** Lanes that it blocks. */
  readonly lanes: readonly number[];
  /** True while it is there. */
  readonly isActive: (atS: number) => boolean;
  /** Drivers leave its lanes from this far on, m; 0 for a red light, which nobody drives around. */
  readonly avoidFromM: number;
  /** The lanes end there for everybody: no wreck and no light. */
  readonly endsLanes?: boolean;
  /** Those who would have to brake harder drive on (a light that has just turned), m/s². */
  readonly ignoreAboveMps2?: number;
}

/** Nearest obstacle ahead in a lane, or undefined. */
export function obstacleAhead(
  obstacles: readonly Obstacle[],
  lane: number,
  frontM: number,
  speedMps: number,
  atS: number,
): Obstacle | undefined {
  let nearest: Obstacle | undefined;
  for (const obstacle of obstacles) {
    const gapM = obstacle.atM - frontM;
    if (gapM < 0 || gapM > (nearest?.atM ?? Number.POSITIVE_INFINITY) - frontM) continue;
    if (!obstacle.lanes.includes(lane) || !obstacle.isActive(atS)) continue;
    const needed = (speedMps * speedMps) / (2 * Math.max(0.1, gapM));
    if (needed > (obstacle.ignoreAboveMps2 ?? Number.POSITIVE_INFINITY)) continue;
    nearest = obstacle;
  }
  return nearest;
}
