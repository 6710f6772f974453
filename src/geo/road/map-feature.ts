import type { GeoPoint } from "../../domain/place.ts";
import type { RoadFlags, RoadMarker } from "../../domain/road.ts";
import { RoadMapError } from "./road-map-error.ts";

/** A link as the file gives it. */
export interface LinkFeature {
  /** How messages name it. */
  readonly label: string;
  readonly id: string;
  readonly routeId: string;
  readonly order: number;
  readonly ref: string;
  readonly direction: string;
  readonly lanes: number;
  readonly limitKmh: number | undefined;
  readonly freeFlowKmh: number | undefined;
  readonly level: number;
  readonly divided: boolean;
  readonly oneWay: boolean;
  readonly fromKm: number | undefined;
  readonly toKm: number | undefined;
  readonly vertexKm: readonly number[] | undefined;
  readonly flags: RoadFlags;
  /** Undefined where the feature has no such member. */
  readonly next: readonly string[] | undefined;
  readonly points: readonly GeoPoint[];
}

export interface MarkerFeature {
  readonly label: string;
  readonly kind: RoadMarker["kind"];
  readonly ref: string;
  readonly name: string;
  readonly km: number | undefined;
  readonly point: GeoPoint;
}

export interface MapFeatures {
  readonly name: string;
  readonly links: readonly LinkFeature[];
  readonly markers: readonly MarkerFeature[];
}

const MAP_VERSION = 1;
const FLAGS = [
  "ramp",
  "tunnel",
  "bridge",
  "bend",
  "crest",
  "signal",
  "roundabout",
  "halting",
  "urban",
] as const satisfies readonly (keyof RoadFlags)[];
const MARKER_KINDS: readonly string[] = [
  "junction",
  "interchange",
  "kilometre",
  "rest-area",
  "bridge",
  "tunnel",
] satisfies readonly RoadMarker["kind"][];

/** Enough of a wrong value to recognise it; the sentence stays one line. */
const SHOWN_CHARACTERS = 60;

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads the features of a map file, one by one; how they fit together is judged by `readRoadMap`.
 * @throws RoadMapError naming the first feature that is wrong
 */
export function readFeatures(geojson: unknown, fileName: string): MapFeatures {
  const fail = (problem: string): never => {
    throw new RoadMapError(fileName, problem);
  };
  if (!isMembers(geojson) || geojson["type"] !== "FeatureCollection" || !Array.isArray(geojson["features"])) {
    return fail("this is no GeoJSON FeatureCollection.");
  }
  const version = isMembers(geojson["roadpulse"]) ? geojson["roadpulse"]["map"] : undefined;
  if (version !== MAP_VERSION) {
    return fail(
      `the member "roadpulse": {"map": ${MAP_VERSION}} is missing or of another version, so this is no map for Roadpulse ` +
        `(make one with roadpulse map build).`,
    );
  }
  const links: LinkFeature[] = [];
  const markers: MarkerFeature[] = [];
  (geojson["features"] as readonly unknown[]).forEach((feature, index) => {
    const read = new FeatureReader(feature, index, fileName);
    if (read.geometryType === "Point") markers.push(read.marker());
    else links.push(read.link());
  });
  return { name: typeof geojson["name"] === "string" ? geojson["name"] : fileName, links, markers };
}

/** Reads one feature; every mistake in it is a sentence that begins with its id or index. */
class FeatureReader {
  readonly #label: string;
  readonly #id: string | undefined;
  readonly #properties: Members;
  readonly #geometry: Members;
  readonly #fileName: string;

  constructor(feature: unknown, index: number, fileName: string) {
    this.#fileName = fileName;
    const members = isMembers(feature) ? feature : {};
    const id = members["id"];
    this.#id = typeof id === "string" || typeof id === "number" ? String(id) : undefined;
    this.#label = this.#id === undefined ? `feature ${index}` : `feature ${index} ("${this.#id}")`;
    if (members["type"] !== "Feature") this.#fail("is no GeoJSON Feature.");
    this.#properties = isMembers(members["properties"]) ? members["properties"] : {};
    const geometry = members["geometry"];
    if (!isMembers(geometry)) this.#fail("has no geometry; it needs a LineString or a Point.");
    this.#geometry = geometry as Members;
    if (this.geometryType !== "LineString" && this.geometryType !== "Point") {
      this.#fail(`is a ${shown(this.geometryType)}; links are LineStrings, markers Points.`);
    }
  }

  get geometryType(): unknown {
    return this.#geometry["type"];
  }

