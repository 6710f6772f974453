import type { RoadLink } from "../../domain/road.ts";
import { headingDifferenceDeg } from "../geodesy.ts";
import { type LinkLine, Projection } from "./link-line.ts";
import type { SegmentIndex } from "./segment-index.ts";

const E7 = 1e7;

/** Roads nearer than this can be taken for each other: errors of position and the widths of both. */
const RIVAL_M = 45;
const STEP_M = 40;

/** Roads that run in directions farther apart are told by the course. */
const ALIKE_DEG = 75;

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/**
 * Whether another road runs beside a link so that stations may be on either. Looked up when first asked: most links of a
 * large map are never driven. Links that follow one another are no rivals.
 */
export class Rivals {
  readonly #lines: readonly LinkLine[];
  readonly #index: SegmentIndex;
  readonly #answers: Uint8Array;
  readonly #found = new Projection();

  constructor(links: readonly RoadLink[], lines: readonly LinkLine[], index: SegmentIndex) {
    this.#lines = lines;
    this.#index = index;
    this.#answers = new Uint8Array(links.length);
  }

  has(link: RoadLink): boolean {
    const known = this.#answers[link.index];
    if (known !== UNKNOWN) return known === YES;
    const answer = this.#look(link);
    this.#answers[link.index] = answer ? YES : NO;
    return answer;
  }

  #look(link: RoadLink): boolean {
    const line = this.#lines[link.index] as LinkLine;
    const steps = Math.max(1, Math.ceil(line.lengthM / STEP_M));
    for (let i = 0; i <= steps; i++) {
      if (this.#isBeside(link, line, (line.lengthM * i) / steps)) return true;
    }
    return false;
  }

  #isBeside(link: RoadLink, line: LinkLine, offsetM: number): boolean {
    const place = line.pointAt(offsetM);
    const headingDeg = line.headingsDeg[line.segmentAt(offsetM)] as number;
    const [latitudeE7, longitudeE7] = [
      Math.round(place.latitudeDeg * E7),
      Math.round(place.longitudeDeg * E7),
    ];
    return this.#index.around(place, RIVAL_M).some((run) => {
      if (run.link === link.index || link.next.includes(run.link) || link.previous.includes(run.link))
        return false;
      const other = this.#lines[run.link] as LinkLine;
      other.project(latitudeE7, longitudeE7, run.first, run.end, this.#found);
      const otherDeg = other.headingsDeg[this.#found.segment] as number;
      return this.#found.distanceM <= RIVAL_M && headingDifferenceDeg(headingDeg, otherDeg) <= ALIKE_DEG;
    });
  }
}
