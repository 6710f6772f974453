import type { RoadLink } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber, readString } from "../../domain/snapshot-row.ts";
import { Hypothesis } from "./hypothesis.ts";

/** Hypotheses held at a time: a fork offers two or three ways. */
export const MAX_HYPOTHESES = 3;

/** Errors of satellite positions are 1.5 to 5 m; this is expected of a station that has not shown its own, m². */
const FIRST_VARIANCE = 2.5 * 2.5;

/** What the matcher remembers of one station. About 400 B with one hypothesis. */
export class RoadTrack {
  /** The most likely one; always the same object. Means nothing while `count` is 0. */
  readonly best: Hypothesis;
  /** The next ones, best first; only the first `count − 1` mean anything. */
  readonly others: Hypothesis[] = [];
  /** Hypotheses held; 0: on no road that the map has. */
  count = 0;
  /** Place and time of the last report. */
  latitudeE7 = 0;
  longitudeE7 = 0;
  atMs = Number.NaN;
  /** Course over ground, degrees; NaN: unknown. Kept while the station stands, when reported headings are noise. */
  courseDeg = Number.NaN;
  /** The course was told by a station that has not moved yet. */
  isCourseWeak = false;
  /** Speed of the last report, m/s, and what its positions show of their error, m² per axis. */
  speedMps = Number.NaN;
  variance = FIRST_VARIANCE;
  /** For how long roads have been in doubt. */
  doubtS = 0;
  /** Metres driven since other roads were looked at or, on no road, before one can be near. */
  sinceSearchM = 0;
  clearM = 0;

  constructor(link: RoadLink) {
    this.best = new Hypothesis(link);
  }

  /** Reads what the next report will need; see `domain/prefetch.ts`. */
  prefetch(): number {
    return (this.atMs + this.clearM + this.best.offsetM + this.best.penalty) | this.best.link.index;
  }

  hypothesis(i: number): Hypothesis {
    if (i === 0) return this.best;
    let other = this.others[i - 1];
    if (other === undefined) {
      other = new Hypothesis(this.best.link);
      this.others[i - 1] = other;
    }
    return other;
  }

  snapshot(): SnapshotValue {
    const hypotheses: SnapshotValue[] = [];
    for (let i = 0; i < this.count; i++) hypotheses.push(this.hypothesis(i).snapshot());
    return [
      this.latitudeE7,
      this.longitudeE7,
      this.atMs,
      Number.isNaN(this.courseDeg) ? null : this.courseDeg,
      this.isCourseWeak ? 1 : 0,
      Number.isNaN(this.speedMps) ? null : this.speedMps,
      this.variance,
      this.doubtS,
      this.sinceSearchM,
      this.clearM,
      hypotheses,
    ];
  }

  /** Hypotheses about links that the map does not have any more are forgotten. */
  restore(value: SnapshotValue | undefined, linkOf: (id: string) => RoadLink | undefined): void {
    const row = readArray(value);
    const number = (i: number) => readNumber(row[i], `road[${i}]`);
    this.latitudeE7 = number(0);
    this.longitudeE7 = number(1);
    this.atMs = number(2);
    this.courseDeg = row[3] === null ? Number.NaN : number(3);
    this.isCourseWeak = number(4) === 1;
    this.speedMps = row[5] === null ? Number.NaN : number(5);
    this.variance = number(6);
    this.doubtS = number(7);
    this.sinceSearchM = number(8);
    this.clearM = number(9);
    this.count = 0;
    for (const written of readArray(row[10])) {
      const link = linkOf(readString(readArray(written)[0], "link"));
      if (link === undefined) continue;
      const hypothesis = this.hypothesis(this.count++);
      hypothesis.restore(written);
      hypothesis.link = link;
    }
  }
}
