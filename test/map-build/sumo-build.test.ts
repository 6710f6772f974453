import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { buildMap, type MapBuildOptions } from "../../src/map-build/build.ts";
import { parsePosts } from "../../src/map-build/markers.ts";

const LOCATION = `<location netOffset="-330000.00,-5690000.00" convBoundary="0,0,1,1" origBoundary="6,51,7,52"
  projParameter="+proj=utm +zone=32 +ellps=WGS84 +datum=WGS84 +units=m +no_defs"/>`;

const lanes = (id: string, speed: number, ...shapes: readonly string[]): string =>
  shapes
    .map((shape, i) => `<lane shape="${shape}" index="${i}" id="${id}_${i}" speed="${speed}" length="1"/>`)
    .join("");

const edge = (id: string, type: string, fromTo: string, inside: string): string => {
  const [from, to] = fromTo.split(">");
  return `<edge id="${id}" from="${from}" to="${to}" priority="1" type='highway.${type}'>${inside}</edge>`;
};

/** A motorway of two edges with an exit; its second edge was cut in two parts by a guessed ramp. A street crosses below. */
const NET = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by <hand> -->
<net version="1.9">
${LOCATION}
<edge id=":b_0" function="internal">${lanes(":b_0", 27.78, "1000,-6 1005,-9 1010,-12")}</edge>
<edge id=":b_1" function="internal">${lanes(":b_1", 27.78, "1000,-3 1010,-3", "1000,0 1010,0")}</edge>
<edge id=":c_0" function="internal"><lane id=":c_0_0" index="0" speed="1" length="1" shape="1"/></edge>
${edge("A40p_10.00_11.00", "motorway", "a>b", lanes("e", 33.33, "0,-6 1000,-6", "0,-3 1000,-3", "0,0 1000,0"))}
${edge("A40p_11.00_12.00", "motorway", "b>c", lanes("f", 27.78, "1010,-3 1600,-3", "1010,0 1600,0"))}
${edge("A40p_11.00_12.00-AddedOffRampEdge", "motorway", "c>d", lanes("g", 27.78, "1600,-3 1990,-3", "1600,0 1990,0"))}
${edge("A40n_12.00_10.00", "motorway", "d>a", lanes("h", 27.78, "1990,20 0,20"))}
${edge("off", "motorway_link", "b>x", lanes("i", 16.67, "1010,-12 1200,-80"))}
${edge("street", "tertiary", "x>y", lanes("j", 13.89, "1210,-90 1210,-500"))}
${edge("back", "tertiary", "y>x", lanes("k", 13.89, "1215,-500 1215,-90"))}
<edge id="rail" from="x" to="y" type="railway.rail"><lane id="rail_0" index="0" allow="rail tram" speed="9" shape="0,0 9,9"/></edge>
<edge id="walk" function="walkingarea"><lane id="w_0" index="0" allow="pedestrian" speed="1" shape="0,0 9,9"/></edge>
<connection from="A40p_10.00_11.00" to="off" fromLane="0" toLane="0" via=":b_0_0" dir="r" state="M"/>
<connection from="A40p_10.00_11.00" to="A40p_11.00_12.00" fromLane="1" toLane="0" via=":b_1_0" dir="s" state="M"/>
<connection from="A40p_10.00_11.00" to="A40p_11.00_12.00" fromLane="2" toLane="1" via=":b_1_1" dir="s" state="M"/>
<connection from="A40p_11.00_12.00" to="A40p_11.00_12.00-AddedOffRampEdge" fromLane="0" toLane="0" dir="s" state="M"/>
<connection from="off" to="street" fromLane="0" toLane="0" tl="t" linkIndex="0" dir="s" state="o"/>
<connection from="back" to="street" fromLane="0" toLane="0" dir="t" state="M"/>
</net>
`;

function saved(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "roadpulse-sumo-")), "small.net.xml");
  writeFileSync(path, text);
  return path;
}

const GOOD = NET.replace(/<edge id=":c_0".*\n/, "");

async function built(text = GOOD, options: MapBuildOptions = {}) {
  const { map, summary } = await buildMap(saved(text), options);
  return { map, summary, network: readRoadMap(map) };
}

const refusal = (text: string): Promise<string> =>
  buildMap(saved(text)).then(
    () => "built",
    (error: Error) => error.message,
  );

describe("a SUMO network", () => {
  test("gives routes named by the ids of edges, with kilometres shared among the parts of an edge", async () => {
    const { network } = await built();
    const route = network.routes.find(({ id }) => id === "A40p");
    expect(route).toMatchObject({ ref: "A40", direction: "east", divided: true });
    expect(route?.links.map(({ id }) => id)).toEqual([
      "A40p_10.00_11.00",
      "A40p_11.00_12.00",
      "A40p_11.00_12.00-AddedOffRampEdge",
    ]);
    const [, second, third] = route?.links ?? [];
    expect(network.kmAt(route as never, second?.fromM ?? 0)).toBeCloseTo(11);
    expect(network.kmAt(route as never, third?.fromM ?? 0)).toBeCloseTo(11.606, 2);
    expect(network.kmAt(route as never, route?.lengthM ?? 0)).toBeCloseTo(12);
    const back = network.routes.find(({ id }) => id === "A40n");
    expect(network.kmAt(back as never, 0)).toBe(12);
  });

  test("leaves no gap across junctions, and straightens the step where a lane ends", async () => {
    const { network } = await built();
    const route = network.routes.find(({ id }) => id === "A40p");
    for (const [i, link] of (route?.links ?? []).entries()) {
      expect(link.fromM).toBeCloseTo(route?.links[i - 1]?.toM ?? 0, 9);
    }
    // Both lines from the end of the first edge, 1.5 m south of the second one's middle.
    expect(route?.links[1]?.points).toHaveLength(2);
    expect(route?.lengthM).toBeCloseTo(1990 / 0.9999, -1);
    const ramp = network.links.find(({ id }) => id === "off");
    expect((ramp?.toM ?? 0) - (ramp?.fromM ?? 0)).toBeGreaterThan(210);
  });

  test("lies where it lies on earth", async () => {
    const { network } = await built();
    const [first] = network.links.find(({ id }) => id === "A40p_10.00_11.00")?.points ?? [];
    // Zone 32, east 330000, north 5690000 − 3: PROJ by way of netconvert.
    expect(first?.latitudeDeg).toBeCloseTo(51.3358091, 6);
    expect(first?.longitudeDeg).toBeCloseTo(6.5594793, 6);
  });

  test("tells signals, limits, lanes, ramps and two-way roads", async () => {
    const { network } = await built();
    const link = (id: string) => network.links.find((one) => one.id === id);
    expect(link("A40p_10.00_11.00")).toMatchObject({ lanes: 3, limitMps: 120 / 3.6, oneWay: true });
    expect(link("off")).toMatchObject({ flags: { ramp: true, signal: true } });
    expect(link("street")).toMatchObject({ oneWay: false, flags: { urban: true } });
    expect(link("street")?.route).not.toBe(link("back")?.route);
    expect(
      link("A40p_10.00_11.00")
        ?.next.map((i) => network.links[i]?.id)
        .sort(),
    ).toEqual(["A40p_11.00_12.00", "off"]);
  });

  test("knows a two-way street whose directions are cut at different places", async () => {
    const cut = GOOD.replace('from="y" to="x"', 'from="y" to="z"').replace('id="back"', 'id="back#1"');
    const { network } = await built(cut);
    const oneWay = Object.fromEntries(network.links.map((link) => [link.id, link.oneWay]));
    expect(oneWay).toMatchObject({ street: false, "back#1": false, "A40n_12.00_10.00": true, off: true });
  });

  test("takes the names of junctions and directions that it is given", async () => {
    const posts = parsePosts(
      {
        type: "FeatureCollection",
        features: [
          post("A40", 11.2, "AS Homberg"),
          post("A40", 11.5, ""),
          post("A40", 11.7, "AK Duisburg"),
          post("A3", 11, "AS Elsewhere"),
        ],
      },
      "posts.geojson",
    );
    const { network, summary } = await built(undefined, {
      posts,
      directions: new Map([["A40p", "Dortmund"]]),
    });
    const route = network.routes.find(({ id }) => id === "A40p");
    expect(route?.direction).toBe("Dortmund");
    expect(route?.markers.map(({ name, kind }) => [name, kind])).toEqual([
      ["AS Homberg", "junction"],
      ["AK Duisburg", "interchange"],
    ]);
    expect(summary.leftOut).toEqual({ "not for road vehicles": 1, "walking area": 1 });
  });

  test("is refused where it is broken or lies nowhere", async () => {
    expect(await refusal(NET)).toBe("lane :c_0_0 has a position that is none: 1");
    expect(await refusal(GOOD.replace(/<location[^>]*>/, ""))).toMatch(/^it has no <location>/);
    expect(await refusal(GOOD.replace(/projParameter="[^"]*"/, 'projParameter="!"'))).toMatch(
      /no projection/,
    );
    expect(await refusal(GOOD.replace("+proj=utm", "+proj=lcc"))).toMatch(/^its projection is not known/);
    expect(await refusal(GOOD.replace("</net>", ""))).toMatch(/^it ends inside <net>/);
    expect(await refusal(`<net>${LOCATION}</net>`)).toBe("it holds no roads that vehicles may drive on");
  });
});

function post(road: string, km: number, node: string) {
  const coordinates = [6.5653 + (km - 11) * 0.0144, 51.336];
  return { type: "Feature", geometry: { type: "Point", coordinates }, properties: { road, km, node } };
}
