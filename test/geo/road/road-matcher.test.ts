import { describe, expect, it } from "vitest";
import { readRoadMap } from "../../../src/geo/road/road-map.ts";
import { RoadMatcher, type RoadReport } from "../../../src/geo/road/road-matcher.ts";
import { linkFeature, type Metres, mapOf } from "../../support/roads.ts";
import { matchesOf, reportsOf, shareOn, wayOf } from "./tracks.ts";

/** A carriageway in three links, its opposite 15 m beside, a ramp that leaves it, and a bridge across. */
const THERE: Metres[] = [
  [0, 0],
  [1_000, 0],
  [1_600, 0],
  [3_000, 0],
];
const BACK: Metres[] = [
  [3_000, 15],
  [0, 15],
];
const RAMP: Metres[] = [
  [1_000, 0],
  [1_100, -5],
  [1_200, -18],
  [1_300, -45],
  [1_400, -90],
  [1_450, -160],
];
const ON_RAMP: Metres[] = [
  [1_200, -110],
  [1_350, -50],
  [1_450, -18],
  [1_530, -6],
  [1_600, 0],
];
const BRIDGE: Metres[] = [
  [2_200, -800],
  [2_200, 800],
];
const carriageway = { ref: "A1", direction: "East", lanes: 2, divided: true };
const roads = readRoadMap(
  mapOf(
    linkFeature("t1", [THERE[0] as Metres, THERE[1] as Metres], { ...carriageway, route: "there", order: 1 }),
    linkFeature("t2", [THERE[1] as Metres, THERE[2] as Metres], { ...carriageway, route: "there", order: 2 }),
    linkFeature("t3", [THERE[2] as Metres, THERE[3] as Metres], { ...carriageway, route: "there", order: 3 }),
    linkFeature("back", BACK, { ...carriageway, direction: "West" }),
    linkFeature("off", RAMP, { ramp: true }),
    linkFeature("on", ON_RAMP, { ramp: true }),
    linkFeature("bridge", BRIDGE, { level: 1, bridge: true }),
    linkFeature(
      "parallel",
      [
        [3_000, -200],
        [0, -200],
      ],
      { lanes: 1 },
    ),
    linkFeature(
      "frontage",
      [
        [0, -220],
        [3_000, -220],
      ],
      { lanes: 1 },
    ),
    linkFeature(
      "frontage2",
      [
        [0, -240],
        [3_000, -240],
      ],
      { lanes: 1 },
    ),
  ),
);

const drive = (line: readonly Metres[], more = {}) => reportsOf({ line, speedMps: 30, errorM: 1.5, ...more });

describe("a vehicle on its way", () => {
  it.each([1, 2, 5, 10])("follows its carriageway at %d Hz", (hz) => {
    const matches = matchesOf(roads, drive(THERE, { hz }));
    expect(wayOf(matches)).toBe("t1 t2 t3");
    const last = matches.at(-1);
    expect(last?.routeM).toBeCloseTo(3_000, -2);
    expect(last?.steps).toBe(matches.length);
    expect(last?.drivenM).toBeGreaterThan(2_900);
    expect(last?.confidence).toBeGreaterThan(0.9);
  });

  it("is told from the other direction by its heading, whatever lane it uses", () => {
    for (const rightM of [-4, 0, 4]) {
      expect(wayOf(matchesOf(roads, drive(BACK, { rightM })))).toBe("back");
    }
  });

  it("leaves by a ramp, and comes back by one", () => {
    const leaving = matchesOf(roads, drive([[500, 0], ...RAMP], { speedMps: 22, hz: 5 }));
    expect(wayOf(leaving.filter((match) => match !== undefined))).toMatch(/^t1 (t2 )?off$/);
    const joining = matchesOf(roads, drive([...ON_RAMP, [2_500, 0]], { speedMps: 22, hz: 5 }));
    expect(wayOf(joining.filter((match) => match !== undefined))).toBe("on t3");
  });

  it("is not led astray by a ramp that it passes", () => {
    const shares = Array.from({ length: 50 }, (_, i) => {
      const matches = matchesOf(roads, drive(THERE, { seed: i + 1, hz: 2, errorM: 2 }));
      expect(shareOn(matches, "t1", "t2", "t3")).toBeGreaterThan(0.95);
      return shareOn(matches, "off", "on");
    });
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.005);
  });

  it("passes under a bridge and over one", () => {
    expect(
      wayOf(
        matchesOf(
          roads,
          drive(
            [
              [1_700, 0],
              [2_900, 0],
            ],
            { hz: 10 },
          ),
        ),
      ),
    ).toBe("t3");
    expect(wayOf(matchesOf(roads, drive(BRIDGE, { hz: 10 })))).toBe("bridge");
  });

  it("keeps roads 20 m apart apart", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const matches = matchesOf(
        roads,
        drive(
          [
            [0, -220],
            [3_000, -220],
          ],
          { seed, errorM: 3, speedMps: 14 },
        ),
      );
      expect(shareOn(matches, "frontage2")).toBe(0);
      expect(shareOn(matches, "frontage")).toBeGreaterThan(0.9);
    }
  });

  it("is on no road where it is beside all of them, or across", () => {
    expect(
      wayOf(
        matchesOf(
          roads,
          drive([
            [0, -60],
            [900, -60],
          ]),
        ),
      ),
    ).toBe("-");
    expect(
      wayOf(
        matchesOf(
          roads,
          drive([
            [500, -150],
            [500, -20],
          ]),
        ),
      ),
    ).toBe("-");
  });

  it("says nothing between two roads where either may be meant", () => {
    const matches = matchesOf(
      roads,
      drive(
        [
          [0, -230],
          [1_500, -230],
        ],
        { errorM: 0 },
      ),
    );
    expect(wayOf(matches)).toBe("-");
  });
});

