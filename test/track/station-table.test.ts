import { describe, expect, it } from "vitest";
import { Station } from "../../src/track/station.ts";
import { StationTable } from "../../src/track/station-table.ts";

const station = (table: StationTable<Station>, id: number) => {
  const made = new Station(table, id, "passenger-car", "roadside-1", id + 0.25);
  table.add(made);
  return made;
};

describe("table of stations", () => {
  it("keeps the numbers of each station apart, over many blocks", () => {
    const table = new StationTable<Station>();
    for (let id = 1; id <= 5_000; id++) station(table, id).moveTo(-id / 1e7, 0);
    for (let id = 1; id <= 5_000; id++) {
      const found = table.get(id);
      expect(found?.stationId).toBe(id);
      expect(found?.latitudeE7).toBe(-id);
      expect(found?.receivedAtMs).toBe(id + 0.25);
    }
  });

  it("gives a newcomer nothing of the station whose row it takes", () => {
    const table = new StationTable<Station>();
    const first = station(table, 7);
    first.move(
      {
        kind: "motion",
        format: "cam",
        stationType: "bus",
        latitudeDeg: 51,
        longitudeDeg: 6,
        speedMps: 20,
        headingDeg: 90,
        accelerationMps2: -3,
        lengthM: 12,
      } as never,
      1_000,
      true,
    );
    table.delete(first);
    const next = station(table, 8);
    expect(next.row).toBe(first.row);
    expect(table.get(7)).toBeUndefined();
    expect([next.speedMps, next.headingDeg, next.accelerationMps2, next.lengthM]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([next.stationType, next.recentTopSpeedMps, next.slot]).toEqual(["passenger-car", 0, -1]);
    expect(next.observedAtMs).toBeNaN();
    expect(table.size).toBe(1);
  });

  it("tells ids of all 32 bits", () => {
    const table = new StationTable<Station>();
    station(table, 0xffff_fffe);
    expect(table.get(0xffff_fffe)?.stationId).toBe(0xffff_fffe);
  });
});
