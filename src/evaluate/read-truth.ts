import { readFile } from "node:fs/promises";
import { ALERT_KINDS, type AlertKind } from "../domain/alert.ts";
import type { GeoPoint } from "../domain/place.ts";
import { distanceM } from "../geo/geodesy.ts";
import { FULL_FRICTION } from "./brakes.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { JsonFields, wrong } from "./json-fields.ts";
import type { Extent, FailedCycle, Truth, TruthEvent, Witness } from "./truth.ts";

/** Unix time of second 0 of simulated runs, unless the file names another. */
export const DEFAULT_EPOCH_MS = 1_790_000_000_000;

/** Shorter or briefer queues are neither found nor missed: traffic at a merge bunches for moments. */
const LEAST_QUEUE_M = 300;
const LEAST_QUEUE_S = 60;
/** Below this a standstill is no event yet that a second tier could confirm. */
const LEAST_STOP_S = 15;

/** Stops of these labels are hazards; others are traffic. */
const HAZARD_STOPS: ReadonlySet<string> = new Set(["incident", "lone", "breakdown", "accident", "obstacle"]);
const AMBIGUOUS_STOPS: ReadonlySet<string> = new Set(["merge"]);

/** Stops of hazards that stand this near and at the same time are one event: two lanes of one accident. */
const ONE_SITE_M = 100;

/** What simulated traffic has no truth for, or what is no hazard. */
const NOT_JUDGED: readonly AlertKind[] = [
  "hard-brake-chain",
  "collision-risk",
  "vru-risk",
  "blind-area",
  "notice",
];

/**
 * Reads a truth file; `docs/truth-format.md` describes it.
 * @throws EvaluationError naming the field that is not as it must be
 */
export async function readTruth(path: string): Promise<Truth> {
  const text = await readFile(path, "utf8");
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new EvaluationError(`${path} is not JSON: ${(error as Error).message}.`);
  }
  try {
    return parseTruth(parsed);
  } catch (error) {
    if (error instanceof EvaluationError) throw new EvaluationError(`${path}: ${error.message}`, error.hint);
    throw error;
  }
}

export function parseTruth(value: unknown): Truth {
  const file = new JsonFields(value, "");
  return new TruthReader(file).read();
}

class TruthReader {
  readonly #file: JsonFields;
  readonly #epochMs: number;

  constructor(file: JsonFields) {
    this.#file = file;
    this.#epochMs = file.optionalNumber("epoch_ms") ?? DEFAULT_EPOCH_MS;
  }