describe("a vehicle that stands", () => {
  const standing = (from: RoadReport, seconds: number, headings: readonly number[]): RoadReport[] =>
    Array.from({ length: seconds }, (_, i) => ({
      ...from,
      atMs: from.atMs + (i + 1) * 1_000,
      speedMps: 0,
      headingDeg: headings[i % headings.length] ?? 0,
    }));

  it("keeps its road, though its heading turns round", () => {
    const driven = drive([
      [0, 0],
      [800, 0],
    ]);
    const stood = standing(driven.at(-1) as RoadReport, 60, [90, 200, 350, 20]);
    const matches = matchesOf(roads, [...driven, ...stood]);
    expect(wayOf(matches)).toBe("t1");
    expect(matches.at(-1)?.against).toBe(false);
    expect(matches.at(-1)?.offsetM).toBeCloseTo(matches[driven.length - 1]?.offsetM ?? 0, 6);
  });

  it("is found where it stood from the first, but never against the traffic", () => {
    const [first] = drive(
      [
        [400, 0],
        [800, 0],
      ],
      { errorM: 0 },
    );
    expect(wayOf(matchesOf(roads, standing(first as RoadReport, 5, [85])))).toBe("t1");
    expect(wayOf(matchesOf(roads, standing(first as RoadReport, 30, [270])))).not.toContain("!");
  });
});

describe("a driver against the traffic", () => {
  const wrongWay = (line: readonly Metres[], more = {}) =>
    drive([...line].reverse(), { speedMps: 25, ...more });

  it("is seen on a motorway within 3 s, with the accuracy that cars report", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const matches = matchesOf(roads, wrongWay(THERE, { seed, hz: 10, accuracyM: 3.7 }));
      const found = matches.findIndex((match) => match?.against);
      expect(found).toBeGreaterThanOrEqual(3);
      expect(found).toBeLessThan(30);
      expect(matches[found]?.drivenM).toBeGreaterThanOrEqual(10);
    }
  });

  it("is followed from the ramp onto the carriageway and along it, also beside the median", () => {
    const line: Metres[] = [[1_450, -160], ...RAMP.toReversed().slice(1), [0, 2]];
    const matches = matchesOf(roads, drive(line, { speedMps: 20, hz: 5, errorM: 1.5, accuracyM: 3.7 }));
    const known = wayOf(matches.filter((match) => match !== undefined));
    expect(known).toBe("off! t1!");
    expect(shareOn(matches, "off", "t1")).toBeGreaterThan(0.9);
  });

  it("is none for turning round on a road of two directions", () => {
    const street = readRoadMap(
      mapOf(
        linkFeature(
          "east",
          [
            [0, -2],
            [1_000, -2],
          ],
          { one_way: false },
        ),
        linkFeature(
          "west",
          [
            [1_000, 2],
            [0, 2],
          ],
          { one_way: false },
        ),
      ),
    );
    const turn: Metres[] = [
      [0, -2],
      [500, -2],
      [505, 0],
      [500, 2],
      [0, 2],
    ];
    const matches = matchesOf(street, drive(turn, { speedMps: 10, hz: 5, errorM: 1 }));
    expect(wayOf(matches)).not.toContain("!");
    expect(wayOf(matches.filter((match) => match !== undefined))).toBe("east west");
  });

  it("is one where a car turns round on a carriageway", () => {
    const turn: Metres[] = [
      [0, 0],
      [700, 0],
      [705, 2],
      [700, 4],
      [0, 4],
    ];
    const matches = matchesOf(roads, drive(turn, { speedMps: 12, hz: 5, errorM: 1, accuracyM: 2.5 }));
    expect(wayOf(matches.filter((match) => match !== undefined))).toBe("t1 t1!");
  });

  it("is none among many that drive as they should, with errors of 3 m", () => {
    let reports = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const line = seed % 2 === 0 ? THERE : BACK;
      const matches = matchesOf(roads, drive(line, { seed, errorM: 3, rightM: -1.75 }));
      reports += matches.length;
      expect(matches.some((match) => match?.against)).toBe(false);
    }
    expect(reports).toBeGreaterThan(9_000);
  });
});

