import type { RoadLink, RoadMatch, RoadNetwork } from "../../domain/road.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { headingDifferenceDeg } from "../geodesy.ts";
import { atan2Deg } from "../trigonometry.ts";
import { Candidates, forbiddenOf, scoreOf } from "./candidates.ts";
import type { Hypothesis } from "./hypothesis.ts";
import { LinkLine, Projection } from "./link-line.ts";
import { type MapFit, SAMPLED_EVERY } from "./map-fit.ts";
import { Network } from "./network.ts";
import { learnedVariance, varianceOf } from "./position-error.ts";
import { Rivals } from "./rivals.ts";
import { MAX_HYPOTHESES, RoadTrack } from "./road-track.ts";
import { SegmentIndex } from "./segment-index.ts";

/** What a report says of place and motion. Written anew for each report; NaN: unknown. */
export interface RoadReport {
  latitudeE7: number;
  longitudeE7: number;
  atMs: number;
  speedMps: number;
  headingDeg: number;
  /** Semi-major axis of the 95 % ellipse, m. */
  accuracyM: number;
}

/** Half a lane (RAS-Q: 3.5 to 3.75 m). */
const HALF_LANE_M = 1.75;

/** Beyond the edge of a road a station is not on it, whatever its errors. */
const OFF_ROAD_M = 25;

/** How much a course may differ from a road: bends between two reports, errors of headings (reference value of 15°). */
const COURSE_DEVIATION_DEG = 15;
const WEAK_COURSE_DEVIATION_DEG = 40;

/** A course that differs more belongs to another road, or to a driver against the traffic beyond the second. */
const ALONG_DEG = 75;
const AGAINST_DEG = 120;

/** Below this speed a heading is noise, and the course before it is kept. */
const COURSE_SPEED_MPS = 1.5;

/** Way between two places that is long enough to tell a course, where no heading is reported. */
const COURSE_WAY_M = 6;

/**
 * Time over which misfits are averaged: errors of satellite positions drift over several seconds, so that ten reports a
 * second tell hardly more than one.
 */
const SMOOTHING_S = 1.5;

/**
 * Misfits that being elsewhere costs: off any connection, leaving the route at a fork. They fade while the place fits better
 * than all others: then the way there was missed, not the place.
 */
const JUMP_PENALTY = 9;
const FORK_PENALTY = 1.5;
const PENALTY_FADES_S = 4;

/** Nobody gets against the traffic of another carriageway than by its ramps, by turning round, or before being seen. */
const JUMP_AGAINST_PENALTY = 25;

/** A driver against the traffic whom nothing else could explain for a while is believed at doubtful places, too. */
const AGAINST_CREDIT = 6;
const CREDIT_PER_S = 2;
const CREDITED_CONFIDENCE = 0.95;

/** Turning round on a road and going on against its traffic is likelier than getting there from elsewhere. */
const TURNING_PENALTY = 1;

/** More speaks no more against a place; less than getting against the traffic of another carriageway costs. */
const MOST_MISFIT = 25;

/** Being on a road that the map does not have. */
const NO_ROAD_SCORE = 14;

/** Hypotheses that are so much worse than the best are dropped. */
const HOPELESS = 16;

/** A share below this is doubt between roads. */
const LEAST_CONFIDENCE = 0.5;

/** Driving against the traffic counts after so many reports and metres that all say so. */
const AGAINST_STEPS = 3;
const AGAINST_DRIVEN_M = 10;
const AGAINST_CONFIDENCE = 0.8;

/** Silence, or doubt, after which a track begins anew. */
const MEMORY_S = 10;

/** How far beyond its end a link still holds a station. */
const BEYOND_M = 15;

/** Other roads are looked at again after this way where some run alike, and sooner where a misfit exceeds the third. */
const SEARCH_EVERY_M = 60;
const DOUBTFUL_SEARCH_M = 10;
const DOUBTFUL_MISFIT = 4;

/** Reach of a search on no road; where it finds nothing, the next one waits until the station has driven the difference. */
const CLEAR_REACH_M = 150;
const SHORTEST_CLEAR_M = 10;

/** Links passed between two reports: 50 m on links of 5 m. */
const MOST_LINKS_PASSED = 12;

/** Places beyond the driven way where the station may be: errors of both positions. */
const WAY_SLACK_M = 30;

/** Where nothing speaks against the link that a station is on. */
const EASY_EDGE_M = 3;
const EASY_COURSE_DEG = 25;
const EASY_GAP_S = 2;

const HALF_TURN_DEG = 180;

