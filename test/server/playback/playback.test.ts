import { afterEach, describe, expect, it } from "vitest";
import type { AlertView } from "../../../src/api/contract/alarms.ts";
import { JSON_MESSAGE, type LiveMessage } from "../../../src/api/contract/live.ts";
import type { PlaybackView } from "../../../src/api/contract/playback.ts";
import { isConfigProblems, loadConfig } from "../../../src/config/load.ts";
import { ANYONE } from "../../../src/domain/access.ts";
import { type Alert, isTerminal } from "../../../src/domain/alert.ts";
import { readRecording } from "../../../src/recording/reader.ts";
import { recordingSpan } from "../../../src/recording/span.ts";
import { replay } from "../../../src/replay.ts";
import { viewOf } from "../../../src/server/access/viewer.ts";
import { pipelineParts } from "../../../src/server/pipeline-parts.ts";
import { Playback } from "../../../src/server/playback/playback.ts";
import { recordingPath } from "../../support/golden.ts";

const NAME = "incident-queue";
const path = recordingPath(NAME);

const config = loadConfig({ flags: { "roads.map": "fixtures/maps/duisburg.geojson" } });
if (isConfigProblems(config)) throw new Error("the configuration is wrong");

const open: Playback[] = [];
afterEach(() => {
  for (const playback of open.splice(0)) playback.close();
});

/** A console that looks at a playback, and keeps what it is told. */
class Looker {
  readonly alerts = new Map<string, AlertView>();
  readonly welcomes: Extract<LiveMessage, { type: "welcome" }>[] = [];
  playback: PlaybackView | undefined;
  tiles = 0;
  readonly session: ReturnType<Playback["open"]>;

  constructor(playback: Playback) {
    const outlet = {
      send: (bytes: Uint8Array) => {
        this.#hear(bytes);
        return "sent" as const;
      },
      bufferedBytes: () => 0,
      close: () => undefined,
    };
    this.session = playback.open(outlet, { viewer: viewOf(ANYONE), permit: undefined });
  }

  ask(request: object): void {
    const bytes = Buffer.from(JSON.stringify(request));
    this.session.message(Buffer.concat([Uint8Array.of(JSON_MESSAGE), bytes]));
  }

  /** Ids and revisions of what it sees, in order. */
  get picture(): string[] {
    return [...this.alerts.values()].map(({ alertId, revision }) => `${alertId} ${revision}`).sort();
  }

  #hear(bytes: Uint8Array): void {
    if (bytes[0] !== JSON_MESSAGE) {
      this.tiles++;
      return;
    }
    const message: LiveMessage = JSON.parse(Buffer.from(bytes.subarray(1)).toString());
    if (message.type === "playback") this.playback = message.playback;
    if (message.type === "welcome") this.welcomes.push(message);
    if (message.type !== "alerts") return;
    if (message.full) this.alerts.clear();
    for (const alert of message.changed) this.alerts.set(alert.alertId, alert);
    for (const id of message.gone) this.alerts.delete(id);
  }
}

async function begin(startAtS?: number): Promise<{ playback: Playback; fromMs: number; toMs: number }> {
  const span = await recordingSpan(path);
  if (span === undefined) throw new Error("no recording");
  const startAtMs = startAtS === undefined ? undefined : span.fromMs + startAtS * 1_000;
  const options = { playbackId: "p1", recording: NAME, path, by: "Ada", startAtMs, ...span };
  if (isConfigProblems(config)) throw new Error("no configuration");
  const playback = new Playback(options, { config, detection: pipelineParts(config) });
  open.push(playback);
  return { playback, ...span };
}

let told: Promise<readonly Alert[]> | undefined;

/** All transitions, as a replay of the whole recording tells them. */
async function transitions(): Promise<readonly Alert[]> {
  if (isConfigProblems(config)) throw new Error("no configuration");
  const all: Alert[] = [];
  await replay(readRecording(path), {
    pipeline: pipelineParts(config),
    onAlert: (alert) => void all.push(alert),
  });
  return all;
}

