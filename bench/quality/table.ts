import { STATION_TYPES, type StationType } from "../../src/domain/station.ts";
import type { ExtraMessage as TimedMessage } from "../../src/evaluate/extra-messages.ts";
import { type VehicleTable, VehicleTableBuilder } from "../../src/evaluate/vehicle-table.ts";
import { EPOCH_MS, type ExtraMessage, type Sample, stationIdOf } from "./samples.ts";

const TYPES: Readonly<Record<string, StationType>> = {
  passengerCar: "passenger-car",
  lightTruck: "light-truck",
  heavyTruck: "heavy-truck",
  bus: "bus",
  motorcycle: "motorcycle",
};

/** Resolution of the table's text form, so that a run in memory and one through files give the same. */
const E7 = 1e7;

/** From a roadside station to the traffic centre. */
const EXTRA_DELAY_MS = 40;

export function extrasOf(extras: readonly ExtraMessage[]): readonly TimedMessage[] {
  return extras.map(({ atS, source, item }) => ({
    receivedAtMs: EPOCH_MS + Math.round(atS * 1000) + EXTRA_DELAY_MS,
    source,
    item,
  }));
}

/** The table of all vehicles as the evaluation takes it. */
export function tableOf(samples: readonly Sample[]): VehicleTable {
  const builder = new VehicleTableBuilder();
  for (const sample of samples) {
    builder.add({
      timeMs: EPOCH_MS + Math.round(sample.atS * 1000),
      stationId: stationIdOf(sample.vehicle),
      type: TYPES[sample.type] ?? STATION_TYPES[0],
      latitudeDeg: Math.round(sample.latitudeDeg * E7) / E7,
      longitudeDeg: Math.round(sample.longitudeDeg * E7) / E7,
      speedMps: Math.round(sample.speedMps * 100) / 100,
      headingDeg: Math.round(sample.headingDeg * 10) / 10,
      accelerationMps2: Math.round(sample.accelerationMps2 * 100) / 100,
      signs: sample,
    });
  }
  return builder.build();
}
