import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTerminal } from "../../src/domain/alert.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { DeliveryWatch } from "../../src/explain/delivery-watch.ts";
import { AlertLives, change, someSubscription } from "../deliver/alert-lives.ts";
import {
  alert,
  boxAround,
  connect,
  FakeStations,
  KAISERBERG,
  makeHub,
  START_MS,
  station,
  subscription,
  told,
} from "../deliver/world.ts";

const NORTH = { latitudeDeg: KAISERBERG.latitudeDeg + 0.009, longitudeDeg: KAISERBERG.longitudeDeg };

describe("what a subscriber is told", () => {
  test("is what delivery tells, for whatever lives of alerts", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), someSubscription, (changes, wanted) => {
        const { hub } = makeHub();
        const client = connect(hub);
        client.session.subscribe(wanted);
        const lives = new AlertLives();
        const watches = new Map<string, DeliveryWatch>();
        const expected: string[] = [];
        for (const one of changes) {
          const next = lives.apply(one);
          hub.publish([next], undefined, START_MS);
          const watch = watches.get(next.alertId) ?? new DeliveryWatch(wanted, new FakeStations());
          watches.set(next.alertId, watch);
          watch.onTransition(next);
          if (watch.verdicts.at(-1)?.told) expected.push(`${next.alertId} ${next.revision} ${next.state}`);
        }
        expect(told(client)).toEqual(expected);
      }),
    );
  });

  test("is decided by the same conditions that are shown", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), someSubscription, (changes, wanted) => {
        const lives = new AlertLives();
        const watch = new DeliveryWatch(wanted, new FakeStations());
        for (const one of changes) {
          const next = lives.apply({ ...one, slot: 0 });
          if (next.revision === 1 && watch.verdicts.length > 0) return;
          watch.onTransition(next);
          const verdict = watch.verdicts.at(-1);
          const holds = verdict?.steps.every(({ passes }) => passes === true);
          if (holds && !isTerminal(next.state)) expect(verdict?.told).toBe(true);
          if (verdict?.told && !verdict.reason.startsWith("It was told")) expect(holds).toBe(true);
        }
      }),
    );
  });

  test("names each condition that fails, with both numbers", () => {
    const wanted = subscription({
      area: boxAround(NORTH, 0.001),
      filter: {
        causeCodes: [1],
        kinds: ["congestion"],
        minSeverity: 5,
        minConfidencePct: 90,
        confirmedOnly: true,
      },
    });
    const watch = new DeliveryWatch(wanted, new FakeStations());
    watch.onTransition(alert({ tier: "suspected" }));
    expect(watch.wasTold).toBe(false);
    expect(watch.verdicts[0]?.steps).toEqual([
      {
        name: "area",
        passes: false,
        text: expect.stringMatching(/^its area lies outside the box, by \d{3} m or more$/),
      },
      { name: "kind", passes: false, text: "stationary-vehicle; asked for congestion" },
      { name: "cause", passes: false, text: "cause 94; asked for 1" },
      { name: "severity", passes: false, text: "severity 4; asked for 5 or more" },
      { name: "confidence", passes: false, text: "confidence 80 %; asked for 90 % or more" },
      { name: "tier", passes: false, text: "suspected; asked for confirmed only" },
    ]);
  });

  test("begins with the snapshot for who comes later, and not for who comes too late", () => {
    const life = [
      alert(),
      alert({ revision: 2, state: "updated", detectedAtMs: START_MS + 10_000 }),
      alert({ revision: 3, state: "ended", detectedAtMs: START_MS + 20_000 }),
    ];
    const toldSince = (sinceMs: number): string[] => {
      const watch = new DeliveryWatch(subscription(), new FakeStations(), { sinceMs });
      for (const one of life) watch.onTransition(one);
      return watch.verdicts.flatMap(({ alert: { revision }, told: was, atMs }) =>
        was ? [`${revision} at ${(atMs - START_MS) / 1_000}`] : [],
      );
    };
    expect(toldSince(START_MS - 1)).toEqual(["1 at 0", "2 at 10", "3 at 20"]);
    expect(toldSince(START_MS + 5_000)).toEqual(["1 at 5", "2 at 10", "3 at 20"]);
    expect(toldSince(START_MS + 15_000)).toEqual(["2 at 15", "3 at 20"]);
    expect(toldSince(START_MS + 25_000)).toEqual([]);
  });
});

describe("what lies ahead of a station", () => {
  const ahead = subscription({
    area: { form: "ahead", stationId: 7, distanceM: 500 },
    filter: EVERY_ALERT,
  });

  test("is told once it has come near, and says why not before", () => {
    const stations = new FakeStations();
    stations.put(station(7, { headingDeg: 0 }));
    const watch = new DeliveryWatch(ahead, stations);
    watch.onTransition(alert({ place: NORTH, headingDeg: 10 }));
    expect(watch.verdicts.at(-1)).toMatchObject({
      told: false,
      reason: expect.stringMatching(/ahead: 1\d{3} m away/),
    });
    stations.put(station(7, { latitudeDeg: NORTH.latitudeDeg - 0.003 }));
    watch.onSecond(START_MS + 30_000);
    expect(watch.verdicts.at(-1)).toMatchObject({ told: true, atMs: START_MS + 30_000 });
    watch.onSecond(START_MS + 31_000);
    expect(watch.verdicts).toHaveLength(2);
  });

  test("does not count in the other direction, or where the station is not heard", () => {
    const stations = new FakeStations();
    const watch = new DeliveryWatch(ahead, stations);
    watch.onTransition(alert({ place: NORTH }));
    expect(watch.verdicts.at(-1)?.reason).toMatch(/the station is not heard/);
    stations.put(station(7, { latitudeDeg: NORTH.latitudeDeg - 0.003 }));
    watch.onTransition(alert({ place: NORTH, revision: 2, state: "updated", headingDeg: 180 }));
    expect(watch.verdicts.at(-1)?.steps[0]).toMatchObject({ name: "direction", passes: false });
    expect(watch.wasTold).toBe(false);
  });

  test("cannot be told from a live server", () => {
    const watch = new DeliveryWatch(ahead, undefined);
    watch.onTransition(alert({ place: NORTH }));
    expect(watch.wasTold).toBeUndefined();
  });
});
