import { describe, expect, it } from "vitest";
import { emergencyBraking } from "../../src/detect/emergency-braking.ts";
import { defaultDetectors } from "../../src/detect/registry.ts";
import { alertLine } from "../../src/domain/alert-json.ts";
import type { Frame } from "../../src/domain/frame.ts";
import { LightBit } from "../../src/domain/observation.ts";
import { automation, frameOf, hazard, loop, motion, onRoad, T0, termination } from "../support/frames.ts";
import { Scene } from "../support/scene.ts";

const END_S = 420;

/** Many plays of the whole script, on a machine that others use too. */
const MANY_PLAYS_MS = 120_000;

/** Something of everything: free flow, a braking, a breakdown with its queue, notices, a manoeuvre, a loop. */
function script(): Frame[] {
  const frames: Frame[] = [];
  const at = (s: number): number => T0 + Math.round(s * 1_000);
  for (let i = 0; i < 30; i++) {
    for (let s = i * 3; s < i * 3 + 100; s++) {
      const report = motion({ ...onRoad((s - i * 3) * 28), speedMps: 28 });
      frames.push(frameOf(report, { stationId: 1 + i, atMs: at(s + (i % 10) / 10) }));
    }
  }
  for (let i = 0; i < 25; i++) {
    const stopS = 120 + i * 4;
    for (let s = stopS - 20; s < Math.min(END_S - 60, 320 + i * 2 + 30); s++) {
      const leavesS = 320 + i * 2;
      const stopM = 2_000 - i * 15;
      const alongM = s < stopS ? stopM - (stopS - s) * 27 : s < leavesS ? stopM : stopM + (s - leavesS) * 20;
      const standing = s >= stopS && s < leavesS;
      const report = motion({
        ...onRoad(alongM),
        speedMps: standing ? 0 : s < stopS ? 27 : 20,
        accelerationMps2: i === 0 && s >= stopS - 4 && s < stopS ? -8 : 0,
        lightBits: i === 0 && standing ? LightBit.leftTurn | LightBit.rightTurn : 0,
      });
      frames.push(frameOf(report, { stationId: 200 + i, atMs: at(s + (i % 7) / 10) }));
    }
  }
  for (let i = 0; i < 10; i++) {
    const notice = hazard({ detectionAtMs: at(50 + i), position: onRoad(4_000), validityS: 30 });
    frames.push(frameOf(notice, { stationId: 900, atMs: at(50 + i) }));
  }
  const slippery = hazard({
    sequenceNumber: 2,
    causeCode: 6,
    detectionAtMs: at(60),
    position: onRoad(5_000),
  });
  frames.push(frameOf(slippery, { stationId: 900, atMs: at(60) }));
  frames.push(frameOf(termination("cancellation", { sequenceNumber: 2 }), { stationId: 900, atMs: at(300) }));
  frames.push(frameOf(automation({ ...onRoad(6_000) }), { stationId: 950, atMs: at(200) }));
  for (let m = 0; m < 7; m++) {
    const speed = { meanSpeedMps: m >= 3 && m < 5 ? 4 : 28 };
    const reading = loop([speed, speed], onRoad(9_000));
    frames.push(frameOf(reading, { stationId: 5_000, atMs: at(m * 60 + 0.3) }));
  }
  return frames.sort((a, b) => a.observedAtMs - b.observedAtMs || a.stationId - b.stationId);
}

function play(frames: readonly Frame[], restartsAtMs: readonly number[] = []): string {
  const scene = new Scene(defaultDetectors());
  let next = 0;
  for (const frame of frames) {
    const restartMs = restartsAtMs[next];
    if (restartMs !== undefined && frame.receivedAtMs > restartMs) {
      scene.advanceTo(restartMs);
      scene.restartFromSnapshot();
      next++;
    }
    scene.send(frame);
  }
  scene.advanceTo(T0 + 3_000_000);
  return scene.transitions.map(alertLine).join("\n");
}

describe("a restart from a snapshot", () => {
  const frames = script();
  const straight = play(frames);

  it("has something to lose: every kind of alert comes and goes", () => {
    const lines = straight.split("\n").map((line) => JSON.parse(line) as { kind: string; state: string });
    const kinds = new Set(lines.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      "blind-area",
      "collision-risk",
      "congestion",
      "emergency-brake",
      "minimal-risk-manoeuvre",
      "obstacle",
      "slippery-road",
      "stationary-vehicle",
    ]);
    const count = (state: string): number => lines.filter((line) => line.state === state).length;
    expect(count("new")).toBe(count("ended") + count("cancelled") + count("expired"));
  });

  it(
    "gives the same bytes, at any tick",
    () => {
      for (let s = 1; s < END_S; s += 23) {
        expect(play(frames, [T0 + s * 1_000 + 50 * (s % 20)])).toBe(straight);
      }
    },
    MANY_PLAYS_MS,
  );

  it("gives the same bytes with a restart every 10 s", () => {
    const restarts = Array.from({ length: END_S / 10 - 1 }, (_, i) => T0 + (i + 1) * 10_000);
    expect(play(frames, restarts)).toBe(straight);
  });

  it("refuses what it cannot have written", () => {
    for (const detector of defaultDetectors()) {
      expect(() => detector.restore("nonsense"), detector.name).toThrow(/snapshot/);
    }
    expect(() => emergencyBraking().restore([["x"]])).toThrow(/fields/);
  });
});

describe("stations elsewhere", () => {
  it("change no alert", () => {
    const frames = script();
    const far = frames.flatMap((frame): Frame[] => {
      const { observation } = frame;
      if (observation.kind !== "motion") return [];
      const moved = { ...observation, latitudeDeg: observation.latitudeDeg + 1 };
      return [{ ...frame, stationId: frame.stationId + 100_000, observation: moved }];
    });
    const both = [...frames, ...far].sort(
      (a, b) => a.receivedAtMs - b.receivedAtMs || a.stationId - b.stationId,
    );
    // Silence is one of the source, which hears all of them.
    const ofPlaces = (text: string): string[] =>
      text.split("\n").filter((line) => !line.includes('"kind":"blind-area"'));
    const near = ofPlaces(play(both)).filter((line) => line.includes('"latitudeDeg":51.'));
    expect(near).toEqual(ofPlaces(play(frames)));
  });
});

describe("order of arrival within a tick", () => {
  it("does not matter to what is decided on ticks", () => {
    const frames = script().filter(({ observation }) => observation.kind === "motion");
    const byTick = (frame: Frame): number => Math.floor((frame.receivedAtMs - 1) / 50);
    const reversed = [...frames].sort(
      (a, b) => byTick(a) - byTick(b) || b.observedAtMs - a.observedAtMs || b.stationId - a.stationId,
    );
    const told = (text: string): string[] =>
      text.split("\n").filter((line) => /"kind":"(congestion|stationary)/.test(line));
    expect(told(play(reversed))).toEqual(told(play(frames)));
  });
});
