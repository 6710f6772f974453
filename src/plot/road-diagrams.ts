import type { RoadNetwork, RoadRoute } from "../domain/road.ts";
import { AlertShapes } from "../evaluate/alert-shape.ts";
import type { Episode } from "../evaluate/episode.ts";
import type { RoadLine } from "../evaluate/road-line.ts";
import type { RunDetails } from "../evaluate/run-details.ts";
import type { PlacedEvent, Scene } from "../evaluate/scene.ts";
import { captionOf, countText, type PageFacts } from "./page-facts.ts";
import type { AlertBand, BandPoint, TimeSpaceDiagram, TruthBand } from "./time-space.ts";
import { MAX_POINTS, type Trajectory } from "./trajectories.ts";

/** More roads than people look through; those with events and alerts come first. */
const MAX_ROADS = 12;
/** Points of all diagrams of a page: about 2.4 MB. */
const PAGE_POINTS = 260_000;
/** On the carriageway, m. */
const ASIDE_M = 25;
/** Places of events may lie further off the line of a drive. */
const EVENT_ASIDE_M = 40;
/** A wrong-way driver is on the carriageway that he is within this of, m. */
const AGAINST_ASIDE_M = 9;
/** Rows of a vehicle nearer in time than this say nothing that the eye sees, ms. */
const ROW_STEP_MS = 950;
/** Empty road shown beyond what was driven, m. */
const MARGIN_M = 20;

export interface RoadDiagram {
  /** For file names. */
  readonly name: string;
  readonly diagram: TimeSpaceDiagram;
}

/** One diagram for every road with traffic, those with events or alerts first. */
export function roadDiagrams(details: RunDetails, facts: PageFacts): readonly RoadDiagram[] {
  const shapes = new AlertShapes(details.scene.ground, details.scene.atlas);
  const roads = details.scene.atlas.lines
    .map((line) => new RoadView(details, line, shapes))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_ROADS)
    .filter((view) => view.trajectories.length > 0);
  const shares = roads.map((view, i) => (view.isEventful ? (i === 0 ? 4 : 2) : 1));
  const all = shares.reduce((sum, part) => sum + part, 0);
  return roads.map((view, i) => {
    const maxPoints = Math.min(MAX_POINTS, Math.floor((PAGE_POINTS * (shares[i] ?? 1)) / all));
    return { name: `time-space-${i + 1}`, diagram: { ...view.diagram(facts), maxPoints } };
  });
}

/** What is to be seen on one line. */
class RoadView {
  readonly truth: readonly TruthBand[];
  readonly alerts: readonly AlertBand[];
  readonly #details: RunDetails;
  readonly #line: RoadLine;
  #trajectories: readonly Trajectory[] | undefined;

  constructor(details: RunDetails, line: RoadLine, shapes: AlertShapes) {
    this.#details = details;
    this.#line = line;
    this.truth = truthBands(details.scene, line);
    this.alerts = alertBands(details, line, shapes);
  }

  /** Events count most, then alerts, then length. */
  get weight(): number {
    const counted = this.truth.filter(({ dontCare }) => !dontCare).length;
    return counted * 1e6 + this.alerts.length * 1e5 + this.truth.length * 1e4 + this.#line.lengthM;
  }

  get isEventful(): boolean {
    return this.alerts.length > 0 || this.truth.some(({ dontCare }) => !dontCare);
  }

  get trajectories(): readonly Trajectory[] {
    this.#trajectories ??= trajectoriesOn(this.#details, this.#line);
    return this.#trajectories;
  }

  /** As the truth calls the road of the events on it, else where it leads. */
  #learnedTitle(): string {
    const names = this.truth.map(({ road }) => road).filter((road) => road !== "");
    const heading = this.#line.headingAt(this.#line.lengthM / 2);
    const towards = `towards ${COMPASS[Math.round(heading / 45) % 8]}`;
    return names[0] === undefined ? `Road ${towards}` : `${names[0]}, ${towards}`;
  }

  diagram(facts: PageFacts): TimeSpaceDiagram {
    const { scene } = this.#details;
    const posted = scene.roads === undefined ? undefined : postedOn(scene.roads, scene, this.#line);
    const vehicles = this.trajectories.length;
    const equipped = this.trajectories.filter((trajectory) => trajectory.equipped).length;
    return {
      title: posted?.title ?? this.#learnedTitle(),
      subtitle: `${facts.what}: ${countText(vehicles, "vehicle")}, ${equipped} of them equipped; ${countText(this.truth.length, "event")}, ${countText(this.alerts.length, "alert")}`,
      caption: captionOf(facts),
      fromMs: scene.fromMs,
      toMs: scene.toMs,
      zeroMs: scene.table.firstMs,
      fromM: -MARGIN_M,
      toM: this.#line.lengthM + MARGIN_M,
      kmAt: posted?.kmAt,
      trajectories: this.trajectories,
      truth: this.truth,
      alerts: this.alerts,
    };
  }
}

const COMPASS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

interface Posted {
  readonly title: string;
  readonly kmAt: (alongM: number) => number;
}