/** What was live at a time, by ids and revisions. */
async function truthAt(timeMs: number): Promise<string[]> {
  told ??= transitions();
  const live = new Map<string, string>();
  for (const alert of await told) {
    if (alert.detectedAtMs > timeMs) continue;
    if (isTerminal(alert.state)) live.delete(alert.alertId);
    else live.set(alert.alertId, `${alert.alertId} ${alert.revision}`);
  }
  return [...live.values()].sort();
}

const settled = (looker: Looker, state: PlaybackView["state"]) =>
  expect.poll(() => looker.playback?.state, { timeout: 20_000 }).toBe(state);

describe("a playback", () => {
  it("shows at any time what was known then, forwards and backwards", async () => {
    const { playback, fromMs } = await begin();
    const looker = new Looker(playback);
    looker.ask({ type: "playback", command: "pause" });
    for (const atS of [150, 130, 60, 200]) {
      const atMs = fromMs + atS * 1_000;
      looker.ask({ type: "playback", command: "seek", atMs });
      await settled(looker, "paused");
      expect(looker.playback?.atMs).toBe(atMs);
      const truth = await truthAt(atMs);
      await expect.poll(() => looker.picture).toEqual(truth);
      if (atS !== 60) expect(truth.length).toBeGreaterThan(0);
    }
    // Back in time is another picture.
    expect(looker.welcomes.map(({ clock, playback: id }) => [clock, id])).toEqual([
      ["playback", "p1"],
      ["playback", "p1"],
      ["playback", "p1"],
    ]);
  }, 60_000);

  it("goes back to a state that it passed, and on from there as if it had never left", async () => {
    const { playback, fromMs } = await begin();
    const looker = new Looker(playback);
    looker.ask({ type: "playback", command: "pause" });
    const states: unknown[] = [];
    for (const atS of [210, 130, 210]) {
      looker.ask({ type: "playback", command: "seek", atMs: fromMs + atS * 1_000 });
      await settled(looker, "paused");
      // Rows of a detector may stand in another order; what they lead to may not differ.
      const { pipeline: _, ...seen } = playback.stage.state();
      if (atS === 210) states.push({ ...seen, stations: playback.stage.pipeline.tracker.size });
    }
    expect(states[0]).toMatchObject({ reachedMs: fromMs + 210_000 });
    expect(states[1]).toEqual(states[0]);
  });

  it("plays at the speed that is asked for, tells vehicles, and stands still while paused", async () => {
    const { playback, fromMs } = await begin(100);
    const looker = new Looker(playback);
    looker.ask({ type: "view", extent: [6.5, 51.3, 6.9, 51.6], zoom: 12, vehicles: true });
    looker.ask({ type: "playback", command: "speed", speed: 60 });
    await expect.poll(() => looker.playback?.atMs, { timeout: 20_000 }).toBeGreaterThan(fromMs + 130_000);
    expect(looker.tiles).toBeGreaterThan(0);
    expect(looker.playback).toMatchObject({ speed: 60, state: "playing", by: "Ada" });
    looker.ask({ type: "playback", command: "pause" });
    await settled(looker, "paused");
    const stands = playback.view.atMs;
    // Two tellings of a playback that goes on would differ.
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(playback.view.atMs).toBe(stands);
  });

  it("ends at the end of the recording, and says what is wrong with a command", async () => {
    const { playback, toMs } = await begin();
    const looker = new Looker(playback);
    looker.ask({ type: "playback", command: "seek", atMs: Number.MAX_SAFE_INTEGER });
    await settled(looker, "ended");
    expect(looker.playback?.atMs).toBe(Math.floor(toMs));
    looker.ask({ type: "playback", command: "speed", speed: 3 });
    expect(playback.view.speed).toBe(1);
  });
});
