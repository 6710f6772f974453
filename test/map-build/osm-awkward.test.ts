import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RoadNetwork } from "../../src/domain/road.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { buildMap, type MapBuildOptions } from "../../src/map-build/build.ts";
import { asXml, at, type TestNode, type TestWay } from "./osm-world.ts";

async function built(nodes: readonly TestNode[], ways: readonly TestWay[], options: MapBuildOptions = {}) {
  const path = join(mkdtempSync(join(tmpdir(), "roadpulse-osm-")), "town.osm");
  writeFileSync(path, asXml({ nodes, ways }));
  const { map } = await buildMap(path, { name: "town", ...options });
  return readRoadMap(map);
}

/** Ids of the links that can be driven to from a link. */
function nextOf(network: RoadNetwork, id: string): string[] {
  const link = network.links.find((one) => one.id === id);
  return (link?.next ?? []).map((index) => network.links[index]?.id ?? "").sort();
}

const idsOf = (network: RoadNetwork): string[] => network.links.map(({ id }) => id).sort();

describe("awkward places of OpenStreetMap", () => {
  test("a roundabout is driven round, one way, entered and left at each arm", async () => {
    const nodes = [at(1, 20, 0), at(2, 0, 20), at(3, -20, 0), at(4, 0, -20), at(5, 300, 0), at(6, -300, 0)];
    const network = await built(nodes, [
      { id: 1, nodes: [1, 2, 3, 4, 1], tags: { highway: "secondary", junction: "roundabout" } },
      { id: 2, nodes: [5, 1], tags: { highway: "secondary", name: "East" } },
      { id: 3, nodes: [6, 3], tags: { highway: "secondary", name: "West" } },
    ]);
    const ring = network.links.filter(({ flags }) => flags.roundabout);
    expect(ring.map(({ oneWay }) => oneWay)).toEqual([true, true]);
    expect(nextOf(network, "2.0")).toEqual([ring[0]?.id]);
    expect(nextOf(network, ring[0]?.id ?? "")).toEqual(["3.0r", ring[1]?.id].sort());
    expect(nextOf(network, ring[1]?.id ?? "")).toEqual(["2.0r", ring[0]?.id].sort());
  });

  test("oneway=-1 is driven against the order of its nodes", async () => {
    const network = await built(
      [at(1, 0, 0), at(2, 500, 0), at(3, 1_000, 0)],
      [
        { id: 1, nodes: [1, 2], tags: { highway: "primary", ref: "B 1", oneway: "-1", lanes: "2" } },
        { id: 2, nodes: [3, 2], tags: { highway: "primary", ref: "B 1", oneway: "yes", lanes: "2" } },
      ],
    );
    expect(idsOf(network)).toEqual(["1.0r", "2.0"]);
    expect(nextOf(network, "2.0")).toEqual(["1.0r"]);
    expect(network.routes.map(({ links }) => links.map(({ id }) => id))).toEqual([["2.0", "1.0r"]]);
    const [link] = network.links.filter(({ id }) => id === "1.0r");
    expect(link).toMatchObject({ oneWay: true, lanes: 2 });
    expect(link?.points[0]?.longitudeDeg).toBeGreaterThan(link?.points.at(-1)?.longitudeDeg ?? 0);
  });

  test("a bridge crosses without a connection, and has its level", async () => {
    const network = await built(
      [at(1, -500, 0), at(2, 500, 0), at(3, 0, -500), at(4, 0, -30), at(5, 0, 30), at(6, 0, 500)],
      [
        { id: 1, nodes: [1, 2], tags: { highway: "motorway", ref: "A 3" } },
        { id: 2, nodes: [3, 4], tags: { highway: "tertiary", name: "Over" } },
        { id: 3, nodes: [4, 5], tags: { highway: "tertiary", name: "Over", bridge: "yes", layer: "1" } },
        { id: 4, nodes: [5, 6], tags: { highway: "tertiary", name: "Over" } },
      ],
    );
    expect(nextOf(network, "1.0")).toEqual([]);
    expect(network.links.find(({ id }) => id === "3.0")).toMatchObject({ level: 1, flags: { bridge: true } });
    expect(network.routes.find(({ links }) => links[0]?.id === "2.0")?.links.map(({ id }) => id)).toEqual([
      "2.0",
      "3.0",
      "4.0",
    ]);
  });

  test("a two-way trunk road is two routes, neither divided nor one way; a ramp leads on to it", async () => {
    const network = await built(
      [at(1, 0, 0), at(2, 1_000, 0), at(3, 2_000, 0), at(4, 600, 200)],
      [
        { id: 1, nodes: [1, 2, 3], tags: { highway: "trunk", ref: "B 8", lanes: "3", maxspeed: "100" } },
        { id: 2, nodes: [4, 2], tags: { highway: "trunk_link", oneway: "yes" } },
      ],
    );
    const trunk = network.routes.filter(({ ref }) => ref === "B8");
    expect(trunk.map(({ lengthM }) => Math.round(lengthM / 100))).toEqual([20, 20]);
    expect(trunk.map(({ divided }) => divided)).toEqual([false, false]);
    expect(trunk.flatMap(({ links }) => links.map(({ oneWay, lanes }) => [oneWay, lanes]))).toEqual([
      [false, 1],
      [false, 1],
      [false, 1],
      [false, 1],
    ]);
    expect(network.links.find(({ flags }) => flags.ramp)?.route.ref).not.toBe("B8");
    expect(nextOf(network, "2.0")).toEqual(["1.0r", "1.1"]);
  });
});