/** Name and kilometres of a line that is part of a route. */
function postedOn(roads: RoadNetwork, scene: Scene, line: RoadLine): Posted | undefined {
  const route = roads.routes.find(({ id }) => id === line.name);
  if (route === undefined) return undefined;
  const { x, y } = line.pointAt(line.lengthM / 2);
  const spots = roads.near(scene.ground.point(x, y), ASIDE_M, line.headingAt(line.lengthM / 2));
  const spot = spots.find(({ link }) => link.route === route);
  if (spot === undefined) return undefined;
  const fromM = spot.link.fromM + spot.offsetM - line.lengthM / 2;
  const clamped = (alongM: number): number => Math.max(0, Math.min(route.lengthM, fromM + alongM));
  // Beyond the ends kilometres go on as they ran.
  const kmAt = (alongM: number): number => {
    const inside = clamped(alongM);
    const perM = (roads.kmAt(route, route.lengthM) - roads.kmAt(route, 0)) / route.lengthM;
    return roads.kmAt(route, inside) + (fromM + alongM - inside) * perM;
  };
  return { title: titleOf(route), kmAt };
}

function titleOf({ ref, direction, id }: RoadRoute): string {
  const name = ref === "" ? id : ref;
  return direction === "" ? name : `${name} → ${direction}`;
}

function trajectoriesOn({ scene, equipped }: RunDetails, line: RoadLine): readonly Trajectory[] {
  const wrong = new Set(
    scene.truth.events.filter(({ hazard }) => hazard === "wrong-way").flatMap(({ stationIds }) => stationIds),
  );
  return scene.table.drives.flatMap((drive, vehicle) => {
    const isWrong = wrong.has(scene.table.stationIds[vehicle] as number);
    const trajectory = trajectoryOn(scene, line, drive, isWrong);
    return trajectory.atMs.length < 2 ? [] : [{ ...trajectory, equipped: equipped[vehicle] === 1 }];
  });
}

function trajectoryOn(scene: Scene, line: RoadLine, drive: Int32Array, isWrong: boolean) {
  const { table, xs, ys } = scene;
  const atMs: number[] = [];
  const alongM: number[] = [];
  const speedMps: number[] = [];
  for (const row of drive) {
    const time = table.timeMs[row] as number;
    if (time - (atMs.at(-1) ?? Number.NEGATIVE_INFINITY) < ROW_STEP_MS) continue;
    const heading = isWrong ? Number.NaN : (table.headingDeg[row] as number);
    const spot = line.project(
      xs[row] as number,
      ys[row] as number,
      heading,
      isWrong ? AGAINST_ASIDE_M : ASIDE_M,
    );
    if (spot === undefined) continue;
    atMs.push(time);
    alongM.push(spot.alongM);
    speedMps.push(table.speedMps[row] as number);
  }
  return { atMs, alongM, speedMps };
}

const LABELS: Readonly<Record<string, string>> = { queue: "queue", "stationary-vehicle": "standing vehicle" };

function truthBands(scene: Scene, line: RoadLine): readonly TruthBand[] {
  return scene.events.flatMap((placed) => {
    const points = eventPoints(scene, line, placed);
    if (points.length === 0) return [];
    const { event } = placed;
    return [
      {
        label: LABELS[event.hazard] ?? event.hazard,
        points,
        endMs: event.offMs,
        road: event.road,
        dontCare: event.dontCare !== undefined,
      },
    ];
  });
}

function eventPoints(scene: Scene, line: RoadLine, { event, headingDeg }: PlacedEvent): readonly BandPoint[] {
  const isWrong = event.hazard === "wrong-way";
  const heading = isWrong ? Number.NaN : headingDeg;
  const withinM = isWrong ? AGAINST_ASIDE_M : EVENT_ASIDE_M;
  return event.extents.flatMap(({ atMs, tail, head }) => {
    const from = scene.ground.xy(tail);
    const to = scene.ground.xy(head);
    const tailM = line.project(from.x, from.y, heading, withinM)?.alongM;
    const headM = line.project(to.x, to.y, heading, withinM)?.alongM;
    if (tailM === undefined && headM === undefined) return [];
    const fromM = tailM ?? 0;
    const toM = headM ?? line.lengthM;
    return [{ atMs, fromM: Math.min(fromM, toM), toM: Math.max(fromM, toM) }];
  });
}

function alertBands(details: RunDetails, line: RoadLine, shapes: AlertShapes): readonly AlertBand[] {
  const wrong = new Set(
    details.judgements.suspected
      .filter(({ outcome }) => outcome === "false")
      .map(({ episode }) => episode.alertId),
  );
  return details.run.episodes.flatMap((episode) => {
    const points = alertPoints(episode, line, shapes);
    if (points.length === 0) return [];
    const isConfirmed = episode.revisions.some(({ tier }) => tier === "confirmed");
    return [
      {
        kind: episode.kind,
        tier: isConfirmed ? "confirmed" : "suspected",
        points,
        endMs: Math.min(episode.endMs, details.scene.toMs),
        isFalse: wrong.has(episode.alertId),
      } as const,
    ];
  });
}

function alertPoints(episode: Episode, line: RoadLine, shapes: AlertShapes): readonly BandPoint[] {
  return episode.revisions.flatMap((revision) => {
    const stretch = shapes.stretchOn(line, revision);
    return stretch === undefined ? [] : [{ atMs: revision.atMs, fromM: stretch.fromM, toM: stretch.toM }];
  });
}
