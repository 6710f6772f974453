import type { WireIngestItem } from "../../src/wire/ingest-frame.ts";

/** Simulation second 0 of every scenario, Unix ms. */
export const EPOCH_MS = 1_790_000_000_000;

/** What one vehicle does at one moment: a row of the table of all vehicles. */
export interface Sample {
  readonly atS: number;
  /** Number of the vehicle; not the station id, which the table derives from it. */
  readonly vehicle: number;
  /** As in the table: passengerCar, lightTruck, heavyTruck, bus, motorcycle. */
  readonly type: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly accelerationMps2: number;
  /** Id of the road with the lane, `A900p_1`; lane −1 is the hard shoulder or a bay. */
  readonly road: string;
  readonly lane: number;
  readonly routeM: number;
  readonly lengthM: number;
  readonly lightBits: number;
  readonly controlBits: number;
  readonly eventBits: number;
  /** Number of TS 102 894-2 VehicleRole. */
  readonly role: number;
  readonly wiperPerMin: number;
}

/** A message that no vehicle table can hold: weather, signals, notices. */
export interface ExtraMessage {
  readonly atS: number;
  /** Name of the source that tells it. */
  readonly source: string;
  readonly item: WireIngestItem;
}

const COLUMNS =
  "t_ms,id,type,lon,lat,speed_mps,heading_deg,accel_mps2,lane,pos_m,length_m,light_bits,control_bits,event_bits,role,wiper_per_min";

/** First station id; numbers of vehicles are added to it. */
const FIRST_STATION = 100_000;

export function stationIdOf(vehicle: number): number {
  return FIRST_STATION + vehicle;
}

/** The table of all vehicles as CSV, header first. */
export function samplesCsv(samples: readonly Sample[]): string {
  return `${[COLUMNS, ...samples.map(csvRow)].join("\n")}\n`;
}

function csvRow(sample: Sample): string {
  return [
    EPOCH_MS + Math.round(sample.atS * 1000),
    stationIdOf(sample.vehicle),
    sample.type,
    sample.longitudeDeg.toFixed(7),
    sample.latitudeDeg.toFixed(7),
    sample.speedMps.toFixed(2),
    sample.headingDeg.toFixed(1),
    sample.accelerationMps2.toFixed(2),
    `${sample.road}_${sample.lane}`,
    sample.routeM.toFixed(1),
    sample.lengthM,
    blankZero(sample.lightBits),
    blankZero(sample.controlBits),
    blankZero(sample.eventBits),
    blankZero(sample.role),
    blankZero(sample.wiperPerMin),
  ].join(",");
}

function blankZero(value: number): string {
  return value === 0 ? "" : String(value);
}