describe("edges of maps and tracks", () => {
  it("lets go where the map ends, and takes hold where it begins again", () => {
    const line: Metres[] = [
      [-600, 0],
      [3_700, 0],
    ];
    const matches = matchesOf(roads, drive(line, { errorM: 1 }));
    expect(wayOf(matches)).toBe("- t1 t2 t3 -");
  });

  it("follows links shorter than a report's way: 50 m/s at 1 Hz over links of 8 m", () => {
    const pieces = Array.from({ length: 100 }, (_, i) =>
      linkFeature(
        `p${i}`,
        [
          [i * 8, 0],
          [(i + 1) * 8, 0],
        ],
        { route: "r", order: i },
      ),
    );
    const short = readRoadMap(mapOf(...pieces));
    const matches = matchesOf(
      short,
      drive(
        [
          [0, 0],
          [799, 0],
        ],
        { speedMps: 50, errorM: 1 },
      ),
    );
    expect(matches.every((match) => match !== undefined)).toBe(true);
    const steps = matches.map((match, i) => Math.abs((match?.routeM ?? 0) - i * 50));
    expect(Math.max(...steps)).toBeLessThan(6);
    expect(matches.at(-1)?.steps).toBe(matches.length);
  });

  it("drives round a roundabout and out of it", () => {
    const circle = (fromDeg: number, toDeg: number): Metres[] =>
      Array.from({ length: 9 }, (_, i) => {
        const rad = ((fromDeg + ((toDeg - fromDeg) * i) / 8) * Math.PI) / 180;
        return [25 * Math.sin(rad), 25 * Math.cos(rad)] as const;
      });
    const ring = { route: "ring", roundabout: true };
    const south = circle(270, 180);
    const east = circle(180, 90);
    const rest = circle(90, -90);
    const round = readRoadMap(
      mapOf(
        linkFeature("in", [
          [-300, 0],
          [-25, 0],
        ]),
        linkFeature("south", south, { ...ring, order: 0 }),
        linkFeature("east", east, { ...ring, order: 1 }),
        linkFeature("rest", rest, { ...ring, order: 2 }),
        linkFeature("out", [
          [25, 0],
          [300, 0],
        ]),
        linkFeature("down", [
          [0, -25],
          [0, -300],
        ]),
      ),
    );
    const line: Metres[] = [[-300, 0], ...south, ...east.slice(1), [300, 0]];
    const matches = matchesOf(round, drive(line, { speedMps: 8, hz: 5, errorM: 1 }));
    expect(wayOf(matches.filter((match) => match !== undefined))).toBe("in south east out");
  });

  it("begins anew after a long silence", () => {
    const before = drive([
      [0, 0],
      [800, 0],
    ]);
    const after = drive(BRIDGE).map((report) => ({ ...report, atMs: report.atMs + 100_000 }));
    const matches = matchesOf(roads, [...before, ...after]);
    expect(wayOf(matches)).toBe("t1 bridge");
    expect(matches[before.length]?.steps).toBe(1);
  });

  it("goes without headings once the way tells the direction", () => {
    const matches = matchesOf(roads, drive(BACK, { noHeading: true }));
    expect(wayOf(matches.slice(3))).toBe("back");
  });

  it("goes on from a snapshot as if nothing had happened, at any report", () => {
    const line: Metres[] = [[500, 0], ...RAMP];
    const reports = drive(line, { speedMps: 20, hz: 5, errorM: 3 });
    const straight = matchesOf(roads, reports);
    for (let cut = 1; cut < reports.length; cut += 7) {
      const matcher = new RoadMatcher(roads);
      const track = matcher.newTrack();
      const before = matchesOf(roads, reports.slice(0, cut), { matcher, track });
      const other = new RoadMatcher(roads);
      const restored = other.restoreTrack(JSON.parse(JSON.stringify(track.snapshot())));
      const after = matchesOf(roads, reports.slice(cut), { matcher: other, track: restored });
      expect([...before, ...after]).toEqual(straight);
    }
  });

  it("forgets hypotheses about links that the map has lost", () => {
    const matcher = new RoadMatcher(roads);
    const track = matcher.newTrack();
    matchesOf(roads, drive(BRIDGE), { matcher, track });
    const other = readRoadMap(
      mapOf(
        linkFeature("else", [
          [0, 0],
          [100, 0],
        ]),
      ),
    );
    const restored = new RoadMatcher(other).restoreTrack(track.snapshot());
    expect(new RoadMatcher(other).matchOf(restored)).toBeUndefined();
  });
});
