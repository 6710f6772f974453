/** What a station is (ETSI TS 102 894-2 V2.4.1, TrafficParticipantType); the index is the number of the standard. */
export const STATION_TYPES = [
  "unknown",
  "pedestrian",
  "cyclist",
  "moped",
  "motorcycle",
  "passenger-car",
  "bus",
  "light-truck",
  "heavy-truck",
  "trailer",
  "special-vehicle",
  "tram",
  "light-vru-vehicle",
  "animal",
  "agricultural",
  "infrastructure",
] as const;
export type StationType = (typeof STATION_TYPES)[number];

/** Role of a vehicle (ETSI TS 102 894-2, VehicleRole); the index is the number of the standard. */
export const VEHICLE_ROLES = [
  "default",
  "public-transport",
  "special-transport",
  "dangerous-goods",
  "road-work",
  "rescue",
  "emergency",
  "safety-car",
  "agriculture",
  "commercial",
  "military",
  "road-operator",
  "taxi",
] as const;
export type VehicleRole = (typeof VEHICLE_ROLES)[number];

/** How a producer counts time; see `Hello.time_base`. */
export type TimeBase = "utc" | "tai" | "utc-no-leap";

export type SourceKind = "vehicle" | "rsu" | "gateway";

/** A producer session as the pipeline knows it. */
export interface Source {
  /** Session slot, 1..65535, reused after the session has ended. */
  readonly slot: number;
  /** Name from the hello. */
  readonly name: string;
  readonly kind: SourceKind;
  readonly timeBase: TimeBase;
}

/** Name of the source that stands for the traffic centre itself; nobody outside may call themselves so. */
export const CENTRE_SOURCE = "roadpulse.centre";

const VRU_TYPES: ReadonlySet<StationType> = new Set(["pedestrian", "cyclist", "light-vru-vehicle", "animal"]);

/** Vulnerable road users: silence of 5 s is normal for them (ETSI TS 103 300-3, T_GenVamMax). */
export function isVulnerable(type: StationType): boolean {
  return VRU_TYPES.has(type);
}
