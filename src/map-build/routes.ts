import { headingDifferenceDeg } from "../geo/geodesy.ts";
import type { DraftLink } from "./draft.ts";
import { courseAtEndDeg, courseAtStartDeg } from "./line.ts";

/** A road with a number goes on around sharper bends than one that only its course makes one. */
const MOST_TURN_DEG = 75;
const MOST_TURN_UNNAMED_DEG = 45;

/** A change of class costs as much as this bend: a primary road goes on as a primary road where both ways are open. */
const CLASS_CHANGE_DEG = 20;

interface Joint {
  readonly from: DraftLink;
  readonly to: DraftLink;
  readonly costDeg: number;
}

/**
 * Chains links to routes: each link goes on in at most one other, of the same road, as straight as can be. Ramps make
 * routes of their own. The result does not depend on the order of the links.
 */
export function chainLinks(links: readonly DraftLink[]): DraftLink[][] {
  const nextOf = new Map<DraftLink, DraftLink>();
  const hasPrevious = new Set<DraftLink>();
  for (const { from, to } of jointsOf(links)) {
    if (nextOf.has(from) || hasPrevious.has(to)) continue;
    nextOf.set(from, to);
    hasPrevious.add(to);
  }
  const chains: DraftLink[][] = [];
  const done = new Set<DraftLink>();
  const follow = (first: DraftLink): void => {
    const chain: DraftLink[] = [];
    for (
      let link: DraftLink | undefined = first;
      link !== undefined && !done.has(link);
      link = nextOf.get(link)
    ) {
      chain.push(link);
      done.add(link);
    }
    chains.push(chain);
  };
  const ordered = [...links].sort((a, b) => compareText(a.id, b.id));
  for (const link of ordered) if (!hasPrevious.has(link)) follow(link);
  // What is left goes round in circles; each begins with its least id.
  for (const link of ordered) if (!done.has(link)) follow(link);
  return chains;
}

/** Pairs of links of one road, the best first. */
function jointsOf(links: readonly DraftLink[]): Joint[] {
  const byId = new Map(links.map((link) => [link.id, link]));
  const joints: Joint[] = [];
  for (const from of links) {
    for (const id of from.next) {
      const to = byId.get(id);
      if (to === undefined || to === from || !isSameRoad(from, to)) continue;
      const turnDeg = headingDifferenceDeg(courseAtEndDeg(from.points), courseAtStartDeg(to.points));
      if (turnDeg > mostTurnDeg(from)) continue;
      joints.push({ from, to, costDeg: turnDeg + (from.roadClass === to.roadClass ? 0 : CLASS_CHANGE_DEG) });
    }
  }
  return joints.sort(
    (a, b) => a.costDeg - b.costDeg || compareText(a.from.id, b.from.id) || compareText(a.to.id, b.to.id),
  );
}

function mostTurnDeg(link: DraftLink): number {
  return isNamed(link) ? MOST_TURN_DEG : MOST_TURN_UNNAMED_DEG;
}

function isNamed({ routeKey, ref, name }: DraftLink): boolean {
  return routeKey !== undefined || ref !== "" || name !== "";
}

function isSameRoad(a: DraftLink, b: DraftLink): boolean {
  if (a.opposite === b.id || a.routeKey !== b.routeKey) return false;
  if ((a.flags.ramp === true) !== (b.flags.ramp === true)) return false;
  if ((a.flags.roundabout === true) !== (b.flags.roundabout === true)) return false;
  if (a.routeKey !== undefined || a.flags.ramp === true) return true;
  return a.ref === b.ref && (a.ref !== "" || a.name === b.name);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
