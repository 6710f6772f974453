import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CommandFailure } from "../../src/cli/io.ts";
import { areaFrom, cursorFrom, filterFrom } from "../../src/cli/subscription-options.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof CommandFailure) return [error.message, error.hint].filter(Boolean).join(" ");
    throw error;
  }
  throw new Error("nothing was refused");
}

function geoJsonFile(content: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "roadpulse-polygon-")), "area.geojson");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const RING = [
  [6.7, 51.4],
  [6.8, 51.4],
  [6.8, 51.5],
  [6.7, 51.4],
];

const POINTS = [
  { latitudeDeg: 51.4, longitudeDeg: 6.7 },
  { latitudeDeg: 51.4, longitudeDeg: 6.8 },
  { latitudeDeg: 51.5, longitudeDeg: 6.8 },
];

describe("areas", () => {
  test("no flag means everywhere", () => expect(areaFrom({})).toEqual({ form: "everywhere" }));

  test("a box is south, west, north, east and may cross the antimeridian", () => {
    expect(areaFrom({ bbox: "-10,170,10.5,-170" })).toEqual({
      form: "box",
      box: { southDeg: -10, westDeg: 170, northDeg: 10.5, eastDeg: -170 },
    });
  });

  test("a circle is a place and metres", () => {
    expect(areaFrom({ circle: "51.43, 6.76, 2000" })).toEqual({
      form: "circle",
      center: { latitudeDeg: 51.43, longitudeDeg: 6.76 },
      radiusM: 2000,
    });
  });

  test.each([
    ["a polygon", { type: "Polygon", coordinates: [RING] }],
    ["a feature", { type: "Feature", geometry: { type: "Polygon", coordinates: [RING] } }],
    [
      "a collection of one",
      {
        type: "FeatureCollection",
        features: [{ type: "Feature", geometry: { type: "Polygon", coordinates: [RING] } }],
      },
    ],
  ])("%s in a GeoJSON file, its ring opened", (_name, content) => {
    expect(areaFrom({ polygon: geoJsonFile(content) })).toEqual({ form: "polygon", points: POINTS });
  });
});

test("the filter takes lists with blanks or commas", () => {
  expect(filterFrom({})).toEqual(EVERY_ALERT);
  const flags = {
    kind: ["congestion,queue-end", "wrong-way"],
    cause: ["94"],
    minSeverity: "3",
    minConfidence: "50",
    confirmed: true,
  };
  expect(filterFrom(flags)).toEqual({
    kinds: ["congestion", "queue-end", "wrong-way"],
    causeCodes: [94],
    minSeverity: 3,
    minConfidencePct: 50,
    confirmedOnly: true,
  });
});

test("a cursor is epoch:sequence", () =>
  expect(cursorFrom("1760000000:42")).toEqual({ epoch: 1_760_000_000, sequence: 42 }));

test("every mistake is named with what was meant", () => {
  const mistakes: [() => unknown, string | RegExp][] = [
    [
      () => areaFrom({ bbox: "51,6,52" }),
      "--bbox takes south,west,north,east in degrees, e.g. 51.3,6.6,51.6,6.9, not 51,6,52.",
    ],
    [() => areaFrom({ bbox: "51,6,,7" }), /^--bbox takes/],
    [
      () => areaFrom({ bbox: "52,6,51,7" }),
      "--bbox: south 52 lies north of north 51. The order is south,west,north,east.",
    ],
    [() => areaFrom({ bbox: "51,6,91,7" }), "--bbox: north must be from -90 to 90, not 91."],
    [() => areaFrom({ circle: "51,6,0" }), "--circle: the radius must be from 1 to 500000, not 0."],
    [
      () => filterFrom({ kind: ["stationary-vehicel"] }),
      "--kind stationary-vehicel is not a kind of alert. Did you mean stationary-vehicle?",
    ],
    [
      () => filterFrom({ kind: ["zzzzzzzzzzzz"] }),
      /^--kind zzzzzzzzzzzz is not a kind of alert\. Kinds are emergency-brake, /,
    ],
    [() => filterFrom({ minSeverity: "6" }), "--min-severity must be a whole number from 1 to 5, not 6."],
    [() => filterFrom({ cause: ["-1"] }), "--cause must be a whole number from 0 to 255, not -1."],
    [
      () => cursorFrom("42"),
      "--resume takes epoch:sequence, not 42. Take the cursor that tail printed when it ended.",
    ],
    [
      () => areaFrom({ polygon: "/nonexistent.geojson" }),
      /^The polygon file \/nonexistent\.geojson cannot be read: /,
    ],
    [
      () => areaFrom({ polygon: geoJsonFile({ type: "Point" }) }),
      /holds no single GeoJSON polygon\. Give it one Polygon/,
    ],
    [
      () => areaFrom({ polygon: geoJsonFile({ type: "Polygon", coordinates: [RING, RING] }) }),
      /has 2 rings\. Areas have one/,
    ],
    [
      () =>
        areaFrom({
          polygon: geoJsonFile({
            type: "Polygon",
            coordinates: [
              [
                [6, 51],
                [7, 51],
              ],
            ],
          }),
        }),
      /has 2 corners\. Areas take 3 to 1000\./,
    ],
    [
      () =>
        areaFrom({
          polygon: geoJsonFile({
            type: "Polygon",
            coordinates: [
              [
                [51, 6],
                [6, 151],
                [7, 8],
              ],
            ],
          }),
        }),
      /^Point 1 of the polygon .* is no place on earth: \[6,151\]\. GeoJSON positions are \[longitude, latitude\]/,
    ],
  ];
  for (const [act, sentence] of mistakes) {
    if (typeof sentence === "string") expect(refusal(act)).toBe(sentence);
    else expect(refusal(act)).toMatch(sentence);
  }
});
