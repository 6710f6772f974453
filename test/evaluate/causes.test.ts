import { describe, expect, it } from "vitest";
import { AlertShapes } from "../../src/evaluate/alert-shape.ts";
import { causeOfDelay, causeOfFalse, causeOfMiss } from "../../src/evaluate/causes.ts";
import { judge } from "../../src/evaluate/match.ts";
import type { RunDetails } from "../../src/evaluate/run-details.ts";
import type { PlacedEvent } from "../../src/evaluate/scene.ts";
import type { EventResult } from "../../src/evaluate/tally.ts";
import { type AlertPlan, EPOCH_MS, episodesOf, sceneOf, traffic, truthFile } from "./world.ts";

const QUEUE = { onS: 100, offS: 300, tailM: 3_000, headM: 3_500 };
const STANDING = { stationId: 11, fromS: 60, fromM: 2_000, toM: 2_400, speedMps: 20, untilS: 400 };
const scene = sceneOf(truthFile([QUEUE]), [...traffic(600), STANDING]);

function detailsOf(plans: readonly AlertPlan[]): RunDetails {
  const episodes = episodesOf(plans);
  const suspected = judge(scene, new AlertShapes(scene.ground, scene.atlas), episodes);
  return { scene, judgements: { suspected, confirmed: [] } } as unknown as RunDetails;
}

const missed = (plans: readonly AlertPlan[], firstS?: number, secondS?: number): string => {
  const ms = (s: number | undefined): number | undefined =>
    s === undefined ? undefined : EPOCH_MS + s * 1_000;
  const times = { firstMs: ms(firstS), secondMs: ms(secondS) };
  return causeOfMiss(detailsOf(plans), "congestion", scene.events[0] as PlacedEvent, times);
};

describe("why an event was missed", () => {
  it("is penetration where one vehicle met it, or the second came at its end", () => {
    expect(missed([], 120)).toBe("penetration: one equipped vehicle met it");
    expect(missed([], 120, 295)).toContain("penetration: the second witness came 5 s before its end");
  });

  it("is the algorithm where witnesses were there, with the alert that fitted badly", () => {
    expect(missed([], 120, 150)).toBe("algorithm: witnesses for 150 s, and nothing was told");
    const early: AlertPlan = { fromS: 40, toS: 310, tailM: 3_000, headM: 3_500 };
    expect(missed([early], 120, 150)).toContain("60 s before its onset was false");
  });
});

describe("why an event was found late", () => {
  const event = (excessS: number, excessSecondS: number | undefined): EventResult =>
    ({ excessS, excessSecondS }) as EventResult;

  it("is what the second witness took, or what the detector took from there on", () => {
    expect(causeOfDelay(event(40, 1))).toBe(
      "penetration × flow: the second witness came 39 s after the first",
    );
    expect(causeOfDelay(event(40, 35))).toBe("algorithm: 35 s behind the second witness");
    expect(causeOfDelay(event(40, 10))).toContain("30 s until the second witness, then algorithm: 10 s");
    expect(causeOfDelay(event(12, undefined))).toContain("only witness");
    expect(causeOfDelay(event(12, -80))).toContain("12 s on the word of one witness");
  });
});

describe("why an alert was false", () => {
  const causeAt = (tailM: number, headingDeg = 90): string => {
    const details = detailsOf([{ fromS: 120, toS: 160, tailM, headingDeg, kind: "stationary-vehicle" }]);
    return causeOfFalse(details, episodesOf([{ fromS: 120, toS: 160, tailM, headingDeg }])[0] as never);
  };

  it("says who was there", () => {
    expect(causeAt(2_400)).toMatch(/1 of \d+ vehicles there stood/);
    expect(causeAt(3_000)).toBe("noise or algorithm: traffic flowed at 108 km/h");
    expect(causeAt(20_000)).toBe("algorithm: nobody was there any more");
  });
});
