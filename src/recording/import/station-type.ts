import { STATION_TYPES, type StationType } from "../../domain/station.ts";

/** Names that simulators and tables use, in lower case without separators: ours, ETSI's, SUMO's vehicle classes. */
const NAMES: Readonly<Record<string, StationType>> = {
  unknown: "unknown",
  pedestrian: "pedestrian",
  person: "pedestrian",
  cyclist: "cyclist",
  bicycle: "cyclist",
  bike: "cyclist",
  moped: "moped",
  scooter: "moped",
  motorcycle: "motorcycle",
  motorbike: "motorcycle",
  passengercar: "passenger-car",
  passenger: "passenger-car",
  car: "passenger-car",
  private: "passenger-car",
  taxi: "passenger-car",
  evehicle: "passenger-car",
  hov: "passenger-car",
  defaultvehtype: "passenger-car",
  bus: "bus",
  coach: "bus",
  lighttruck: "light-truck",
  delivery: "light-truck",
  van: "light-truck",
  truck: "heavy-truck",
  heavytruck: "heavy-truck",
  hgv: "heavy-truck",
  lorry: "heavy-truck",
  trailer: "trailer",
  specialvehicle: "special-vehicle",
  specialvehicles: "special-vehicle",
  emergency: "special-vehicle",
  authority: "special-vehicle",
  army: "special-vehicle",
  vip: "special-vehicle",
  tram: "tram",
  rail: "tram",
  railurban: "tram",
  railelectric: "tram",
  lightvruvehicle: "light-vru-vehicle",
  animal: "animal",
  agricultural: "agricultural",
  tractor: "agricultural",
  infrastructure: "infrastructure",
  roadsideunit: "infrastructure",
  rsu: "infrastructure",
};

/**
 * Number of the wire for a type's name, whatever its case and separators; undefined where the name says nothing. What
 * follows a dot or `@` is a variant (SUMO: `truck.trailer`, `passenger@3`).
 */
export function stationTypeNumber(name: string): number | undefined {
  const type = NAMES[normal(name)] ?? NAMES[normal(name.split(/[.@]/)[0] ?? "")];
  return type === undefined ? undefined : STATION_TYPES.indexOf(type) + 1;
}

function normal(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}
