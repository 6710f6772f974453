import type { RoadLink } from "../../domain/road.ts";
import { Hypothesis } from "./hypothesis.ts";

/** Ways to go on from all hypotheses, and found around; more say nothing more. */
const MOST_CANDIDATES = 24;

/** Driving against the traffic, on a one-way road and on one whose other direction is a link of its own. Never fades. */
const AGAINST_ONE_WAY_PENALTY = 9;
const AGAINST_TWO_WAY_PENALTY = 25;

/** Hypotheses about one report, before the best are kept. The objects are used again for every report. */
export class Candidates {
  readonly #all: Hypothesis[];
  #count = 0;

  constructor(link: RoadLink) {
    this.#all = Array.from({ length: MOST_CANDIDATES }, () => new Hypothesis(link));
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
  }

  /** Whether some way along the traffic has at most this misfit. */
  hasFit(misfit: number): boolean {
    for (let i = 0; i < this.#count; i++) {
      const candidate = this.#all[i] as Hypothesis;
      if (!candidate.against && candidate.misfit <= misfit) return true;
    }
    return false;
  }

  /** A free candidate, or the worse one of the same link; undefined where that one is better or all are taken. */
  slotFor(link: RoadLink, against: boolean, score: number): Hypothesis | undefined {
    for (let i = 0; i < this.#count; i++) {
      const known = this.#all[i] as Hypothesis;
      if (known.link !== link || known.against !== against) continue;
      return score < known.misfit + known.penalty ? known : undefined;
    }
    return this.#count < MOST_CANDIDATES ? this.#all[this.#count++] : undefined;
  }

  /** The one whose place fits best, whatever the way there. */
  fittest(): Hypothesis | undefined {
    let fittest: Hypothesis | undefined;
    for (let i = 0; i < this.#count; i++) {
      const candidate = this.#all[i] as Hypothesis;
      if (fittest === undefined || fitOf(candidate) < fitOf(fittest)) fittest = candidate;
    }
    return fittest;
  }

  /** The one with the lowest score, equal ones by link; it is moved out of the list, but valid until the next report. */
  takeBest(): Hypothesis | undefined {
    let best = -1;
    let bestScore = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#count; i++) {
      const candidate = this.#all[i] as Hypothesis;
      const score = scoreOf(candidate);
      if (score > bestScore || (score === bestScore && candidate.link.index > this.#linkOf(best))) continue;
      best = i;
      bestScore = score;
    }
    if (best < 0) return undefined;
    const last = --this.#count;
    const chosen = this.#all[best] as Hypothesis;
    this.#all[best] = this.#all[last] as Hypothesis;
    this.#all[last] = chosen;
    return chosen;
  }

  #linkOf(candidate: number): number {
    return this.#all[candidate]?.link.index ?? Number.POSITIVE_INFINITY;
  }
}

/** How unlikely a hypothesis is: misfit, penalty, and what driving against the traffic costs. */
export function scoreOf(hypothesis: Hypothesis): number {
  return fitOf(hypothesis) + hypothesis.penalty;
}

function fitOf(hypothesis: Hypothesis): number {
  return hypothesis.misfit + forbiddenOf(hypothesis);
}

export function forbiddenOf({ against, link }: Hypothesis): number {
  if (!against) return 0;
  return link.oneWay ? AGAINST_ONE_WAY_PENALTY : AGAINST_TWO_WAY_PENALTY;
}
