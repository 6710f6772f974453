import type { OsmTags } from "../wire/osm-pbf.ts";
import { limitKmh } from "./osm-speed.ts";

/** Ways for motor vehicles, by the key highway. Others are paths, tracks, building sites or no ways at all. */
const ROADS = new Set([
  "motorway",
  "motorway_link",
  "trunk",
  "trunk_link",
  "primary",
  "primary_link",
  "secondary",
  "secondary_link",
  "tertiary",
  "tertiary_link",
  "unclassified",
  "residential",
  "living_street",
  "road",
  "busway",
  "service",
  "track",
]);

export type OneWay = "forward" | "backward" | "both" | "reversible";

/** Which side of a two-way road a link is, along its way's nodes or against them. */
export type Side = "forward" | "backward";

/** The class of a road; `parking` for aisles of car parks. Undefined where the way is no road for motor vehicles. */
export function roadClassOf(tags: OsmTags): string | undefined {
  const highway = tags["highway"] ?? "";
  if (!ROADS.has(highway) || tags["area"] === "yes") return undefined;
  if (highway === "service" && tags["service"] === "parking_aisle") return "parking";
  return highway;
}

/** The most special tag of access for motor vehicles says no. */
export function isClosed(tags: OsmTags): boolean {
  const access = tags["motorcar"] ?? tags["motor_vehicle"] ?? tags["vehicle"] ?? tags["access"] ?? "yes";
  return access === "no";
}

/** Implied on motorways and roundabouts (https://wiki.openstreetmap.org/wiki/Key:oneway). */
export function oneWayOf(tags: OsmTags): OneWay {
  switch (tags["oneway"]) {
    case "yes":
    case "true":
    case "1":
      return "forward";
    case "-1":
    case "reverse":
      return "backward";
    case "reversible":
    case "alternating":
      return "reversible";
    case "no":
    case "false":
    case "0":
      return "both";
    default:
      return tags["highway"] === "motorway" || isRoundabout(tags) ? "forward" : "both";
  }
}

export function isRoundabout(tags: OsmTags): boolean {
  return tags["junction"] === "roundabout" || tags["junction"] === "circular";
}

/** Lanes of one direction; of an odd number of lanes on a two-way road the middle one belongs to nobody. */
export function lanesOf(tags: OsmTags, side: Side, oneWay: OneWay): number | undefined {
  const own = wholeNumber(tags[`lanes:${side}`]);
  if (own !== undefined) return own;
  const all = wholeNumber(tags["lanes"]);
  if (all === undefined || oneWay === "forward" || oneWay === "backward") return all;
  const other = wholeNumber(tags[`lanes:${side === "forward" ? "backward" : "forward"}`]);
  const shared = wholeNumber(tags["lanes:both_ways"]) ?? 0;
  if (other !== undefined) return Math.max(1, all - other - shared);
  return Math.max(1, (all - shared) >> 1);
}

const MOST_LANES = 12;

function wholeNumber(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= MOST_LANES ? value : undefined;
}

const IMPLYING_KEYS = ["maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"];

/** Limit of one direction, km/h; undefined where there is none or nobody says. */
export function limitOf(tags: OsmTags, side: Side): number | undefined {
  const posted = tags[`maxspeed:${side}`] ?? tags["maxspeed"];
  if (posted !== undefined) return limitKmh(posted);
  for (const key of IMPLYING_KEYS) {
    const implied = limitKmh(tags[key]);
    if (implied !== undefined) return implied;
  }
  return undefined;
}

/** Number of the road as on its signs: the first of several, `A 40` written `A40`. */
export function refOf(tags: OsmTags): string {
  const [first = ""] = (tags["ref"] ?? "").split(";");
  return first.trim().replace(/^([A-Z]{1,2}) (\d+[a-z]?)$/, "$1$2");
}

export function destinationOf(tags: OsmTags, side: Side): string {
  return tags[`destination:${side}`] ?? tags["destination"] ?? tags["destination:ref"] ?? "";
}

export function isBridge(tags: OsmTags): boolean {
  return isThere(tags["bridge"]);
}

export function isTunnel(tags: OsmTags): boolean {
  return isThere(tags["tunnel"]) && tags["tunnel"] !== "culvert";
}

function isThere(value: string | undefined): boolean {
  return value !== undefined && value !== "no";
}

const MOST_LEVEL = 20;

/** The key layer, else 1 on bridges and −1 in tunnels. */
export function levelOf(tags: OsmTags): number {
  const layer = Number(tags["layer"] ?? Number.NaN);
  if (Number.isInteger(layer) && Math.abs(layer) <= MOST_LEVEL) return layer;
  if (isBridge(tags)) return 1;
  return isTunnel(tags) ? -1 : 0;
}

/** Carriageways of the two directions are separated. */
export function isDivided(tags: OsmTags): boolean {
  const highway = tags["highway"] ?? "";
  return highway === "motorway" || highway === "motorway_link" || tags["dual_carriageway"] === "yes";
}

/** Highest limit of built-up areas in Europe, km/h. */
const URBAN_LIMIT_KMH = 50;

/** Within a built-up area: by its limit, or by the class where streets lie in towns only. */
export function isUrban(tags: OsmTags, limit: number | undefined): boolean {
  const highway = tags["highway"] ?? "";
  if (highway.startsWith("motorway")) return false;
  if (limit !== undefined) return limit <= URBAN_LIMIT_KMH;
  return highway === "residential" || highway === "living_street";
}
