import type { RoadLink, RoadMatch } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber } from "../../domain/snapshot-row.ts";

/** One way in which a station may be driving. Changed in place; the best one of a station is its `RoadMatch`. */
export class Hypothesis implements RoadMatch {
  link: RoadLink;
  /** Segment of the link's line that is nearest. */
  segment = 0;
  offsetM = Number.NaN;
  lateralM = Number.NaN;
  against = false;
  steps = 0;
  drivenM = Number.NaN;
  confidence = Number.NaN;
  /** Misfit of place and course, smoothed over time; 1 is what noise alone gives. */
  misfit = Number.NaN;
  /** For having come here along no connection; fades. */
  penalty = Number.NaN;

  constructor(link: RoadLink) {
    this.link = link;
  }

  get routeM(): number {
    return this.link.fromM + this.offsetM;
  }

  copy(other: Hypothesis): void {
    this.link = other.link;
    this.segment = other.segment;
    this.offsetM = other.offsetM;
    this.lateralM = other.lateralM;
    this.against = other.against;
    this.steps = other.steps;
    this.drivenM = other.drivenM;
    this.confidence = other.confidence;
    this.misfit = other.misfit;
    this.penalty = other.penalty;
  }

  snapshot(): SnapshotValue {
    return [
      this.link.id,
      this.segment,
      this.offsetM,
      this.lateralM,
      this.against ? 1 : 0,
      this.steps,
      this.drivenM,
      this.confidence,
      this.misfit,
      this.penalty,
    ];
  }

  /** Takes over what `snapshot` wrote, except for the link. */
  restore(value: SnapshotValue): void {
    const row = readArray(value);
    const number = (i: number) => readNumber(row[i], `hypothesis[${i}]`);
    this.segment = number(1);
    this.offsetM = number(2);
    this.lateralM = number(3);
    this.against = number(4) === 1;
    this.steps = number(5);
    this.drivenM = number(6);
    this.confidence = number(7);
    this.misfit = number(8);
    this.penalty = number(9);
  }
}
