import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AlertShapes } from "../../src/evaluate/alert-shape.ts";
import { type Episode, ofTier } from "../../src/evaluate/episode.ts";
import { type Judgement, judge, OUTCOMES } from "../../src/evaluate/match.ts";
import type { Scene } from "../../src/evaluate/scene.ts";
import { type AlertPlan, at, episodesOf, sceneOf, traffic, truthFile } from "./world.ts";

const QUEUE = { onS: 100, offS: 300, tailM: 3_000, headM: 3_500 };
const scene = sceneOf(truthFile([QUEUE]));

function judged(plans: readonly AlertPlan[], of: Scene = scene): readonly Judgement[] {
  return judge(of, new AlertShapes(of.ground, of.atlas), episodesOf(plans));
}

const outcomes = (plans: readonly AlertPlan[], of: Scene = scene): string[] =>
  judged(plans, of)
    .toSorted((a, b) => (a.episode.alertId < b.episode.alertId ? -1 : 1))
    .map(({ outcome }) => outcome);

describe("matching", () => {
  it("finds the queue that an alert speaks of", () => {
    expect(outcomes([{ fromS: 120, toS: 310, tailM: 2_900, headM: 3_500 }])).toEqual(["matched"]);
  });

  it.each([
    ["the other direction", { fromS: 120, toS: 310, tailM: 3_500, headM: 3_000, headingDeg: 270 }],
    ["more than 500 m upstream", { fromS: 120, toS: 310, tailM: 2_300, headM: 2_400 }],
    ["a minute before", { fromS: 40, toS: 310, tailM: 3_000, headM: 3_500 }],
    ["after the end", { fromS: 302, toS: 400, tailM: 3_000, headM: 3_500 }],
    ["the whole road", { fromS: 120, toS: 310, tailM: 0, headM: 6_000 }],
    ["another road", { fromS: 120, toS: 310, tailM: 3_000, headM: 3_500, northM: 400 }],
  ] satisfies [string, AlertPlan][])("calls an alert false for %s", (_, plan) => {
    expect(outcomes([plan])).toEqual(["false"]);
  });

  it("lets an alert begin while its queue forms", () => {
    const [queue] = truthFile([QUEUE])["queues"] as readonly Record<string, unknown>[];
    const forming = sceneOf({ ...truthFile([]), queues: [{ ...queue, forming_s: 60 }] });
    const alert = { toS: 310, tailM: 3_000, headM: 3_500 };
    expect(outcomes([{ ...alert, fromS: 56 }], forming)).toEqual(["matched"]);
    expect(outcomes([{ ...alert, fromS: 54 }], forming)).toEqual(["false"]);
  });

  it("asks only for the kind that a queue names, and blames no other for being there", () => {
    const [queue] = truthFile([QUEUE])["queues"] as readonly Record<string, unknown>[];
    const town = sceneOf({ ...truthFile([]), queues: [{ ...queue, only_for: "congestion" }] });
    const alert = { fromS: 120, toS: 310, tailM: 3_000 };
    expect(outcomes([{ ...alert, kind: "queue-end" }], town)).toEqual(["dont-care"]);
    expect(outcomes([{ ...alert, headM: 3_500 }], town)).toEqual(["matched"]);
  });

  it("takes an alert without heading for both directions", () => {
    expect(outcomes([{ fromS: 120, toS: 310, tailM: 3_000, headM: 3_500, headingDeg: undefined }])).toEqual([
      "matched",
    ]);
  });

  it("is one to one, the largest overlap first", () => {
    const plans: AlertPlan[] = [
      { fromS: 110, toS: 150, tailM: 3_000, headM: 3_500 },
      { fromS: 120, toS: 300, tailM: 3_000, headM: 3_500 },
      { fromS: 260, toS: 310, tailM: 3_000, headM: 3_400 },
    ];
    expect(outcomes(plans)).toEqual(["duplicate", "matched", "duplicate"]);
  });

  it("neither counts nor blames alerts about small queues", () => {
    const small = sceneOf(truthFile([{ ...QUEUE, headM: 3_200 }]));
    expect(outcomes([{ fromS: 120, toS: 310, tailM: 3_000, headM: 3_200 }], small)).toEqual(["dont-care"]);
  });

  it("judges congestion by what it claims: slow traffic is no queue", () => {
    const crawl = Array.from({ length: 30 }, (_, i) => ({
      stationId: 10_000 + i,
      fromS: 60 + 2 * i,
      fromM: 2_900,
      toM: 3_500,
      speedMps: 5,
    }));
    const slow = sceneOf(truthFile([QUEUE]), [...traffic(600), ...crawl]);
    const alert: AlertPlan = { fromS: 120, toS: 310, tailM: 3_000, headM: 3_500, severity: 2 };
    expect(outcomes([alert], slow)).toEqual(["dont-care"]);
  });

  it("does not take slow traffic for an excuse where all flows", () => {
    const flowing: AlertPlan = { fromS: 120, toS: 310, tailM: 1_000, headM: 1_500, severity: 2 };
    expect(outcomes([flowing])).toEqual(["false"]);
  });

  it("blames a stationary vehicle inside a queue", () => {
    const stop = { station_id: 7, start_s: 120, last_s: 150, ...lonLat(3_200), label: "in_queue" };
    const queued = sceneOf(truthFile([QUEUE], { stops: [stop] }));
    expect(outcomes([{ kind: "stationary-vehicle", fromS: 130, toS: 160, tailM: 3_200 }], queued)).toEqual([
      "false",
    ]);
  });

  it("takes vehicles that stand together for one event", () => {
    const stop = (id: number, alongM: number) => ({
      station_id: id,
      start_s: 120,
      last_s: 200,
      ...lonLat(alongM),
      label: "incident",
    });
    const accident = sceneOf(truthFile([], { stops: [stop(7, 3_200), stop(8, 3_210)] }));
    expect(accident.events).toHaveLength(1);
    const alert: AlertPlan = { kind: "stationary-vehicle", fromS: 126, toS: 205, tailM: 3_205 };
    expect(outcomes([alert, { ...alert, fromS: 130 }], accident)).toEqual(["matched", "duplicate"]);
  });

  it("asks for the place from the first word on", () => {
    const stop = { station_id: 7, start_s: 120, last_s: 200, ...lonLat(3_200), label: "incident" };
    const broken = sceneOf(truthFile([], { stops: [stop] }));
    const alert: AlertPlan = { kind: "stationary-vehicle", fromS: 126, toS: 205, tailM: 3_080 };
    expect(outcomes([alert], broken)).toEqual(["false"]);
    expect(outcomes([{ ...alert, tailM: 3_110 }], broken)).toEqual(["matched"]);
  });

  it("scores a tier from its own first word", () => {
    const [episode] = episodesOf([{ fromS: 105, toS: 300, tailM: 3_000, headM: 3_500, confirmedS: 140 }]);
    const suspectedOnly = episodesOf([{ fromS: 105, toS: 300, tailM: 3_000, tier: "suspected" }]);
    expect(ofTier([episode as Episode], "suspected")[0]?.revisions).toHaveLength(2);
    expect(ofTier([episode as Episode], "confirmed")[0]?.revisions[0]?.tier).toBe("confirmed");
    expect(ofTier(suspectedOnly, "confirmed")).toEqual([]);
  });

  it("lets no alert and no event count twice, whatever the alerts", () => {
    const plan = fc.record({
      kind: fc.constantFrom(
        "congestion",
        "queue-end",
        "stationary-vehicle",
        "wrong-way",
        "notice",
      ) as fc.Arbitrary<NonNullable<AlertPlan["kind"]>>,
      fromS: fc.integer({ min: 0, max: 500 }),
      lastsS: fc.integer({ min: 0, max: 400 }),
      tailM: fc.integer({ min: 0, max: 6_000 }),
      lengthM: fc.integer({ min: 0, max: 3_000 }),
      headingDeg: fc.constantFrom(90, 270, undefined),
      severity: fc.constantFrom(1, 2, 3, 4, 5) as fc.Arbitrary<1 | 2 | 3 | 4 | 5>,
    });
    const two = sceneOf(truthFile([QUEUE, { onS: 150, offS: 280, tailM: 4_500, headM: 4_900 }]));
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 30 }), (plans) => {
        const alerts = plans.map(({ lastsS, lengthM, ...rest }) => ({
          ...rest,
          toS: rest.fromS + lastsS,
          headM: rest.tailM + lengthM,
        }));
        const judgements = judged(alerts, two);
        expect(judgements).toHaveLength(alerts.length);
        expect(new Set(judgements.map(({ episode }) => episode)).size).toBe(alerts.length);
        const counts = OUTCOMES.map((outcome) => judgements.filter((j) => j.outcome === outcome).length);
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(alerts.length);
        const taken = judgements
          .filter(({ outcome }) => outcome === "matched")
          .map(({ episode, placed }) => `${episode.kind} ${placed?.event.id}`);
        expect(new Set(taken).size).toBe(taken.length);
      }),
      { numRuns: 60 },
    );
  });

  it("does not depend on the order of alerts that begin at different times", () => {
    const plans: AlertPlan[] = [
      { fromS: 110, toS: 200, tailM: 3_000, headM: 3_500 },
      { fromS: 111, toS: 290, tailM: 2_900, headM: 3_300 },
      { fromS: 112, toS: 250, tailM: 3_100, headM: 3_400 },
    ];
    const byStart = (list: readonly AlertPlan[]) =>
      judged(list)
        .toSorted((a, b) => (a.episode.revisions[0]?.atMs ?? 0) - (b.episode.revisions[0]?.atMs ?? 0))
        .map(({ outcome }) => outcome);
    expect(byStart(plans.toReversed())).toEqual(byStart(plans));
  });
});

function lonLat(alongM: number): { lon: number; lat: number } {
  const { longitudeDeg, latitudeDeg } = at(alongM);
  return { lon: longitudeDeg, lat: latitudeDeg };
}