  read(): Truth {
    const file = this.#file;
    const queues = file.objects("queues").map((queue, i) => this.#queue(queue, i));
    const stops = this.#stops();
    const brakes = this.#brakes();
    const hazards = file.objects("hazards").map((hazard, i) => this.#hazard(hazard, i));
    const events = [...queues, ...oneEventPerSite(stops.events), ...brakes.events, ...hazards];
    const [fromMs, toMs] = this.#range(events);
    return {
      source: file.optionalText("source") ?? "unnamed",
      fromMs,
      toMs,
      events: events.map((event) => ({ ...event, onsetKnown: event.onMs > fromMs })),
      falsehoods: undefined,
      notJudged: this.#notJudged(),
      penetration: file.optionalNumber("penetration"),
      witnesses: [...stops.witnesses, ...brakes.witnesses],
    };
  }

  #ms(second: number): number {
    return this.#epochMs + Math.round(second * 1_000);
  }

  #range(events: readonly TruthEvent[]): readonly [number, number] {
    const range = this.#file.list("time_range_s");
    if (range.length === 0) {
      const ends = events.flatMap(({ onMs, offMs }) => [onMs, offMs]);
      return ends.length === 0
        ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
        : [Number.NEGATIVE_INFINITY, Math.max(...ends)];
    }
    const [from, to] = range;
    if (typeof from !== "number" || typeof to !== "number" || range.length !== 2)
      throw wrong("time_range_s", "two seconds, from and to", range);
    return [this.#ms(from), this.#ms(to)];
  }

  #notJudged(): ReadonlySet<AlertKind> {
    if (!this.#file.has("not_judged")) return new Set(NOT_JUDGED);
    return new Set(this.#file.list("not_judged").map((kind, i) => alertKind(kind, `not_judged[${i}]`)));
  }

  #queue(queue: JsonFields, index: number): TruthEvent {
    const onset = queue.number("onset_s");
    const end = queue.number("end_s");
    const extents = queue.rows(`queues[${index}]`, "columns", "series").map((row) => this.#queueExtent(row));
    if (extents.length === 0) throw wrong(queue.pathOf("series"), "a list of at least one row", []);
    const maxLengthM = queue.optionalNumber("max_length_m") ?? 0;
    const forming = queue.optionalNumber("forming_s");
    const onlyFor = queue.optionalText("only_for");
    const isSmall = maxLengthM < LEAST_QUEUE_M || end - onset < LEAST_QUEUE_S;
    return {
      id: `queue-${index + 1}`,
      hazard: "queue",
      onMs: this.#ms(onset),
      offMs: this.#ms(end),
      ...(forming === undefined ? {} : { formingMs: this.#ms(Math.min(forming, onset)) }),
      ...(onlyFor === undefined ? {} : { onlyFor: alertKind(onlyFor, queue.pathOf("only_for")) }),
      ...(queue.has("failed_cycles") ? { failedCycles: this.#failedCycles(queue) } : {}),
      onsetKnown: true,
      stationIds: [],
      label: queue.optionalText("label"),
      dontCare: queue.optionalText("dont_care") ?? (isSmall ? "a queue under 300 m or 60 s" : undefined),
      extents,
      headingDeg: queue.optionalNumber("heading_deg"),
      toleranceM: queue.optionalNumber("tolerance_m"),
      brake: undefined,
      road: roadOf(queue),
      maxLengthM,
    };
  }

  #failedCycles(queue: JsonFields): readonly FailedCycle[] {
    return queue.objects("failed_cycles").map((cycle) => ({
      atMs: this.#ms(cycle.number("s")),
      stationIds: cycle.list("station_ids").map((id) => {
        if (typeof id === "number") return id;
        throw wrong(cycle.pathOf("station_ids"), "a list of station ids", id);
      }),
    }));
  }

  #queueExtent(row: JsonFields): Extent {
    return {
      atMs: this.#ms(row.number("s")),
      tail: { longitudeDeg: row.number("tail_lon"), latitudeDeg: row.number("tail_lat") },
      head: { longitudeDeg: row.number("head_lon"), latitudeDeg: row.number("head_lat") },
      vehicles: row.optionalNumber("vehicles") ?? 0,
    };
  }

  #stops(): { readonly events: TruthEvent[]; readonly witnesses: Witness[] } {
    const rows = tableRows(this.#file, "stops");
    const witnesses = rows.map((row) => this.#witness(row, row.number("start_s")));
    const events = rows.flatMap((row, i) => {
      const label = row.text("label");
      const isEvent = HAZARD_STOPS.has(label) || AMBIGUOUS_STOPS.has(label);
      return isEvent ? [this.#stop(row, i)] : [];
    });
    return { events, witnesses };
  }

  /** Standstills in queues are no events: an alert about one of them is false, however long it stands. */
  #stop(row: JsonFields, index: number): TruthEvent {
    const start = row.number("start_s");
    const last = row.number("last_s");
    const label = row.text("label");
    const place = placeOf(row);
    const isBrief = last - start < LEAST_STOP_S;
    const ambiguous = AMBIGUOUS_STOPS.has(label) ? "a stop at a merge" : undefined;
    const brief = isBrief ? "a stop under 15 s" : undefined;
    return {
      id: `stop-${index + 1}`,
      hazard: "stationary-vehicle",
      onMs: this.#ms(start),
      offMs: this.#ms(last),
      onsetKnown: true,
      stationIds: [row.number("station_id")],
      label,
      dontCare: row.optionalText("dont_care") ?? ambiguous ?? brief,
      extents: [{ atMs: this.#ms(start), tail: place, head: place, vehicles: 0 }],
      headingDeg: row.optionalNumber("heading_deg"),
      toleranceM: row.optionalNumber("tolerance_m"),
      brake: undefined,
      road: roadOf(row.has("at") ? row.object("at") : row),
      maxLengthM: 0,
    };
  }

  #brakes(): { readonly events: TruthEvent[]; readonly witnesses: Witness[] } {
    const rows = tableRows(this.#file, "hard_brakes");
    const startOf = (row: JsonFields): number => row.optionalNumber("start_s") ?? row.number("s");
    const witnesses = rows.map((row) => this.#witness(row, startOf(row)));
    const events = rows.flatMap((row, i) => {
      const accel = row.optionalNumber("min_accel_mps2") ?? row.number("accel_mps2");
      return [this.#brake(row, i, startOf(row), accel)];
    });
    return { events, witnesses };
  }

  #brake(row: JsonFields, index: number, start: number, peakMps2: number): TruthEvent {
    const place = placeOf(row);
    return {
      id: `brake-${index + 1}`,
      hazard: "emergency-brake",
      onMs: this.#ms(start),
      offMs: this.#ms(row.optionalNumber("last_s") ?? start + 1),
      onsetKnown: true,
      stationIds: [row.number("station_id")],
      label: row.optionalText("label"),
      dontCare: row.optionalText("dont_care"),
      extents: [{ atMs: this.#ms(start), tail: place, head: place, vehicles: 0 }],
      headingDeg: row.optionalNumber("heading_deg"),
      toleranceM: undefined,
      brake: {
        peakMps2,
        isFirstSample: !row.has("min_accel_mps2"),
        friction: row.optionalNumber("friction") ?? FULL_FRICTION,
      },
      road: row.has("at") ? roadOf(row.object("at")) : "",
      maxLengthM: 0,
    };
  }

  #witness(row: JsonFields, second: number): Witness {
    return { timeMs: this.#ms(second), stationId: row.number("station_id"), place: placeOf(row) };
  }

  #hazard(hazard: JsonFields, index: number): TruthEvent {
    const onMs = this.#ms(hazard.number("on_s"));
    const extents = this.#hazardExtents(hazard, onMs);
    const kind = hazard.text("kind");
    return {
      id: hazard.optionalText("id") ?? `hazard-${index + 1}`,
      hazard: alertKind(kind, hazard.pathOf("kind")),
      onMs,
      offMs: this.#ms(hazard.number("off_s")),
      onsetKnown: true,
      stationIds: hazard.list("station_ids").map((id, i) => {
        if (typeof id !== "number") throw wrong(`${hazard.pathOf("station_ids")}[${i}]`, "a number", id);
        return id;
      }),
      label: hazard.optionalText("label"),
      dontCare: hazard.optionalText("dont_care"),
      extents,
      headingDeg: hazard.optionalNumber("heading_deg"),
      toleranceM: hazard.optionalNumber("tolerance_m"),
      brake: undefined,
      road: roadOf(hazard),
      maxLengthM: Math.max(...extents.map(({ tail, head }) => distanceM(tail, head))),
    };
  }

  /** `track` ([s, lon, lat] or [s, tail lon, tail lat, head lon, head lat]), `line` (upstream first) or `lon`, `lat`. */
  #hazardExtents(hazard: JsonFields, onMs: number): readonly Extent[] {
    if (hazard.has("track")) {
      const track = hazard.list("track").map((row, i) => {
        const values = numbers(row, `${hazard.pathOf("track")}[${i}]`);
        const [s = 0, lon = 0, lat = 0, headLon = lon, headLat = lat] = values;
        if (values.length < 3)
          throw wrong(`${hazard.pathOf("track")}[${i}]`, "second, longitude, latitude", row);
        return {
          atMs: this.#ms(s),
          tail: { longitudeDeg: lon, latitudeDeg: lat },
          head: { longitudeDeg: headLon, latitudeDeg: headLat },
          vehicles: 0,
        };
      });
      if (track.length > 0) return track;
    }
    const line = hazard.list("line").map((point, i) => {
      const [lon = Number.NaN, lat = Number.NaN] = numbers(point, `${hazard.pathOf("line")}[${i}]`);
      return { longitudeDeg: lon, latitudeDeg: lat };
    });
    const place = line.length > 0 ? undefined : placeOf(hazard);
    const tail = line[0] ?? (place as GeoPoint);
    return [{ atMs: onMs, tail, head: line.at(-1) ?? tail, vehicles: 0 }];
  }
}

function numbers(value: unknown, path: string): readonly number[] {
  if (Array.isArray(value) && value.every((x) => typeof x === "number")) return value;
  throw wrong(path, "a list of numbers", value);
}

function alertKind(value: unknown, path: string): AlertKind {
  if (ALERT_KINDS.includes(value as AlertKind)) return value as AlertKind;
  throw wrong(path, `a kind of alert (${ALERT_KINDS.join(", ")})`, value);
}

/** A list of objects, or a table of columns and rows. */
function tableRows(file: JsonFields, key: string): readonly JsonFields[] {
  if (!file.has(key)) return [];
  if (Array.isArray(file.value(key))) return file.objects(key);
  return file.object(key).rows(key, "columns", "rows");
}

function placeOf(fields: JsonFields): GeoPoint {
  return { longitudeDeg: fields.number("lon"), latitudeDeg: fields.number("lat") };
}

function roadOf(fields: JsonFields): string {
  const parts = [fields.optionalText("road"), fields.optionalText("direction")];
  return parts.filter((part) => part !== undefined).join(" ");
}

/** Joins hazard stops that stand together; the others stay as they are. */
function oneEventPerSite(stops: readonly TruthEvent[]): TruthEvent[] {
  const sites: TruthEvent[] = [];
  for (const stop of stops) {
    const place = extentAt0(stop);
    const at = sites.findIndex(
      (site) =>
        stop.dontCare === undefined &&
        site.dontCare === undefined &&
        site.road === stop.road &&
        stop.onMs <= site.offMs &&
        site.onMs <= stop.offMs &&
        distanceM(extentAt0(site), place) <= ONE_SITE_M,
    );
    const site = sites[at];
    if (site === undefined) sites.push(stop);
    else
      sites[at] = {
        ...site,
        onMs: Math.min(site.onMs, stop.onMs),
        offMs: Math.max(site.offMs, stop.offMs),
        stationIds: [...site.stationIds, ...stop.stationIds],
      };
  }
  return sites;
}

function extentAt0(event: TruthEvent): GeoPoint {
  return (event.extents[0] as Extent).tail;
}
