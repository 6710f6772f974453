import type { RoadLink } from "../domain/road.ts";

/** Before the end of a ramp, `leftM` on, whose traffic joins that of another road. */
export function isRampEnd(
  link: RoadLink,
  leftM: number,
  links: readonly RoadLink[],
  withinM: number,
): boolean {
  if (leftM > withinM || link.flags.ramp !== true) return false;
  return link.next.some((index) => {
    const next = links[index];
    if (next === undefined) return false;
    if (next.flags.ramp !== true) return next.previous.length > 1;
    // A short link before it.
    const leftAfterM = leftM + next.toM - next.fromM;
    return leftAfterM <= withinM && next.next.some((one) => joins(links[one]));
  });
}

function joins(link: RoadLink | undefined): boolean {
  return link !== undefined && link.flags.ramp !== true && link.previous.length > 1;
}
