import { MapBuildError } from "./problem.ts";
import { type XmlAttributes, XmlReader } from "./xml.ts";

/** A position of the network's plane, m. */
export type PlanePoint = readonly [eastM: number, northM: number];

export interface SumoLane {
  readonly id: string;
  readonly speedMps: number;
  readonly shape: readonly PlanePoint[];
  /** Motor vehicles of the public may drive here; false for rails, pavements and cycle lanes. */
  readonly drivable: boolean;
}

export interface SumoEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly roadClass: string;
  /** `normal`, `internal`, `connector`, `crossing`, `walkingarea`. */
  readonly function: string;
  readonly lanes: SumoLane[];
}

export interface SumoConnection {
  readonly from: string;
  readonly fromLane: number;
  readonly to: string;
  readonly toLane: number;
  /** Id of the lane inside the junction that is driven on between the two. */
  readonly via: string | undefined;
  /** Governed by a traffic signal. */
  readonly signal: boolean;
}

/** A SUMO network as its file has it (https://sumo.dlr.de/docs/Networks/SUMO_Road_Networks.html). */
export interface SumoNetwork {
  readonly edges: ReadonlyMap<string, SumoEdge>;
  readonly connections: readonly SumoConnection[];
  readonly roundaboutEdges: ReadonlySet<string>;
  readonly projection: string;
  /** Added to projected coordinates by netconvert. */
  readonly offset: PlanePoint;
}

/** Classes of vehicles that drive on roads; a lane for none of them is no road. */
const ROAD_VEHICLES = new Set(
  "all passenger private taxi bus coach delivery truck trailer motorcycle evehicle hov emergency authority army vip".split(
    " ",
  ),
);

/** Collects a network from the XML that is pushed into `reader`. */
export class SumoNetworkReader {
  readonly reader: XmlReader;
  readonly #edges = new Map<string, SumoEdge>();
  readonly #connections: SumoConnection[] = [];
  readonly #roundaboutEdges = new Set<string>();
  #location: XmlAttributes | undefined;
  #root: string | undefined;
  #edge: SumoEdge | undefined;

  constructor() {
    this.reader = new XmlReader({ open: (name, attributes) => this.#opened(name, attributes) });
  }

  get edgeCount(): number {
    return this.#edges.size;
  }

  /** @throws MapBuildError where the file was no whole network with a place on earth */
  network(): SumoNetwork {
    this.reader.end();
    if (this.#location === undefined) {
      throw new MapBuildError("it has no <location>: nobody can tell where on earth it lies");
    }
    const projection = this.#location["projParameter"] ?? "";
    if (projection === "!" || projection === "") {
      throw new MapBuildError(
        "it has no projection: nobody can tell where on earth it lies",
        "Build it with netconvert --proj.utm from geographic coordinates.",
      );
    }
    const [offset] = shapeOf(this.#location["netOffset"] ?? "0,0", "netOffset");
    return {
      edges: this.#edges,
      connections: this.#connections,
      roundaboutEdges: this.#roundaboutEdges,
      projection,
      offset: offset ?? [0, 0],
    };
  }

  #opened(name: string, attributes: () => XmlAttributes): void {
    if (this.#root === undefined) {
      this.#root = name;
      if (name !== "net") throw new MapBuildError(`its root is <${name}>, not <net>: it is no SUMO network`);
    } else if (name === "edge") this.#openEdge(attributes());
    else if (name === "lane") this.#addLane(attributes());
    else if (name === "connection") this.#addConnection(attributes());
    else if (name === "location") this.#location = attributes();
    else if (name === "roundabout") {
      for (const edge of (attributes()["edges"] ?? "").split(" ")) this.#roundaboutEdges.add(edge);
    }
  }

  #openEdge(attributes: XmlAttributes): void {
    const id = attributes["id"];
    if (id === undefined) throw new MapBuildError("an <edge> has no id");
    this.#edge = {
      id,
      from: attributes["from"] ?? "",
      to: attributes["to"] ?? "",
      name: attributes["name"] ?? "",
      roadClass: (attributes["type"] ?? "").replace(/^highway\./, "").split("|")[0] ?? "",
      function: attributes["function"] ?? "normal",
      lanes: [],
    };
    this.#edges.set(id, this.#edge);
  }

  #addLane(attributes: XmlAttributes): void {
    const id = attributes["id"] ?? "";
    const speedMps = Number(attributes["speed"]);
    this.#edge?.lanes.push({
      id,
      speedMps: speedMps > 0 ? speedMps : Number.NaN,
      shape: shapeOf(attributes["shape"] ?? "", `lane ${id}`),
      drivable: isDrivable(attributes["allow"], attributes["disallow"]),
    });
  }

  #addConnection(attributes: XmlAttributes): void {
    const { from, to, via, tl } = attributes;
    if (from === undefined || to === undefined)
      throw new MapBuildError("a <connection> has no from or no to");
    this.#connections.push({
      from,
      to,
      fromLane: Number(attributes["fromLane"]),
      toLane: Number(attributes["toLane"]),
      via,
      signal: tl !== undefined,
    });
  }
}

/** `x,y x,y` or, with heights, `x,y,z x,y,z`. */
function shapeOf(text: string, where: string): PlanePoint[] {
  return text
    .split(" ")
    .filter((position) => position !== "")
    .map((position) => {
      const [east, north] = position.split(",").map(Number);
      if (Number.isFinite(east) && Number.isFinite(north)) return [east as number, north as number];
      throw new MapBuildError(`${where} has a position that is none: ${position}`);
    });
}

function isDrivable(allow: string | undefined, disallow: string | undefined): boolean {
  if (allow !== undefined) return allow.split(" ").some((one) => ROAD_VEHICLES.has(one));
  const banned = new Set((disallow ?? "").split(" "));
  return !banned.has("all") && !["passenger", "bus", "truck"].every((one) => banned.has(one));
}
