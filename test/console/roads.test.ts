import { describe, expect, it } from "vitest";
import type { SegmentState } from "../../src/api/contract/live.ts";
import type { MapView } from "../../src/api/contract/map.ts";
import { latitudeOf, longitudeOf, xOf, yOf } from "../../src/console/map/mercator.ts";
import { readPosition, writePosition } from "../../src/console/map/position.ts";
import { roadRows } from "../../src/console/network/road-rows.ts";

const route = (ref: string, direction: string) => ({
  id: `${ref}${direction}`,
  ref,
  direction,
  divided: true,
  lengthM: 1_000,
  markers: [],
  fromKm: 0,
  toKm: 1,
});
const link = (of: number, flags = {}) => ({ route: of, fromM: 0, toM: 1_000, lanes: 2, flags, line: [] });
const map: MapView = {
  name: "test",
  extent: [6, 51, 7, 52],
  routes: [route("A1", "North"), route("A2", "East"), route("A3", "South"), route("A3", "exit")],
  links: [link(0), link(1), link(2), link(3, { ramp: true })],
  zones: [],
};
const state = (of: number, level: SegmentState["level"], toM = 1_000): SegmentState => ({
  route: of,
  fromM: 0,
  toM,
  level,
});

describe("the table of roads", () => {
  it("puts what is worst first, and what nobody knows before what is free", () => {
    const rows = roadRows(
      map,
      new Map([
        [0, [state(0, "free")]],
        [2, [state(2, "queuing", 250)]],
      ]),
      [],
    );
    expect(rows.map(({ route: { ref } }) => ref)).toEqual(["A3", "A2", "A3", "A1"]);
    expect(rows[0]).toMatchObject({ worst: "queuing", knownShare: 0.25, isRamp: false });
    expect(rows[1]).toMatchObject({ worst: undefined, knownShare: 0 });
    expect(rows[2]).toMatchObject({ isRamp: true });
  });
});

describe("the map's place in the URL", () => {
  it("comes back as it was written, to a metre", () => {
    const at = { zoom: 14, latitudeDeg: 51.43433, longitudeDeg: 6.76211 };
    expect(readPosition(writePosition(at))).toEqual(at);
  });

  it.each(["", "x/y/z", "14/95/6", "14/51", "99/51/6"])("is none where it makes no sense: %j", (text) => {
    expect(readPosition(text)).toBeUndefined();
  });

  it("projects there and back", () => {
    expect(latitudeOf(yOf(51.43))).toBeCloseTo(51.43, 9);
    expect(longitudeOf(xOf(6.76))).toBeCloseTo(6.76, 9);
  });
});
