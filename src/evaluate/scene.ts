import type { GeoPoint } from "../domain/place.ts";
import type { RoadNetwork } from "../domain/road.ts";
import { headingDifferenceDeg } from "../geo/geodesy.ts";
import { withWholeBrakes } from "./brakes.ts";
import { courseDeg, Ground, type Xy } from "./ground.ts";
import { learnAtlas, pathOf } from "./learned-lines.ts";
import { mapAtlas } from "./map-atlas.ts";
import type { RoadAtlas } from "./road-atlas.ts";
import { MAX_ACROSS_DEG, RoadLine } from "./road-line.ts";
import { TrafficFlow } from "./traffic-flow.ts";
import { type Extent, extentAt, type Truth, type TruthEvent } from "./truth.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** One event with the line that its place is measured on. */
export interface PlacedEvent {
  readonly event: TruthEvent;
  /** Direction of its traffic; NaN where nothing tells. */
  readonly headingDeg: number;
  /** Through the event in the direction of travel; undefined where nobody drove there. */
  readonly line: RoadLine | undefined;
  /** Tail and head along the line by extent, m; empty without a line. */
  readonly tailM: Float64Array;
  readonly headM: Float64Array;
}

/** Everything about one recording and its truth that does not depend on seed, channel or alerts. */
export interface Scene {
  readonly table: VehicleTable;
  readonly truth: Truth;
  readonly ground: Ground;
  readonly atlas: RoadAtlas;
  readonly roads: RoadNetwork | undefined;
  /** Share of the reports that lie on roads of the map; undefined without one. */
  readonly onRoads: number | undefined;
  /** East and north of every row, m. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Speeds of all vehicles; made when first asked for. */
  readonly flow: () => TrafficFlow;
  readonly events: readonly PlacedEvent[];
  /** See `Truth.falsehoods`. */
  readonly falsehoods: readonly PlacedEvent[] | undefined;
  /** Times that count, Unix ms: recording and truth both cover them. */
  readonly fromMs: number;
  readonly toMs: number;
}

export function makeScene(table: VehicleTable, truth: Truth, roads: RoadNetwork | undefined): Scene {
  const ground = new Ground(middleOf(table));
  const xs = Float64Array.from(table.longitudeDeg, (deg) => ground.x(deg));
  const ys = Float64Array.from(table.latitudeDeg, (deg) => ground.y(deg));
  const fromMs = Math.max(table.firstMs, truth.fromMs);
  const toMs = Math.min(
    table.lastMs,
    truth.toMs === Number.NEGATIVE_INFINITY ? table.lastMs : laterEnd(table, truth),
  );
  const fit = roads === undefined ? undefined : mapAtlas(roads, table, ground, xs, ys);
  const atlas = fit?.atlas ?? learnAtlas(table, ground);
  const placer = new Placer(table, ground, xs, ys);
  const events = withWholeBrakes(truth.events, table)
    .filter(({ onMs, offMs }) => offMs >= fromMs && onMs <= toMs)
    .map((event) => placer.place(event));
  const falsehoods = truth.falsehoods?.map((event) => placer.place(event));
  const onRoads = fit?.onRoads;
  let known: TrafficFlow | undefined;
  const flow = (): TrafficFlow => {
    known ??= new TrafficFlow(table, atlas, xs, ys);
    return known;
  };
  return { table, truth, ground, atlas, onRoads, roads, xs, ys, flow, events, falsehoods, fromMs, toMs };
}

/** Files without a time range describe the whole run; their last event is not its end. */
function laterEnd(table: VehicleTable, truth: Truth): number {
  return truth.fromMs === Number.NEGATIVE_INFINITY ? table.lastMs : truth.toMs;
}

function middleOf({ rows, latitudeDeg, longitudeDeg }: VehicleTable): GeoPoint {
  let latitude = 0;
  let longitude = 0;
  for (let row = 0; row < rows; row++) {
    latitude += latitudeDeg[row] as number;
    longitude += longitudeDeg[row] as number;
  }
  return { latitudeDeg: latitude / rows, longitudeDeg: longitude / rows };
}

/** A drive this near the event's head is on its carriageway. */
const NEAR_M = 30;
/** Parts of the line that are worth having: tails grow upstream, relevance reaches so far. */
const UPSTREAM_M = 6_000;
const DOWNSTREAM_M = 1_500;
/** Places of an event may lie this far from the line: lanes, and the noise of the drive that the line was made of. */
const ASIDE_M = 40;

class Placer {
  readonly #table: VehicleTable;
  readonly #ground: Ground;
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;

  constructor(table: VehicleTable, ground: Ground, xs: Float64Array, ys: Float64Array) {
    this.#table = table;
    this.#ground = ground;
    this.#xs = xs;
    this.#ys = ys;
  }

