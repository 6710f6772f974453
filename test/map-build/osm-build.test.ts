import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { buildMap, type MapBuildOptions } from "../../src/map-build/build.ts";
import { asPbf, asXml, at, type TestWorld } from "./osm-world.ts";

const motorway = { highway: "motorway", ref: "A 40", lanes: "3" };

/** A motorway with an exit, and a street with signals, a bus stop and a car park at the exit's end. */
const WORLD: TestWorld = {
  nodes: [
    at(1, 0, 0),
    at(2, 1_000, 0, { highway: "motorway_junction", name: "Homberg & Ruhr", ref: "11" }),
    at(3, 2_000, 0),
    at(11, 2_000, 25),
    at(12, 1_200, 25, { highway: "motorway_junction", name: "Homberg & Ruhr", ref: "11" }),
    at(13, 0, 25),
    at(20, 1_400, -200),
    at(8_000_000_021, 1_400, -230, { highway: "traffic_signals" }),
    at(22, 1_400, -260),
    at(23, 1_400, -800),
    at(24, 1_700, -260),
    at(25, 1_100, -260),
    at(30, 1_410, -500, { highway: "bus_stop" }),
    at(40, 1_450, -600),
    at(41, 1_500, -600),
    at(42, 1_500, -650),
    at(43, 1_450, -650),
    at(44, 1_400, -625),
    at(45, 1_480, -625),
  ],
  ways: [
    { id: 100, nodes: [1, 2], tags: { ...motorway, destination: "Dortmund;Essen", maxspeed: "none" } },
    { id: 101, nodes: [2, 3], tags: { ...motorway, maxspeed: "100", bridge: "viaduct" } },
    { id: 102, nodes: [11, 12, 13], tags: { ...motorway, "source:maxspeed": "DE:motorway" } },
    { id: 103, nodes: [2, 20], tags: { highway: "motorway_link", oneway: "yes", destination: "Homberg" } },
    {
      id: 104,
      nodes: [20, 8_000_000_021, 22],
      tags: { highway: "secondary", ref: "L 473", "maxspeed:type": "DE:urban", lanes: "4" },
    },
    { id: 105, nodes: [22, 44, 23], tags: { highway: "secondary", ref: "L 473", maxspeed: "30 mph" } },
    { id: 106, nodes: [24, 22, 25], tags: { highway: "residential", name: "Ringstraße", maxspeed: "walk" } },
    { id: 107, nodes: [40, 41, 42, 43, 40], tags: { amenity: "parking" } },
    { id: 108, nodes: [44, 45], tags: { highway: "service" } },
    { id: 109, nodes: [23, 25], tags: { highway: "footway" } },
    { id: 110, nodes: [23, 24], tags: { highway: "residential", access: "no" } },
    { id: 111, nodes: [1, 13], tags: { building: "yes" } },
  ],
};

function saved(bytes: string | Uint8Array, name: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "roadpulse-osm-")), name);
  writeFileSync(path, bytes);
  return path;
}

async function built(world: TestWorld = WORLD, options: MapBuildOptions = {}) {
  const { map, summary } = await buildMap(saved(asXml(world), "town.osm"), { name: "town", ...options });
  return { map, summary, network: readRoadMap(map) };
}

