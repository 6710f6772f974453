import type { StationType } from "../../domain/station.ts";
import { words } from "./words.ts";

const en: Readonly<Record<StationType, string>> = {
  unknown: "unknown",
  pedestrian: "pedestrian",
  cyclist: "cyclist",
  moped: "moped",
  motorcycle: "motorcycle",
  "passenger-car": "car",
  bus: "bus",
  "light-truck": "light truck",
  "heavy-truck": "heavy truck",
  trailer: "trailer",
  "special-vehicle": "special vehicle",
  tram: "tram",
  "light-vru-vehicle": "light vehicle",
  animal: "animal",
  agricultural: "agricultural vehicle",
  infrastructure: "roadside unit",
};

const de: Readonly<Record<StationType, string>> = {
  unknown: "unbekannt",
  pedestrian: "Fußgänger",
  cyclist: "Radfahrer",
  moped: "Moped",
  motorcycle: "Motorrad",
  "passenger-car": "Pkw",
  bus: "Bus",
  "light-truck": "Kleintransporter",
  "heavy-truck": "Lkw",
  trailer: "Anhänger",
  "special-vehicle": "Sonderfahrzeug",
  tram: "Straßenbahn",
  "light-vru-vehicle": "Kleinfahrzeug",
  animal: "Tier",
  agricultural: "Landmaschine",
  infrastructure: "Straßengerät",
};

/** Name of a kind of road user; that of a newer server as it is. */
export function stationTypeName(type: string): string {
  const names: Readonly<Record<string, string>> = words({ en, de });
  return names[type] ?? type;
}
