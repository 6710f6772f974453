import { Rig } from "./rig.ts";
import type { Rung } from "./rung.ts";
import type { LoadSettings, Way } from "./settings.ts";

export interface MemoryResult {
  readonly fewStations: number;
  readonly manyStations: number;
  readonly fewResidentBytes: number;
  readonly manyResidentBytes: number;
  /** Resident memory that one more station costs, at the same rate of reports. */
  readonly bytesPerStation: number;
}

/** Resident memory with few and with many stations that together report at the same rate. */
export async function measureMemory(
  stations: { readonly few: number; readonly many: number },
  settings: LoadSettings,
): Promise<MemoryResult> {
  const few = await residentWith(stations.few, stations.many, settings);
  const many = await residentWith(stations.many, stations.many, settings);
  return {
    fewStations: few.stations,
    manyStations: many.stations,
    fewResidentBytes: few.residentBytes,
    manyResidentBytes: many.residentBytes,
    bytesPerStation: (many.residentBytes - few.residentBytes) / (many.stations - few.stations),
  };
}

/** Every station reports once a second where there are `most` of them: the longest interval of CAMs. */
async function residentWith(stations: number, most: number, settings: LoadSettings): Promise<Rung> {
  const way: Way = { lane: "fast", reportsPerMessage: 50 };
  const rig = await Rig.open(way, settings);
  try {
    const rung = await rig.run(way, most, { reportsPerVehiclePerSecond: most / stations });
    settings.log(`  ${rung.stations} stations: ${Math.round(rung.residentBytes / 2 ** 20)} MiB resident`);
    return rung;
  } finally {
    await rig.close();
  }
}