  link(): LinkFeature {
    if (this.#id === undefined) this.#fail("is a link without an id.");
    const points = this.#line();
    const routeId = this.#text("route");
    if (routeId === undefined) this.#fail("names no route.");
    const order = this.#number("order");
    if (order === undefined || !Number.isInteger(order)) this.#fail("has no whole number as its order.");
    return {
      label: this.#label,
      id: this.#id as string,
      routeId: routeId as string,
      order: order as number,
      ref: this.#text("ref") ?? "",
      direction: this.#text("direction") ?? "",
      lanes: this.#inRange("lanes", 1, 20) ?? 1,
      limitKmh: this.#inRange("limit_kmh", 1, 300),
      freeFlowKmh: this.#inRange("free_flow_kmh", 1, 300),
      level: this.#inRange("level", -20, 20) ?? 0,
      divided: this.#flag("divided"),
      oneWay: this.#flag("one_way") || this.#flag("divided"),
      fromKm: this.#number("from_km"),
      toKm: this.#number("to_km"),
      vertexKm: this.#vertexKm(points.length),
      flags: Object.fromEntries(FLAGS.filter((name) => this.#flag(name)).map((name) => [name, true])),
      next: this.#next(),
      points,
    };
  }

  marker(): MarkerFeature {
    const kind = this.#text("kind") ?? "";
    if (!MARKER_KINDS.includes(kind)) {
      this.#fail(
        `is a marker of the kind ${shown(this.#properties["kind"])}, not one of ${MARKER_KINDS.join(", ")}.`,
      );
    }
    const name = this.#text("name");
    if (name === undefined) this.#fail("is a marker without a name.");
    return {
      label: this.#label,
      kind: kind as RoadMarker["kind"],
      ref: this.#text("ref") ?? "",
      name: name as string,
      km: this.#number("km"),
      point: this.#point(this.#geometry["coordinates"], "its position"),
    };
  }

  #line(): readonly GeoPoint[] {
    const positions = this.#geometry["coordinates"];
    if (!Array.isArray(positions) || positions.length < 2) this.#fail("has fewer than two points.");
    const points = (positions as unknown[]).map((position, i) => this.#point(position, `its point ${i}`));
    const repeated = points.findIndex(
      ({ latitudeDeg, longitudeDeg }, i) =>
        latitudeDeg === points[i - 1]?.latitudeDeg && longitudeDeg === points[i - 1]?.longitudeDeg,
    );
    if (repeated > 0)
      this.#fail(`has the same point twice in a row (points ${repeated - 1} and ${repeated}).`);
    return points;
  }

  #point(position: unknown, what: string): GeoPoint {
    const [x, y] = Array.isArray(position) ? (position as unknown[]) : [];
    if (typeof x !== "number" || typeof y !== "number" || !Number.isFinite(x) || !Number.isFinite(y)) {
      this.#fail(`has a broken geometry: ${what} is ${shown(position)}, not [longitude, latitude].`);
    }
    const [longitudeDeg, latitudeDeg] = [x as number, y as number];
    if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 180) {
      const swapped = Math.abs(latitudeDeg) <= 180 && Math.abs(longitudeDeg) <= 90;
      const hint = swapped ? "latitude and longitude are swapped" : "these are no degrees of WGS 84";
      this.#fail(
        `has a place off the earth: ${what} is ${shown(position)}, but ${hint}; write [longitude, latitude].`,
      );
    }
    return { latitudeDeg, longitudeDeg };
  }

  #vertexKm(points: number): readonly number[] | undefined {
    const value = this.#properties["vertex_km"];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value) || value.some((km) => typeof km !== "number" || !Number.isFinite(km))) {
      this.#fail("has a vertex_km that is no list of numbers.");
    }
    const kilometres = value as number[];
    if (kilometres.length !== points) {
      this.#fail(`has ${kilometres.length} kilometres in vertex_km for ${points} points.`);
    }
    return kilometres;
  }

  #next(): readonly string[] | undefined {
    const value = this.#properties["next"];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value) || value.some((id) => typeof id !== "string" && typeof id !== "number")) {
      this.#fail("has a next that is no list of link ids.");
    }
    return (value as (string | number)[]).map(String);
  }

  #text(name: string): string | undefined {
    const value = this.#properties[name];
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value !== "string" && typeof value !== "number") {
      this.#fail(`has ${shown(value)} as its ${name}, which must be text.`);
    }
    return String(value);
  }

  #number(name: string): number | undefined {
    const value = this.#properties[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "number" || !Number.isFinite(value)) {
      this.#fail(`has ${shown(value)} as its ${name}, which must be a number.`);
    }
    return value as number;
  }

  #inRange(name: string, least: number, most: number): number | undefined {
    const value = this.#number(name);
    if (value !== undefined && (value < least || value > most)) {
      this.#fail(`has ${value} as its ${name}, which must be from ${least} to ${most}.`);
    }
    return value;
  }

  #flag(name: string): boolean {
    const value = this.#properties[name];
    if (value !== undefined && value !== null && typeof value !== "boolean") {
      this.#fail(`has ${shown(value)} as its ${name}, which must be true or false.`);
    }
    return value === true;
  }

  #fail(problem: string): never {
    throw new RoadMapError(this.#fileName, `${this.#label} ${problem}`);
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, SHOWN_CHARACTERS) ?? "nothing";
}
