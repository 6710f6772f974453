import { isAlertAhead } from "../deliver/ahead.ts";
import type { AlertContent } from "../domain/alert.ts";
import type { StationView } from "../domain/detector.ts";
import type { GeoBox } from "../domain/place.ts";
import { outlineBoxes } from "../geo/shapes.ts";
import type { AlertShapes } from "./alert-shape.ts";
import { type Episode, type Revision, revisionAt, startOf } from "./episode.ts";
import { HAZARD_CLASSES } from "./hazard-class.ts";
import type { Judgement } from "./match.ts";
import type { Meeting } from "./meetings.ts";
import type { OracleTimes } from "./oracle.ts";
import { type PlacedEvent, type Scene, stretchAt } from "./scene.ts";

/** What the alerts did for the equipped vehicles of one run. */
export interface WarningCounts {
  readonly equipped: number;
  /** Vehicles that reached a queue tail or a stopped vehicle; those of them that were warned ≥ 10 s before. */
  readonly met: number;
  readonly metWarned: number;
  /** The same of vehicles whose hazard the oracle knew ≥ 10 s before they reached it. */
  readonly metKnown: number;
  readonly metKnownWarned: number;
  /** Vehicles that got a warning at all, and those that got one for nothing. */
  readonly warned: number;
  readonly needless: number;
  /** Why: no such hazard was there, or the vehicle never came near it. */
  readonly needlessFalse: number;
  readonly needlessOffPath: number;
  /** Time from the first warning to the hazard, of those warned at all, s. */
  readonly leadS: readonly number[];
}

export interface WarningOptions {
  /** Alerts are told within this distance, m. */
  readonly relevanceM: number;
}

/** Warned later than this a driver who brakes gently is still fast at the tail. */
export const LEAD_MS = 10_000;

/** An alert this near an event's stretch means it: the tolerance of queues. */
const RELATED_M = 500;
/** Traffic gathers speed this long after an event; a warning then is late and not needless. */
const AFTER_MS = 30_000;
const BEFORE_MS = 5_000;
const SECOND_MS = 1_000;
/** A drive that ends this near the end of the recording was cut by it. */
const CUT_MS = 30_000;
const ASIDE_M = 40;

const SILENT_KINDS: ReadonlySet<string> = new Set(["notice", "blind-area"]);

/** Follows every equipped vehicle along its drive and looks each second which alerts lie ahead of it. */
export function countWarnings(
  scene: Scene,
  shapes: AlertShapes,
  judgements: readonly Judgement[],
  equipped: Uint8Array,
  meetings: readonly Meeting[],
  oracle: readonly OracleTimes[],
  options: WarningOptions,
): WarningCounts {
  const walk = new WarningWalk(scene, shapes, judgements, options);
  const meetingOf = new Map(meetings.map((meeting) => [meeting.vehicle, meeting]));
  const counts = emptyCounts();
  equipped.forEach((isEquipped, vehicle) => {
    if (isEquipped === 0) return;
    counts.equipped++;
    const warnings = walk.follow(vehicle);
    const meeting = meetingOf.get(vehicle);
    if (meeting !== undefined) countMeeting(counts, walk, warnings, meeting, oracle);
    if (warnings.length === 0) return;
    counts.warned++;
    const causes = new Set(warnings.map((warning) => walk.needlessCause(vehicle, warning, meeting)));
    if (causes.has("false")) counts.needlessFalse++;
    else if (causes.has("off-path")) counts.needlessOffPath++;
    if (causes.has("false") || causes.has("off-path")) counts.needless++;
  });
  return counts;
}

type Counts = { -readonly [K in keyof WarningCounts]: WarningCounts[K] extends number ? number : number[] };

const emptyCounts = (): Counts => ({
  equipped: 0,
  met: 0,
  metWarned: 0,
  metKnown: 0,
  metKnownWarned: 0,
  warned: 0,
  needless: 0,
  needlessFalse: 0,
  needlessOffPath: 0,
  leadS: [],
});

function countMeeting(
  counts: Counts,
  walk: WarningWalk,
  warnings: readonly Warning[],
  meeting: Meeting,
  oracle: readonly OracleTimes[],
): void {
  const related = warnings.filter((warning) => walk.isRelated(warning, meeting.placed, meeting.atMs));
  const firstMs = Math.min(...related.map(({ atMs }) => atMs));
  const isInTime = firstMs <= meeting.atMs - LEAD_MS;
  const isKnown = (oracle[meeting.event]?.firstMs ?? Number.POSITIVE_INFINITY) <= meeting.atMs - LEAD_MS;
  counts.met++;
  if (isInTime) counts.metWarned++;
  if (isKnown) counts.metKnown++;
  if (isKnown && isInTime) counts.metKnownWarned++;
  if (related.length > 0) counts.leadS.push((meeting.atMs - firstMs) / 1_000);
}

/** First time that one alert lay ahead of one vehicle. */
interface Warning {
  readonly judgement: Judgement;
  readonly atMs: number;
}

class WarningWalk {
  readonly #scene: Scene;
  readonly #shapes: AlertShapes;
  readonly #relevanceM: number;
  /** Alerts live in each second of the recording. */
  readonly #live: readonly (readonly Judgement[])[];
  readonly #boxes = new WeakMap<Revision, readonly GeoBox[]>();

  constructor(scene: Scene, shapes: AlertShapes, judgements: readonly Judgement[], options: WarningOptions) {
    this.#scene = scene;
    this.#shapes = shapes;
    this.#relevanceM = options.relevanceM;
    const told = judgements.filter(({ episode }) => !SILENT_KINDS.has(episode.kind));
    this.#live = liveBySecond(scene, told);
  }