/**
 * Online map matching for tracks of 1 to 10 Hz: of each station up to three hypotheses are kept, judged by distance,
 * course and connections. One object per network; what it knows of a station stands in its `RoadTrack`.
 */
export class RoadMatcher {
  readonly #links: readonly RoadLink[];
  readonly #lines: readonly LinkLine[];
  readonly #index: SegmentIndex;
  readonly #rivals: Rivals;
  readonly #linkById: ReadonlyMap<string, RoadLink>;
  readonly #found = new Projection();
  readonly #candidates: Candidates;
  readonly #fit: MapFit | undefined;
  #unsampled = 0;
  #latitudeE7 = 0;
  #longitudeE7 = 0;
  #courseDeg = Number.NaN;
  #courseDeviationDeg = COURSE_DEVIATION_DEG;
  #variance = Number.NaN;
  #elapsedS = 0;
  #movedM = 0;

  constructor(network: RoadNetwork) {
    const [first] = network.links as [RoadLink];
    const isOurs = network instanceof Network;
    this.#links = network.links;
    this.#lines = isOurs ? network.lines : network.links.map(({ points }) => new LinkLine(points));
    this.#index = isOurs ? network.index : new SegmentIndex(this.#lines);
    this.#rivals = new Rivals(network.links, this.#lines, this.#index);
    this.#linkById = new Map(network.links.map((link) => [link.id, link]));
    this.#candidates = new Candidates(first);
    this.#fit = isOurs ? network.fit : undefined;
  }

