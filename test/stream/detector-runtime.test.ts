import { describe, expect, it } from "vitest";
import type { Detection } from "../../src/domain/detection.ts";
import type { Detector, StationLookup } from "../../src/domain/detector.ts";
import type { Frame } from "../../src/domain/frame.ts";
import type { ObservationKind } from "../../src/domain/observation.ts";
import type { TrackedRecord } from "../../src/domain/record.ts";
import { DetectorRuntime } from "../../src/stream/detector-runtime.ts";

const START_MS = 1_790_000_010_000;
const NO_STATIONS: StationLookup = { get: () => undefined, within: () => [], size: 0 };

const detection = (detector: string, key: string): Detection => ({ detector, key }) as Detection;

/** Counts items, says so at each, and throws on a marked station. */
function counting(name: string, faultyStation?: number): Detector<{ items: number }> {
  return {
    name,
    snapshotVersion: 1,
    init: () => ({ items: 0 }),
    onItem(state, frame, _context, emit) {
      if (frame.stationId === faultyStation) throw new Error("cannot handle this station");
      state.items++;
      emit(detection(name, `${frame.stationId}:${state.items}`));
    },
    onTick(state, tickMs, _context, emit) {
      if (tickMs % 1_000 === 0) emit(detection(name, `tick:${state.items}`));
    },
    snapshot: (state) => ({ items: state.items }),
    restore: (value) => ({ items: (value as { items: number }).items }),
  };
}

const message = (...stationIds: number[]): TrackedRecord => ({
  kind: "message",
  receivedAtMs: START_MS,
  watermarkMs: START_MS - 2_000,
  frames: stationIds.map((stationId) => ({ stationId, observation: { kind: "motion" } }) as Frame),
  corroborations: [],
});
const tick = (receivedAtMs: number): TrackedRecord => ({ ...message(), kind: "tick", receivedAtMs });

describe("DetectorRuntime", () => {
  it("lets detections leave in the order item, detector", () => {
    const runtime = new DetectorRuntime([counting("a"), counting("b")], NO_STATIONS);
    const keys = runtime.run(message(7, 8)).map(({ detector, key }) => `${detector} ${key}`);
    expect(keys).toEqual(["a 7:1", "b 7:1", "a 8:2", "b 8:2"]);
  });

  it("says how often detectors had no room, those that count it together", () => {
    const crowded: Detector<{ items: number }> = { ...counting("crowded"), refused: ({ items }) => items };
    const runtime = new DetectorRuntime(
      [crowded, counting("other"), { ...crowded, name: "third" }],
      NO_STATIONS,
    );
    runtime.run(message(7, 8));
    expect(runtime.refused).toBe(4);
  });

  it("offers a detector only what it hears", () => {
    const hears = (...kinds: readonly ObservationKind[]) => ({ ...counting(kinds.join("+")), hears: kinds });
    const runtime = new DetectorRuntime(
      [hears("hazard"), hears("motion", "sensor"), hears("sensor")],
      NO_STATIONS,
    );
    expect(runtime.run(message(7)).map(({ detector }) => detector)).toEqual(["motion+sensor"]);
  });

  it("reads ahead for messages of several items before the first is judged", () => {
    const log: string[] = [];
    const ahead: Detector<{ items: number }> = {
      ...counting("a"),
      prefetch(_state, frames) {
        log.push(`ahead of ${frames.length}`);
        return 0;
      },
      onItem: (_state, { stationId }) => log.push(`item ${stationId}`),
    };
    const runtime = new DetectorRuntime([ahead], NO_STATIONS);
    runtime.run(message(1));
    runtime.run(message(2, 3, 4, 5));
    expect(log).toEqual(["item 1", "ahead of 4", "item 2", "item 3", "item 4", "item 5"]);
  });

  it("restarts a detector that throws from its last checkpoint; the others do not notice", () => {
    const faults: string[] = [];
    const runtime = new DetectorRuntime([counting("a", 13), counting("b")], NO_STATIONS, {
      onFault: (name) => faults.push(name),
    });
    runtime.run(message(1, 2));
    runtime.run(tick(1_790_000_040_000));
    runtime.run(message(3));
    const keys = runtime.run(message(13, 4)).map(({ detector, key }) => `${detector} ${key}`);
    expect(keys).toEqual(["b 13:4", "a 4:3", "b 4:5"]);
    expect(faults).toEqual(["a"]);
    expect(runtime.faults.get("a")).toBe(1);
  });

  it("gives the same detections after a restart from a snapshot, faults included", () => {
    const make = () => new DetectorRuntime([counting("a", 13), counting("b")], NO_STATIONS);
    const straight = make();
    const first = make();
    for (const runtime of [straight, first]) {
      runtime.run(message(1, 2));
      runtime.run(tick(1_790_000_040_000));
      runtime.run(message(5));
    }
    const second = make();
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    for (const record of [message(13), message(6), tick(1_790_000_041_000)]) {
      expect(second.run(record)).toEqual(straight.run(record));
    }
  });

  it("refuses a snapshot that lacks a detector, by name", () => {
    const runtime = new DetectorRuntime([counting("a"), counting("b")], NO_STATIONS);
    const other = new DetectorRuntime([counting("a")], NO_STATIONS);
    expect(() => runtime.restore(other.snapshot())).toThrow(/for b/);
  });
});
