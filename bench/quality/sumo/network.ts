import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ORIGIN, type PlanPoint, toGeo } from "../plan/plane.ts";

export interface SumoNode extends PlanPoint {
  readonly id: string;
  readonly light?: boolean;
}

export interface SumoEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly lanes: number;
  readonly limitKmh: number;
  /** As OpenStreetMap names classes: `highway.motorway`, `highway.secondary`. */
  readonly type: string;
  /** Between its nodes; straight where absent. */
  readonly shape?: readonly PlanPoint[];
  /** Lanes lie around the line instead of to its right: carriageways and ramps. */
  readonly centred?: boolean;
}

export interface SumoConnection {
  readonly from: string;
  readonly to: string;
  readonly fromLane: number;
  readonly toLane: number;
}

export interface SumoPlan {
  readonly nodes: readonly SumoNode[];
  readonly edges: readonly SumoEdge[];
  /** Where lanes begin or end; elsewhere netconvert guesses. */
  readonly connections: readonly SumoConnection[];
}

/** A local transverse Mercator: metres of the network are metres of the plan. */
const PROJECTION = `+proj=tmerc +lat_0=${ORIGIN.latitudeDeg} +lon_0=${ORIGIN.longitudeDeg} +k=1 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs`;

/** Without these SUMO looks for its XML schemas on the network. */
export const NO_VALIDATION = ["--xml-validation", "never"];

/** Writes the plan as plain XML and lets netconvert build a network of it; answers its path. */
export function buildNetwork(folder: string, plan: SumoPlan): string {
  const file = (name: string): string => join(folder, `plan.${name}.xml`);
  writeFileSync(file("nod"), list("nodes", plan.nodes.map(nodeXml)));
  writeFileSync(file("edg"), list("edges", plan.edges.map(edgeXml)));
  writeFileSync(file("con"), list("connections", plan.connections.map(connectionXml)));
  const inputs = [
    "--node-files",
    file("nod"),
    "--edge-files",
    file("edg"),
    "--connection-files",
    file("con"),
  ];
  const options = [
    "--proj",
    PROJECTION,
    "--proj.plain-geo",
    "--no-turnarounds",
    "--ignore-errors.edge-type",
    "--tls.default-type",
    "static",
  ];
  execFileSync("netconvert", [...inputs, ...options, ...NO_VALIDATION, "--output-file", file("net")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  return file("net");
}

function list(name: string, items: readonly string[]): string {
  return `<${name}>\n${items.join("\n")}\n</${name}>\n`;
}

function lonLat(point: PlanPoint): readonly [string, string] {
  const { longitudeDeg, latitudeDeg } = toGeo(point);
  return [longitudeDeg.toFixed(8), latitudeDeg.toFixed(8)];
}

function nodeXml(node: SumoNode): string {
  const [x, y] = lonLat(node);
  return `<node id="${node.id}" x="${x}" y="${y}" type="${node.light === true ? "traffic_light" : "priority"}"/>`;
}

function edgeXml({ id, from, to, lanes, limitKmh, type, shape, centred }: SumoEdge): string {
  const bent =
    shape === undefined ? "" : ` shape="${shape.map((point) => lonLat(point).join(",")).join(" ")}"`;
  const spread = centred === true ? ` spreadType="center"` : "";
  return `<edge id="${id}" from="${from}" to="${to}" numLanes="${lanes}" speed="${(limitKmh / 3.6).toFixed(2)}" type="${type}"${spread}${bent}/>`;
}

function connectionXml({ from, to, fromLane, toLane }: SumoConnection): string {
  return `<connection from="${from}" to="${to}" fromLane="${fromLane}" toLane="${toLane}"/>`;
}