  place(event: TruthEvent): PlacedEvent {
    const head = this.#ground.xy(event.extents[event.extents.length >> 1]?.head ?? firstExtent(event).head);
    const headingDeg = event.headingDeg ?? this.#headingOf(event, head);
    const line =
      event.dontCare !== undefined && event.hazard !== "queue" ? undefined : this.#lineAt(head, headingDeg);
    const along = (point: GeoPoint): number => {
      const { x, y } = this.#ground.xy(point);
      return line?.project(x, y, Number.NaN, ASIDE_M)?.alongM ?? Number.NaN;
    };
    const extents = line === undefined ? [] : event.extents;
    return {
      event,
      headingDeg,
      line,
      tailM: Float64Array.from(extents, ({ tail }) => along(tail)),
      headM: Float64Array.from(extents, ({ head: point }) => along(point)),
    };
  }

  /** From tail to head where it is long; else as the vehicles themselves say; else as others drive there. */
  #headingOf(event: TruthEvent, head: Xy): number {
    let longest = 0;
    let heading = Number.NaN;
    for (const extent of event.extents) {
      const tail = this.#ground.xy(extent.tail);
      const to = this.#ground.xy(extent.head);
      const length = (to.x - tail.x) * (to.x - tail.x) + (to.y - tail.y) * (to.y - tail.y);
      if (length > longest) {
        longest = length;
        heading = courseDeg(to.x - tail.x, to.y - tail.y);
      }
    }
    if (longest > NEAR_M * NEAR_M && event.hazard === "queue") return heading;
    return this.#ownHeading(event) ?? this.#nearestHeading(head);
  }

  #ownHeading(event: TruthEvent): number | undefined {
    const { stationIds, drives, timeMs, headingDeg } = this.#table;
    const vehicle = stationIds.indexOf(event.stationIds[0] ?? -1);
    const row = drives[vehicle]?.find((at) => (timeMs[at] as number) >= event.onMs);
    const heading = row === undefined ? Number.NaN : (headingDeg[row] as number);
    // A wrong-way driver endangers those who come the other way.
    if (Number.isNaN(heading)) return undefined;
    return event.hazard === "wrong-way" ? (heading + 180) % 360 : heading;
  }

  #nearestHeading({ x, y }: Xy): number {
    let best = NEAR_M * NEAR_M;
    let heading = Number.NaN;
    for (let row = 0; row < this.#table.rows; row++) {
      const dx = (this.#xs[row] as number) - x;
      const dy = (this.#ys[row] as number) - y;
      const square = dx * dx + dy * dy;
      if (square >= best || !((this.#table.speedMps[row] as number) > 1)) continue;
      best = square;
      heading = this.#table.headingDeg[row] as number;
    }
    return heading;
  }

  /** The drive that shows most of the road upstream of a place. */
  #lineAt({ x, y }: Xy, headingDeg: number): RoadLine | undefined {
    const { rows, vehicle, headingDeg: headings, drives } = this.#table;
    const seen = new Set<number>();
    let best: RoadLine | undefined;
    let bestScore = 0;
    for (let row = 0; row < rows && seen.size < MOST_CANDIDATES; row++) {
      if (
        Math.abs((this.#xs[row] as number) - x) > NEAR_M ||
        Math.abs((this.#ys[row] as number) - y) > NEAR_M
      )
        continue;
      const v = vehicle[row] as number;
      const heading = headings[row] as number;
      if (seen.has(v) || headingDifferenceDeg(heading, headingDeg) > MAX_ACROSS_DEG) continue;
      seen.add(v);
      const line = lineOf(pathOf(this.#table, drives[v] as Int32Array, this.#ground), v);
      const spot = line?.project(x, y, headingDeg, ASIDE_M);
      if (line === undefined || spot === undefined) continue;
      const score = Math.min(spot.alongM, UPSTREAM_M) + Math.min(line.lengthM - spot.alongM, DOWNSTREAM_M);
      if (score > bestScore) {
        best = line;
        bestScore = score;
      }
    }
    return best;
  }
}

/** More drives through one place show no longer road. */
const MOST_CANDIDATES = 300;

function lineOf(path: readonly Xy[], vehicle: number): RoadLine | undefined {
  return path.length < 2 ? undefined : new RoadLine(`drive ${vehicle + 1}`, path);
}

const firstExtent = (event: TruthEvent): Extent => event.extents[0] as Extent;

/** Tail and head along the event's line at a time, m; undefined without a line. */
export function stretchAt(placed: PlacedEvent, atMs: number): Stretch | undefined {
  const { event, tailM, headM } = placed;
  const index = event.extents.indexOf(extentAt(event, atMs));
  const fromM = tailM[index] ?? Number.NaN;
  const toM = headM[index] ?? Number.NaN;
  return !Number.isNaN(fromM) && !Number.isNaN(toM)
    ? { fromM: Math.min(fromM, toM), toM: Math.max(fromM, toM) }
    : undefined;
}

/** Part of a line, upstream end first. */
export interface Stretch {
  readonly fromM: number;
  readonly toM: number;
}
