import { describe, expect, it } from "vitest";
import type { AlertView } from "../../src/api/contract/alarms.ts";
import type { MapView } from "../../src/api/contract/map.ts";
import { RoadShapes } from "../../src/console/map/road-shapes.ts";
import { find } from "../../src/console/situation/find.ts";

/** A motorway due east along 51.4°, posted from km 30 to km 40, and the way back, posted the other way. */
const MAP: MapView = {
  name: "test",
  extent: [6.6, 51.4, 6.75, 51.4],
  routes: [
    {
      id: "east",
      ref: "A40",
      direction: "Dortmund",
      divided: true,
      lengthM: 10_000,
      markers: [{ routeM: 5_000, name: "AS Köln-Süd", kind: "junction" }],
      fromKm: 30,
      toKm: 40,
    },
    {
      id: "west",
      ref: "A40",
      direction: "Venlo",
      divided: true,
      lengthM: 10_000,
      markers: [],
      fromKm: 40,
      toKm: 30,
    },
  ],
  links: [
    { route: 0, fromM: 0, toM: 10_000, lanes: 2, flags: {}, line: [6_600_000, 51_400_000, 144_000, 0] },
    { route: 1, fromM: 0, toM: 10_000, lanes: 2, flags: {}, line: [6_744_000, 51_400_000, -144_000, 0] },
  ],
  zones: [],
};

describe("quick find", () => {
  const shapes = new RoadShapes(MAP);

  it.each(["A40 32.5", "a40 32,5", "A 40 km 32,5", "A40, 32.5 km"])(
    "finds road and kilometre: %s",
    (text) => {
      const found = find(text, shapes, []);
      expect(found.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual([
        "kilometre → Dortmund",
        "kilometre → Venlo",
      ]);
      // A quarter of the way east, three quarters of the way back: the same place.
      for (const { longitudeDeg } of found) expect(longitudeDeg).toBeCloseTo(6.636, 4);
    },
  );

  it("finds nothing beyond the posts of a road", () => {
    expect(find("A40 29", shapes, [])).toEqual([]);
  });

  it("finds junctions without accents, signs and capitals", () => {
    expect(find("koln sud", shapes, [])[0]).toMatchObject({ kind: "place", text: "AS Köln-Süd" });
  });

  it("finds an alert by the beginning of its id, and flies to it", () => {
    const alert = {
      alertId: "7858v49ybeb8h",
      kind: "obstacle",
      latitudeDeg: 51,
      longitudeDeg: 7,
    } as AlertView;
    expect(find("7858", shapes, [alert])[0]).toMatchObject({ alertId: "7858v49ybeb8h", latitudeDeg: 51 });
  });
});