describe("rest areas and services", () => {
  const nodes = [
    at(1, 0, 0),
    at(2, 1_000, 0),
    at(3, 2_000, 0),
    at(4, 1_200, -40),
    at(5, 1_400, -60),
    at(6, 1_150, -30),
    at(7, 1_500, -30),
    at(8, 1_500, -120),
    at(9, 1_150, -120),
    at(10, 1_300, -100),
  ];
  const ways: TestWay[] = [
    { id: 1, nodes: [1, 2, 3], tags: { highway: "motorway", ref: "A 3" } },
    { id: 2, nodes: [2, 4], tags: { highway: "motorway_link", oneway: "yes" } },
    { id: 3, nodes: [4, 5], tags: { highway: "motorway_link", oneway: "yes" } },
    { id: 4, nodes: [5, 10], tags: { highway: "service" } },
    { id: 5, nodes: [4, 10], tags: { highway: "service", service: "parking_aisle" } },
    { id: 6, nodes: [6, 7, 8, 9, 6], tags: { highway: "services", name: "Ohligser Heide" } },
    { id: 7, nodes: [1, 9], tags: { highway: "service" } },
  ];

  test.each([[["motorway"]], [undefined]])(
    "are places of halting, also on a map of motorways only",
    async (classes) => {
      const network = await built(nodes, ways, classes === undefined ? {} : { classes });
      const halting = network.links.filter(({ flags }) => flags.halting).map(({ id }) => id);
      expect([...new Set(halting.map((id) => id.replace(/r$/, "")))].sort()).toEqual(["3.0", "4.0", "5.0"]);
      expect(network.links.some(({ id }) => id.startsWith("7."))).toBe(false);
      expect(network.links.find(({ id }) => id === "1.0")?.flags.halting).toBeUndefined();
    },
  );

  test("are named on the road that they lie beside", async () => {
    const network = await built(nodes, ways);
    const motorway = network.routes.find(({ ref }) => ref === "A3");
    expect(motorway?.markers).toMatchObject([{ kind: "rest-area", name: "Ohligser Heide" }]);
    expect(motorway?.markers[0]?.routeM).toBeGreaterThan(1_100);
    expect(motorway?.markers[0]?.routeM).toBeLessThan(1_550);
  });
});

describe("bends", () => {
  /** Straight, a quarter circle to the left, straight; drawn with points every 40 m. */
  function curve(radiusM: number): TestNode[] {
    const nodes: TestNode[] = [];
    const add = (eastM: number, northM: number): void => void nodes.push(at(nodes.length + 1, eastM, northM));
    for (let x = -1_000; x < 0; x += 100) add(x, 0);
    const steps = Math.ceil((radiusM * Math.PI) / 2 / 40);
    for (let i = 0; i <= steps; i++) {
      const angle = (i / steps) * (Math.PI / 2);
      add(radiusM * Math.sin(angle), radiusM * (1 - Math.cos(angle)));
    }
    for (let y = 100; y <= 1_000; y += 100) add(radiusM, radiusM + y);
    return nodes;
  }

  async function bendsOf(radiusM: number, tags: TestWay["tags"]): Promise<number[]> {
    const nodes = curve(radiusM);
    const network = await built(nodes, [{ id: 1, nodes: nodes.map(({ id }) => id), tags }]);
    expect(network.routes).toHaveLength(tags["oneway"] === "no" ? 2 : 1);
    return network.links.filter(({ flags }) => flags.bend).map(({ fromM, toM }) => Math.round(toM - fromM));
  }

  const motorway = { highway: "motorway", ref: "A 3" };

  test("are cut out of a motorway where a queue is seen too late", async () => {
    const [lengthM, ...others] = await bendsOf(400, motorway);
    expect(others).toEqual([]);
    expect(lengthM).toBeGreaterThan(600);
    expect(lengthM).toBeLessThan(900);
  });

  test.each([
    ["a wide curve", 2_500, motorway],
    ["one that a low limit makes harmless", 400, { ...motorway, maxspeed: "80" }],
    ["one within a town", 100, { highway: "primary", name: "Ring", oneway: "yes", maxspeed: "50" }],
  ])("are not: %s", async (_, radiusM, tags) => {
    expect(await bendsOf(radiusM, tags)).toEqual([]);
  });

  test("of a two-way road are bends in both directions", async () => {
    const bends = await bendsOf(150, { highway: "primary", ref: "B 8", oneway: "no", maxspeed: "100" });
    expect(bends).toHaveLength(2);
  });
});
