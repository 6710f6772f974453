import fc from "fast-check";
import { expect, it } from "vitest";
import type { Frame } from "../../src/domain/frame.ts";
import type { StationType } from "../../src/domain/station.ts";
import { distanceM } from "../../src/geo/geodesy.ts";
import type { Station } from "../../src/track/station.ts";
import { Tracker } from "../../src/track/tracker.ts";
import { automation, frame, motion, T0 } from "./frames.ts";

const HERE = { latitudeDeg: 51.43, longitudeDeg: 6.76 };

type Input = { readonly tick: number } | { readonly frame: Frame };

/** Frames and ticks in the order of receive time, some late, some out of order, some after long silence. */
const inputs: fc.Arbitrary<readonly Input[]> = fc
  .array(
    fc.record({
      pauseMs: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
      ),
      id: fc.integer({ min: 1, max: 12 }).map((n) => n * 350_000_000),
      delayMs: fc.oneof(
        { weight: 5, arbitrary: fc.constant(20) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
      ),
      north: fc.integer({ min: -50_000, max: 50_000 }),
      speedMps: fc.option(
        fc.integer({ min: 0, max: 5_000 }).map((n) => n / 100),
        { nil: undefined },
      ),
      accelerationMps2: fc.option(fc.constant(1), { nil: undefined, freq: 8 }),
      stationType: fc.constantFrom<StationType>(
        "passenger-car",
        "passenger-car",
        "pedestrian",
        "infrastructure",
      ),
      receiver: fc.constantFrom("a", "a", "b", "c"),
      isAutomation: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 120 },
  )
  .map((steps) => {
    const list: Input[] = [];
    let now = 0;
    for (const step of steps) {
      for (const next = now + step.pauseMs; now < next; now++)
        if (now % 50 === 0) list.push({ tick: T0 + now });
      const latitudeDeg = 51.43 + step.north / 1e7;
      const observation = step.isAutomation ? automation({ latitudeDeg }) : motion({ ...step, latitudeDeg });
      list.push({
        frame: frame(step.id, now, {
          observedAtMs: T0 + now - step.delayMs,
          receiver: step.receiver,
          observation,
        }),
      });
    }
    return list;
  });

function feed(tracker: Tracker, input: Input): void {
  if ("tick" in input) tracker.onTick(input.tick);
  else tracker.apply(input.frame);
}

const views = (stations: readonly Station[]) => stations.map((station) => station.snapshot());

it("finds exactly the stations that a plain list would", () => {
  fc.assert(
    fc.property(inputs, fc.integer({ min: 1, max: 1_000 }), (list, radiusM) => {
      const tracker = new Tracker();
      const heard = new Map<number, { at: number; ttl: number }>();
      for (const input of list) {
        feed(tracker, input);
        if ("frame" in input) note(heard, input.frame);
        else
          for (const [id, { at, ttl }] of heard)
            if (input.tick - at > Math.max(30_000, ttl)) heard.delete(id);
      }
      expect(tracker.known).toBe(heard.size);
      const known = [...heard.keys()].sort((a, b) => a - b).map((id) => tracker.get(id)!);
      const lastTick = list.findLast((input) => "tick" in input)?.tick ?? 0;
      const live = known.filter(
        ({ stationId }) => lastTick - heard.get(stationId)!.at <= heard.get(stationId)!.ttl,
      );
      expect(tracker.size).toBe(live.length);
      expect(tracker.within(HERE, radiusM)).toEqual(live.filter((s) => distanceM(HERE, s) <= radiusM));
      expect(tracker.nearest(HERE, 100)).toHaveLength(live.length);
    }),
  );
});

const TTL: Partial<Record<StationType, number>> = { pedestrian: 10_000, infrastructure: 60_000 };

function note(
  heard: Map<number, { at: number; ttl: number }>,
  { stationId, receivedAtMs, observation }: Frame,
): void {
  const before = heard.get(stationId);
  const ttl =
    observation.kind === "motion" ? (TTL[observation.stationType] ?? 3_000) : (before?.ttl ?? 3_000);
  heard.set(stationId, { at: receivedAtMs, ttl });
}

it("goes on from a snapshot as if nothing had happened", () => {
  fc.assert(
    fc.property(inputs, fc.nat(), (list, seed) => {
      const cut = list.length === 0 ? 0 : seed % list.length;
      const straight = new Tracker();
      const before = new Tracker();
      const after = new Tracker();
      after.apply(frame(77, 0));
      for (const input of list) feed(straight, input);
      for (const input of list.slice(0, cut)) feed(before, input);
      after.restore(JSON.parse(JSON.stringify(before.snapshot())));
      expect(after.snapshot()).toEqual(before.snapshot());
      for (const input of list.slice(cut)) feed(after, input);
      expect(after.snapshot()).toEqual(straight.snapshot());
      expect(views(after.within(HERE, 5_000))).toEqual(views(straight.within(HERE, 5_000)));
    }),
  );
});

it("refuses snapshots that it cannot have made", () => {
  for (const value of [
    null,
    {},
    { nowMs: 0, untracked: 0, queues: [] },
    { nowMs: 0, untracked: 0, queues: [[[1]], [], []] },
  ]) {
    expect(() => new Tracker().restore(value)).toThrow();
  }
});