  follow(vehicle: number): readonly Warning[] {
    const { table, fromMs } = this.#scene;
    const warnings: Warning[] = [];
    const told = new Set<Judgement>();
    for (const row of table.drives[vehicle] as Int32Array) {
      const atMs = table.timeMs[row] as number;
      const live = this.#live[Math.floor((atMs - fromMs) / SECOND_MS)];
      if (live === undefined || live.length === 0) continue;
      for (const judgement of live) {
        const { episode } = judgement;
        if (told.has(judgement) || startOf(episode) > atMs || episode.endMs <= atMs) continue;
        if (!this.#isAhead(row, episode, revisionAt(episode, atMs))) continue;
        told.add(judgement);
        warnings.push({ judgement, atMs });
      }
    }
    return warnings;
  }

  #isAhead(row: number, episode: Episode, revision: Revision): boolean {
    const { latitudeDeg, longitudeDeg, headingDeg } = this.#scene.table;
    const latitude = latitudeDeg[row] as number;
    const longitude = longitudeDeg[row] as number;
    let boxes = this.#boxes.get(revision);
    if (boxes === undefined) {
      boxes = outlineBoxes(revision.outline);
      this.#boxes.set(revision, boxes);
    }
    if (!boxes.some((box) => isNear(box, latitude, longitude, this.#relevanceM))) return false;
    const heading = headingDeg[row] as number;
    const station = {
      latitudeDeg: latitude,
      longitudeDeg: longitude,
      headingDeg: Number.isNaN(heading) ? undefined : heading,
    } as StationView;
    const content = { ...revision, kind: episode.kind } as unknown as AlertContent;
    return isAlertAhead(station, this.#relevanceM, content);
  }

  /** The alert lies at the event, and not all over the region. */
  isRelated({ judgement }: Warning, placed: PlacedEvent, atMs: number): boolean {
    const { episode } = judgement;
    const { line, event } = placed;
    if (line === undefined || atMs < event.onMs - BEFORE_MS || atMs > event.offMs + AFTER_MS) return false;
    const truth = stretchAt(placed, atMs);
    const told = this.#shapes.stretchOn(line, revisionAt(episode, Math.min(atMs, episode.endMs - 1)));
    return (
      truth !== undefined &&
      told !== undefined &&
      told.fromM >= truth.fromM - RELATED_M &&
      told.toM <= truth.toM + RELATED_M
    );
  }

  needlessCause(
    vehicle: number,
    warning: Warning,
    meeting: Meeting | undefined,
  ): "false" | "off-path" | undefined {
    const { judgement, atMs } = warning;
    if (judgement.outcome === "dont-care") return undefined;
    if (meeting !== undefined && this.isRelated(warning, meeting.placed, meeting.atMs)) return undefined;
    const found = foundPlace(judgement);
    // Fog and ice lie on both carriageways, as two events: each driver comes near one of them.
    const about = this.#scene.events.filter(
      (placed) => placed === found || this.isRelated(warning, placed, atMs),
    );
    if (about.length === 0) return "false";
    return about.some((placed) => this.#comesNear(vehicle, placed, atMs)) ? undefined : "off-path";
  }

  /** Whether the vehicle drives on as far as the alert's place, or nobody knows because the recording ends. */
  #comesNear(vehicle: number, placed: PlacedEvent, fromMs: number): boolean {
    const { table, xs, ys, toMs } = this.#scene;
    const drive = table.drives[vehicle] as Int32Array;
    const lastMs = table.timeMs[drive.at(-1) as number] as number;
    if (lastMs > toMs - CUT_MS) return true;
    return drive.some((row) => {
      const atMs = table.timeMs[row] as number;
      if (atMs < fromMs) return false;
      const heading = table.headingDeg[row] as number;
      const spot = placed.line?.project(xs[row] as number, ys[row] as number, heading, ASIDE_M);
      const stretch = stretchAt(placed, atMs);
      return spot !== undefined && stretch !== undefined && spot.alongM >= stretch.fromM - RELATED_M;
    });
  }
}

/**
 * What an alert about a place or a vehicle has found: such an alert may reach further along the road than its event (the way that
 * a wrong-way driver will take). One about a stretch must lie at the event itself.
 */
function foundPlace({ episode, placed }: Judgement): PlacedEvent | undefined {
  const hazardClass = HAZARD_CLASSES.find(({ kind }) => kind === episode.kind);
  return hazardClass?.shape === "place" ? placed : undefined;
}

function liveBySecond(scene: Scene, judgements: readonly Judgement[]): readonly (readonly Judgement[])[] {
  const seconds = Math.max(0, Math.floor((scene.toMs - scene.fromMs) / SECOND_MS) + 1);
  const live: Judgement[][] = Array.from({ length: seconds }, () => []);
  for (const judgement of judgements) {
    const from = Math.max(0, Math.floor((startOf(judgement.episode) - scene.fromMs) / SECOND_MS));
    const to = Math.min(seconds - 1, Math.floor((judgement.episode.endMs - scene.fromMs) / SECOND_MS));
    for (let second = from; second <= to; second++) live[second]?.push(judgement);
  }
  return live;
}

/** A degree of latitude is at least 110 km long; of longitude at 60° half of that, further north the box is widened. */
const METRES_PER_DEGREE = 110_000;

function isNear(box: GeoBox, latitude: number, longitude: number, withinM: number): boolean {
  const northDeg = withinM / METRES_PER_DEGREE;
  const eastDeg = northDeg / Math.max(0.05, Math.cos((latitude * Math.PI) / 180));
  return (
    latitude >= box.southDeg - northDeg &&
    latitude <= box.northDeg + northDeg &&
    (box.westDeg > box.eastDeg || (longitude >= box.westDeg - eastDeg && longitude <= box.eastDeg + eastDeg))
  );
}
