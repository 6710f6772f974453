import type { StationType } from "../../src/domain/station.ts";

/** One report of a vehicle as it really drives. */
export interface TrueReport {
  readonly stationId: number;
  readonly atMs: number;
  readonly type: StationType;
  readonly lengthM: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly accelerationMps2: number | undefined;
  readonly hazardLights: boolean;
}

/** What the station tells: the truth, or a lie. */
export interface ToldReport extends TrueReport {
  readonly isLie: boolean;
  /** Where it really is: what decides which roadside unit hears it. */
  readonly trueLatitudeDeg: number;
  readonly trueLongitudeDeg: number;
}

/** A roadside unit. */
export interface Unit {
  readonly name: string;
  readonly stationId: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}
