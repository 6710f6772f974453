import { describe, expect, it } from "vitest";
import { Ground } from "../../src/evaluate/ground.ts";
import { PerceivedVehicles, tellPerceived } from "../../src/evaluate/perceived.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { at, EPOCH_MS, tableOf } from "./world.ts";

const table = tableOf([
  { stationId: 1, fromS: 0, fromM: 0, toM: 600, speedMps: 30 },
  { stationId: 2, fromS: 0, fromM: 100, toM: 110, speedMps: 10, untilS: 20 },
]);
const vehicles = new PerceivedVehicles(table, new Ground(at(0)));
const stationAt = (s: number, alongM: number, northM = 0): number | undefined => {
  const { latitudeDeg, longitudeDeg } = at(alongM, northM);
  const row = vehicles.rowAt(EPOCH_MS + s * 1_000, latitudeDeg, longitudeDeg);
  return row === undefined ? undefined : table.stationIds[table.vehicle[row] as number];
};

describe("perceived vehicles", () => {
  it("are those that were there, between two reports as well", () => {
    expect(stationAt(2, 60)).toBe(1);
    expect(stationAt(2.5, 75)).toBe(1);
    expect(stationAt(15, 112)).toBe(2);
  });

  it("are nobody where nobody was", () => {
    expect(stationAt(2, 30)).toBeUndefined();
    expect(stationAt(15, 110, 8)).toBeUndefined();
    expect(stationAt(30, 110)).toBeUndefined();
  });

  it("are told by the reports of sensors in a stream of records", async () => {
    const { latitudeDeg, longitudeDeg } = at(90);
    const bytes = encodeIngestFrame({
      base_time_unix_ms: EPOCH_MS + 10_000,
      items: [
        {
          station_id: 9,
          perceived: {
            reference_position: {
              latitude_e7: Math.round(latitudeDeg * 1e7),
              longitude_e7: Math.round(longitudeDeg * 1e7),
            },
            objects: [
              { object_id: 1, east_cm: 2_000, north_cm: 0, object_class: 1 },
              { object_id: 2, east_cm: 0, north_cm: 5_000, object_class: 1 },
            ],
          },
        },
      ],
    });
    const record = { kind: "message" as const, receivedAtMs: EPOCH_MS + 10_040, slot: 1, bytes };
    const told: (readonly [number, number | undefined])[] = [];
    const passed = tellPerceived([[record]] as never, vehicles, (atMs, row) => {
      told.push([atMs - EPOCH_MS, table.stationIds[table.vehicle[row] as number]]);
    });
    for await (const batch of passed) expect(batch).toEqual([record]);
    expect(told).toEqual([[10_040, 2]]);
  });
});