describe("an extract of OpenStreetMap", () => {
  test("gives the same map as XML, packed XML, and PBF of every kind", async () => {
    const { map } = await built();
    const forms = [
      saved(gzipSync(asXml(WORLD)), "town.osm.gz"),
      saved(asPbf(WORLD), "town.osm.pbf"),
      saved(asPbf(WORLD, { dense: false, zlib: false }), "raw.pbf"),
    ];
    for (const path of forms) expect((await buildMap(path, { name: "town" })).map).toEqual(map);
  });

  test("chains motorways by number, with the direction of their signs", async () => {
    const { network } = await built();
    const east = network.routes.find(({ id }) => id === "A40 east");
    expect(east).toMatchObject({ ref: "A40", direction: "Dortmund", divided: true });
    expect(east?.links.map(({ id }) => id)).toEqual(["100.0", "101.0"]);
    expect(east?.links.map(({ limitMps }) => limitMps)).toEqual([undefined, 100 / 3.6]);
    expect(east?.links[1]).toMatchObject({ lanes: 3, oneWay: true, level: 1, flags: { bridge: true } });
    expect(network.routes.find(({ id }) => id === "A40 west")).toMatchObject({ direction: "west" });
  });

  test("makes ramps routes of their own that are entered from the road", async () => {
    const { network } = await built();
    const ramp = network.links.find(({ id }) => id === "103.0");
    expect(ramp).toMatchObject({
      oneWay: true,
      flags: { ramp: true },
      route: { ref: "", direction: "Homberg" },
    });
    expect(ramp?.previous.map((index) => network.links[index]?.id)).toEqual(["100.0"]);
  });

  test("joins the exits of both directions to one marker on each carriageway", async () => {
    const { map, network } = await built();
    expect(map.features.filter(({ geometry }) => geometry.type === "Point")).toHaveLength(1);
    const markers = network.routes.filter(({ ref }) => ref === "A40").map((route) => route.markers);
    expect(markers.map((some) => some.map(({ name }) => name))).toEqual([
      ["Homberg & Ruhr (11)"],
      ["Homberg & Ruhr (11)"],
    ]);
  });

  test("makes two links of a two-way road, and lets the signal stop those who drive to the junction", async () => {
    const { network } = await built();
    const link = (id: string) => network.links.find((one) => one.id === id);
    expect(link("104.0")).toMatchObject({ lanes: 2, oneWay: false, flags: { signal: true, urban: true } });
    expect(link("104.1r")?.flags).toEqual({ urban: true });
    expect(link("104.0")?.route).not.toBe(link("104.0r")?.route);
    expect(link("104.0r")?.next).toEqual([]);
    expect(link("106.0")?.limitMps).toBeCloseTo(7 / 3.6);
    expect(
      link("106.0")
        ?.next.map((index) => network.links[index]?.id)
        .sort(),
    ).toEqual(["104.1r", "105.0.0", "106.1"]);
  });

  test("cuts out bus stops and car parks as places of ordinary halting", async () => {
    const { network, summary } = await built();
    const halting = network.links.filter(({ flags }) => flags.halting === true);
    expect(halting.map(({ id }) => id).sort()).toEqual(["105.0.1", "105.0.1r", "108.0", "108.0r"]);
    const stop = network.links.find(({ id }) => id === "105.0.1");
    expect((stop?.toM ?? 0) - (stop?.fromM ?? 0)).toBeCloseTo(60, 0);
    expect(summary.lengthKmByClass).toMatchObject({ motorway: 4, parking: 0.2 });
  });

  test("tells what it left out and why", async () => {
    const { summary } = await built(WORLD, { classes: ["motorway"] });
    expect(summary).toMatchObject({ links: 4, routes: 3, rampRoutes: 1, lengthKm: 4.5 });
    expect(summary.leftOut).toEqual({
      "class secondary is not chosen": 2,
      "class residential is not chosen": 1,
      "class service is not chosen": 1,
      "closed to motor vehicles": 1,
      "no road for motor vehicles": 1,
    });
  });

  test("keeps what touches the box, and names the map after its file", async () => {
    const path = saved(asXml(WORLD), "town.osm");
    const { latitudeDeg, longitudeDeg } = { latitudeDeg: 51.4, longitudeDeg: 6.7 };
    const box = {
      southDeg: latitudeDeg - 0.0001,
      westDeg: longitudeDeg,
      northDeg: latitudeDeg + 0.0001,
      eastDeg: longitudeDeg + 0.001,
    };
    const { map } = await buildMap(path, { box });
    expect(map.name).toBe("town");
    expect(map.features.map(({ id }) => id)).toEqual(["100.0", "A40 Homberg & Ruhr (11)"]);
  });

  test("takes kilometres from posts, rising in one direction and falling in the other", async () => {
    const post = (eastM: number, km: number, ref = "A40") => {
      const { lat, lon } = at(0, eastM, 12);
      return {
        point: { latitudeDeg: lat, longitudeDeg: lon },
        ref,
        km,
        name: "",
        kind: "kilometre" as const,
      };
    };
    const posts = [post(0, 35), post(500, 35.5), post(900, 41), post(1_500, 36.45), post(600, 7, "A3")];
    const { network, summary } = await built(WORLD, { classes: ["motorway"], posts });
    const kmAt = (id: string, share: number): number | undefined => {
      const route = network.routes.find((one) => one.id === id);
      return route === undefined ? undefined : network.kmAt(route, route.lengthM * share);
    };
    expect(kmAt("A40 east", 0)).toBeCloseTo(35, 2);
    expect(kmAt("A40 east", 0.5)).toBeCloseTo(35.975, 2);
    expect(kmAt("A40 east", 1)).toBeCloseTo(36.95, 2);
    expect(kmAt("A40 west", 1)).toBeCloseTo(35, 2);
    expect(summary.linksWithKm).toBe(3);
  });

  test("does not depend on the order of the file", async () => {
    const { map } = await built();
    const turned = { nodes: WORLD.nodes.toReversed(), ways: WORLD.ways.toReversed() };
    const again = (await built(turned)).map;
    const sorted = ({ features }: typeof map) => features.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(sorted(again).map(({ id }) => id)).toEqual(sorted(map).map(({ id }) => id));
    const routes = ({ features }: typeof map) =>
      Object.fromEntries(features.map(({ id, properties }) => [id, properties["route"]]));
    expect(routes(again)).toEqual(routes(map));
  });
});

describe("what is no extract", () => {
  const refusal = (bytes: string | Uint8Array, name = "x.osm"): Promise<string> =>
    buildMap(saved(bytes, name)).then(
      () => "built",
      (error: Error) => `${error.name}: ${error.message}`,
    );

  test("is refused in one sentence that says why", async () => {
    expect(await refusal("<gpx></gpx>")).toBe("MapBuildError: it is no road map: its root is <gpx>");
    expect(await refusal("id,lat\n1,2\n")).toBe("MapBuildError: it is no XML");
    expect(await refusal("")).toBe("MapBuildError: it is no road map: it holds no XML elements");
    expect(await refusal("<osm><way id='1'>")).toMatch(/ends inside <osm> <way>: the file is not whole/);
    expect(await refusal("<osm></way></osm>")).toMatch(/closes <way>, where <osm> is open/);
    expect(await refusal("<osm/>")).toMatch(/no roads of the chosen classes/);
  });

  test("is told from half a file, packed or not", async () => {
    const packed = gzipSync(asXml(WORLD));
    expect(await refusal(packed.subarray(0, packed.length - 20))).toMatch(
      /packed and breaks off after \d+ bytes/,
    );
    const pbf = asPbf(WORLD);
    expect(await refusal(pbf.subarray(0, pbf.length - 20))).toMatch(/the file ends inside a block/);
    const history = asPbf(WORLD, { features: ["HistoricalInformation"] });
    expect(await refusal(history)).toMatch(/needs a reader that knows HistoricalInformation/);
  });

  test("names a class that is none", async () => {
    await expect(built(WORLD, { classes: ["motorwya"] })).rejects.toMatchObject({
      message: "motorwya is no class of roads",
      hint: "Did you mean motorway?",
    });
  });
});