  /** The memory of a station that has not been seen yet. */
  newTrack(): RoadTrack {
    return new RoadTrack(this.#links[0] as RoadLink);
  }

  restoreTrack(value: SnapshotValue | undefined): RoadTrack {
    const track = this.newTrack();
    track.restore(value, (id) => this.#linkById.get(id));
    return track;
  }

  /** What a track tells: undefined on no road and where roads are in doubt. */
  matchOf(track: RoadTrack): RoadMatch | undefined {
    const { best } = track;
    if (track.count === 0 || best.confidence < LEAST_CONFIDENCE) return undefined;
    if (!best.against) return best;
    const isProved = best.steps >= AGAINST_STEPS && best.drivenM >= AGAINST_DRIVEN_M;
    return isProved && best.confidence >= AGAINST_CONFIDENCE ? best : undefined;
  }

  /** Takes a further report of a station, not older than the last one. */
  update(track: RoadTrack, report: RoadReport): RoadMatch | undefined {
    this.#begin(track, report);
    track.sinceSearchM += this.#movedM;
    if (track.count === 0) this.#acquire(track);
    else if (this.#elapsedS > MEMORY_S) this.#restart(track);
    else if (!this.#goOn(track)) this.#weigh(track);
    track.latitudeE7 = report.latitudeE7;
    track.longitudeE7 = report.longitudeE7;
    track.atMs = report.atMs;
    const match = this.matchOf(track);
    if (++this.#unsampled === SAMPLED_EVERY) {
      this.#unsampled = 0;
      this.#fit?.note(track, report, match);
    }
    return match;
  }

  #lineOf(link: RoadLink): LinkLine {
    return this.#lines[link.index] as LinkLine;
  }

  #begin(track: RoadTrack, report: RoadReport): void {
    const { latitudeE7, longitudeE7, accuracyM } = report;
    this.#latitudeE7 = latitudeE7;
    this.#longitudeE7 = longitudeE7;
    const elapsedMs = report.atMs - track.atMs;
    this.#elapsedS = elapsedMs > 0 ? elapsedMs / 1_000 : 0;
    const line = this.#lineOf(track.best.link);
    const eastM = Number.isNaN(track.atMs) ? 0 : line.eastM(track.longitudeE7, longitudeE7);
    const northM = Number.isNaN(track.atMs) ? 0 : line.northM(track.latitudeE7, latitudeE7);
    this.#movedM = Math.sqrt(eastM * eastM + northM * northM);
    this.#variance = Number.isNaN(accuracyM)
      ? learnedVariance(track, report.speedMps, this.#movedM, this.#elapsedS)
      : varianceOf(accuracyM);
    this.#steer(track, report, eastM, northM);
    this.#courseDeg = track.courseDeg;
    this.#courseDeviationDeg = track.isCourseWeak ? WEAK_COURSE_DEVIATION_DEG : COURSE_DEVIATION_DEG;
  }

  #steer(track: RoadTrack, { speedMps, headingDeg }: RoadReport, eastM: number, northM: number): void {
    if (!Number.isNaN(headingDeg)) {
      const isMoving = !(speedMps < COURSE_SPEED_MPS);
      if (!isMoving && !Number.isNaN(track.courseDeg) && !track.isCourseWeak) return;
      track.courseDeg = headingDeg;
      track.isCourseWeak = !isMoving;
    } else if (this.#movedM >= COURSE_WAY_M) {
      const courseDeg = atan2Deg(eastM, northM);
      track.courseDeg = courseDeg < 0 ? courseDeg + 360 : courseDeg;
      track.isCourseWeak = false;
    }
  }

  /** The common case: one hypothesis, and nothing speaks against it. Allocates nothing. */
  #goOn(track: RoadTrack): boolean {
    const { best } = track;
    if (track.count !== 1 || best.against || this.#elapsedS > EASY_GAP_S) return false;
    const { link } = best;
    if (track.sinceSearchM > SEARCH_EVERY_M && this.#rivals.has(link)) return false;
    const line = this.#lineOf(link);
    const found = this.#found;
    if (!line.glide(best.segment, this.#latitudeE7, this.#longitudeE7, found)) return false;
    if (found.distanceM > link.lanes * HALF_LANE_M + EASY_EDGE_M) return false;
    let offDeg = Math.abs((line.headingsDeg[found.segment] as number) - this.#courseDeg);
    if (offDeg > HALF_TURN_DEG) offDeg = 2 * HALF_TURN_DEG - offDeg;
    if (offDeg > EASY_COURSE_DEG) return false;
    const misfit = this.#smoothed(best.misfit, this.#misfit(link, line, found, false));
    if (misfit > DOUBTFUL_MISFIT) return false;
    best.drivenM = Math.max(0, best.drivenM + found.offsetM - best.offsetM);
    best.segment = found.segment;
    best.offsetM = found.offsetM;
    best.lateralM = found.lateralM;
    best.misfit = misfit;
    best.penalty = this.#faded(best.penalty);
    best.steps += 1;
    best.confidence = 1 / (1 + likelihood(NO_ROAD_SCORE - misfit - best.penalty));
    return true;
  }

  /** All ways to go on from all hypotheses and, now and then, roads around. */
  #weigh(track: RoadTrack): void {
    this.#candidates.clear();
    for (let i = 0; i < track.count; i++) this.#advance(track.hypothesis(i));
    const everyM = this.#candidates.hasFit(DOUBTFUL_MISFIT) ? SEARCH_EVERY_M : DOUBTFUL_SEARCH_M;
    if (track.sinceSearchM > everyM || this.#candidates.count === 0) {
      track.sinceSearchM = 0;
      this.#search(track);
    }
    this.#keepBest(track);
    if (track.count === 0) track.clearM = 0;
  }

  #acquire(track: RoadTrack): void {
    track.clearM -= this.#movedM;
    if (track.clearM > 0) return;
    this.#candidates.clear();
    const nearestM = this.#search(track);
    this.#keepBest(track);
    track.sinceSearchM = 0;
    track.clearM = Math.max(SHORTEST_CLEAR_M, nearestM - OFF_ROAD_M - WAY_SLACK_M);
  }

  #restart(track: RoadTrack): void {
    track.count = 0;
    track.clearM = 0;
    this.#acquire(track);
  }

  /** Where a hypothesis goes on: along its link or, beyond its end, into those that follow. */
  #advance(from: Hypothesis): void {
    const { link, against } = from;
    const line = this.#lineOf(link);
    const found = this.#found;
    line.projectFrom(from.segment, this.#latitudeE7, this.#longitudeE7, found);
    const restM = against ? from.offsetM : line.lengthM - from.offsetM;
    if (isInside(found, against)) {
      const wayM = found.offsetM - from.offsetM;
      const fits = this.#misfit(link, line, found, against) <= DOUBTFUL_MISFIT;
      this.#consider(link, against, from, against ? -wayM : wayM, 0);
      // Behind a sharp turn a station is beside the link that it has left.
      if (!fits && restM <= this.#movedM + WAY_SLACK_M) this.#enterNext(link, from, restM, 0, 0);
      return;
    }
    if (this.#enterNext(link, from, restM, 0, 0)) return;
    // A dead end, or the link that follows begins farther on.
    line.projectFrom(from.segment, this.#latitudeE7, this.#longitudeE7, found);
    this.#consider(link, against, from, restM, 0);
  }

  /** Whether a link that follows may hold the station. */
  #enterNext(link: RoadLink, from: Hypothesis, wayM: number, penalty: number, passed: number): boolean {
    const targets = from.against ? link.previous : link.next;
    let isHeld = false;
    for (const index of targets) {
      const target = this.#links[index] as RoadLink;
      const leaves = targets.length > 1 && target.route !== link.route;
      if (this.#enter(target, from, wayM, penalty + (leaves ? FORK_PENALTY : 0), passed)) isHeld = true;
    }
    return isHeld;
  }

  /** `wayM`: from the hypothesis to the beginning of the link that is entered. */
  #enter(link: RoadLink, from: Hypothesis, wayM: number, penalty: number, passed: number): boolean {
    const line = this.#lineOf(link);
    const found = this.#found;
    const reachM = this.#movedM + WAY_SLACK_M;
    const first = from.against ? line.segmentAt(line.lengthM - reachM) : 0;
    const end = from.against ? line.segments : line.segmentAt(reachM) + 1;
    line.project(this.#latitudeE7, this.#longitudeE7, first, end, found);
    const isLast = isInside(found, from.against) || passed >= MOST_LINKS_PASSED;
    if (!isLast && this.#enterNext(link, from, wayM + line.lengthM, penalty, passed + 1)) return true;
    if (!isLast) line.project(this.#latitudeE7, this.#longitudeE7, first, end, found);
    const insideM = from.against ? line.lengthM - found.offsetM : found.offsetM;
    return this.#consider(link, from.against, from, wayM + insideM, penalty);
  }

  /** Looks at all roads around; answers how far the nearest is. */
  #search(track: RoadTrack): number {
    const place = { latitudeDeg: this.#latitudeE7 / 1e7, longitudeDeg: this.#longitudeE7 / 1e7 };
    const reachM = track.count === 0 ? CLEAR_REACH_M : OFF_ROAD_M + WAY_SLACK_M;
    const found = this.#found;
    let nearestM = reachM;
    for (const { link, first, end } of this.#index.around(place, reachM)) {
      const line = this.#lines[link] as LinkLine;
      line.project(this.#latitudeE7, this.#longitudeE7, first, end, found);
      if (found.distanceM < nearestM) nearestM = found.distanceM;
      this.#considerFound(this.#links[link] as RoadLink, line, track);
    }
    return nearestM;
  }

  #considerFound(link: RoadLink, line: LinkLine, track: RoadTrack): void {
    const { distanceM, segment } = this.#found;
    if (distanceM > link.lanes * HALF_LANE_M + OFF_ROAD_M) return;
    const isFresh = track.count === 0;
    const offDeg = Number.isNaN(this.#courseDeg)
      ? 0
      : headingDifferenceDeg(line.headingsDeg[segment] as number, this.#courseDeg);
    if (offDeg <= ALONG_DEG) this.#consider(link, false, undefined, 0, isFresh ? 0 : JUMP_PENALTY);
    if (offDeg < AGAINST_DEG || track.isCourseWeak) return;
    const turned = this.#isDriven(track, link);
    this.#consider(link, true, undefined, 0, isFresh ? 0 : turned ? TURNING_PENALTY : JUMP_AGAINST_PENALTY);
  }

  #isDriven(track: RoadTrack, link: RoadLink): boolean {
    for (let i = 0; i < track.count; i++) {
      const hypothesis = track.hypothesis(i);
      if (hypothesis.link === link && !hypothesis.against) return true;
    }
    return false;
  }

  /**
   * Takes the place just found as a candidate, or leaves it where a better one of the same link stands. False where the
   * link cannot hold the station.
   */
  #consider(
    link: RoadLink,
    against: boolean,
    from: Hypothesis | undefined,
    wayM: number,
    penalty: number,
  ): boolean {
    const found = this.#found;
    const edgeM = Math.abs(found.lateralM) - link.lanes * HALF_LANE_M;
    if (edgeM > OFF_ROAD_M || Math.abs(found.beyondM) > BEYOND_M) return false;
    const now = this.#misfit(link, this.#lineOf(link), found, against);
    const misfit = from === undefined ? now : this.#smoothed(from.misfit, now);
    const total = (from === undefined ? 0 : from.penalty) + penalty;
    const slot = this.#candidates.slotFor(link, against, misfit + total);
    if (slot === undefined) return true;
    slot.link = link;
    slot.against = against;
    slot.segment = found.segment;
    slot.offsetM = found.offsetM;
    slot.lateralM = found.lateralM;
    slot.misfit = misfit;
    slot.penalty = total;
    slot.steps = from === undefined ? 1 : from.steps + 1;
    slot.drivenM = from === undefined ? 0 : Math.max(0, from.drivenM + this.#progress(wayM));
    return true;
  }

  #keepBest(track: RoadTrack): void {
    const fittest = this.#candidates.fittest();
    if (fittest !== undefined && fittest.penalty > 0 && !fittest.against) {
      fittest.penalty = this.#faded(fittest.penalty);
    }
    let kept = 0;
    let bestScore = 0;
    let shares = 0;
    while (kept < MAX_HYPOTHESES) {
      const chosen = this.#candidates.takeBest();
      if (chosen === undefined) break;
      const score = scoreOf(chosen);
      if (kept === 0) bestScore = score;
      else if (score > bestScore + HOPELESS) break;
      shares += likelihood(score - bestScore);
      track.hypothesis(kept++).copy(chosen);
    }
    // A station that is held is let go beside the road only: nobody is new whose positions went astray.
    if (track.count === 0 && bestScore > NO_ROAD_SCORE + HOPELESS) kept = 0;
    track.count = kept;
    if (kept === 0) {
      track.doubtS = 0;
      return;
    }
    // Against the traffic it is this road or another one of the map: none that is missing runs on the same ground.
    const nowhere = track.best.against ? NO_ROAD_SCORE + forbiddenOf(track.best) : NO_ROAD_SCORE;
    const all = shares + likelihood(nowhere - bestScore);
    for (let i = 0; i < kept; i++) {
      const hypothesis = track.hypothesis(i);
      hypothesis.confidence = likelihood(scoreOf(hypothesis) - bestScore) / all;
    }
    this.#credit(track.best);
    this.#doubt(track);
  }

  /** What has been in doubt for long was wrong from the beginning, or there is a road that the map lacks. */
  #doubt(track: RoadTrack): void {
    track.doubtS = track.best.confidence < LEAST_CONFIDENCE ? track.doubtS + this.#elapsedS : 0;
    if (track.doubtS <= MEMORY_S) return;
    track.doubtS = 0;
    track.count = 0;
    track.clearM = 0;
  }

  #credit(best: Hypothesis): void {
    if (!best.against || best.confidence < CREDITED_CONFIDENCE) return;
    best.penalty = Math.max(-AGAINST_CREDIT, best.penalty - CREDIT_PER_S * this.#elapsedS);
  }

  /** How badly place and course fit: squares of distances in standard deviations. */
  #misfit(link: RoadLink, line: LinkLine, found: Projection, against: boolean): number {
    const halfWidthM = link.lanes * HALF_LANE_M;
    const lateralM = Math.abs(found.lateralM);
    // Vehicles are anywhere on the width of the road, which has a third of its half width squared as variance.
    const spread = this.#variance + (halfWidthM * halfWidthM) / 3;
    const edgeM = lateralM > halfWidthM ? lateralM - halfWidthM : 0;
    const aside = Math.max((lateralM * lateralM) / spread, (edgeM * edgeM) / this.#variance);
    const beyond = (found.beyondM * found.beyondM) / (4 * spread);
    if (Number.isNaN(this.#courseDeg)) return Math.min(MOST_MISFIT, aside + beyond);
    const offDeg = headingDifferenceDeg(line.headingsDeg[found.segment] as number, this.#courseDeg);
    const turns = (against ? HALF_TURN_DEG - offDeg : offDeg) / this.#courseDeviationDeg;
    return Math.min(MOST_MISFIT, aside + beyond + turns * turns);
  }

  #smoothed(before: number, now: number): number {
    return before + ((now - before) * this.#elapsedS) / (this.#elapsedS + SMOOTHING_S);
  }

  #faded(penalty: number): number {
    return (penalty * PENALTY_FADES_S) / (this.#elapsedS + PENALTY_FADES_S);
  }

  /** Errors of position move a station that stands. */
  #progress(wayM: number): number {
    return Math.abs(wayM) <= this.#movedM + WAY_SLACK_M ? wayM : Math.sign(wayM) * this.#movedM;
  }
}

/** Not beyond the end towards which a station drives. */
function isInside({ beyondM }: Projection, against: boolean): boolean {
  return against ? beyondM >= 0 : beyondM <= 0;
}

/** About e^(−x/2) for a difference of scores; 0 ≤ x or nearly so. */
function likelihood(difference: number): number {
  const x = 1 + Math.max(-8, difference) / 16;
  const square = x * x;
  const fourth = square * square;
  return 1 / (fourth * fourth);
}
