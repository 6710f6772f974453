import { stationTrust } from "../../src/detect/trust/station-trust.ts";
import type { DetectionContext, StationView } from "../../src/domain/detector.ts";
import type { Frame } from "../../src/domain/frame.ts";
import type { MotionReport } from "../../src/domain/observation.ts";
import { NO_PORTS } from "../../src/stream/detector-ports.ts";
import { seededRandom } from "../support/random.ts";
import { median } from "../support/statistics.ts";
import { MOTION } from "./listen.ts";

/** Cost of the detector per report, ns, on top of tracking. */
export interface Cost {
  readonly stations: number;
  readonly reportNs: number;
  /** Time of a tick, µs. */
  readonly tickUs: number;
  /** Collected memory per report, bytes. */
  readonly allocatedBytes: number;
}

const ROUNDS = 40;
const MESSAGE_ITEMS = 200;
const WARM_UP = 8;
/** A window of five seconds closes once in so many rounds. */
const WINDOW_ROUNDS = 5;
const TICKS_PER_ROUND = 20;
const START_MS = 1_790_000_000_000;

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Stations that drive straight on at 1 Hz; frames are made once and changed in place, so that only the detector is paid for. */
export function measureCost(stations: number): Cost {
  const random = seededRandom(1);
  const frames = Array.from({ length: stations }, (_, i) => frameOf(i + 1, random));
  const detector = stationTrust();
  const state = detector.init();
  const context = contextOf();
  const reportNs: number[] = [];
  const tickUs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const nowMs = START_MS + round * 1_000;
    context.receivedAtMs = nowMs;
    let spentMs = 0;
    for (let first = 0; first < stations; first += MESSAGE_ITEMS) {
      const end = Math.min(stations, first + MESSAGE_ITEMS);
      // Written just before, as by the decoder: the frame is in the cache, what is known of the station is not.
      for (let i = first; i < end; i++) move(frames[i] as Frame, nowMs);
      const began = cpuMs();
      for (let i = first; i < end; i++) detector.onItem?.(state, frames[i] as Frame, context, ignore);
      spentMs += cpuMs() - began;
    }
    const ticked = cpuMs();
    for (let t = 0; t < TICKS_PER_ROUND; t++) detector.onTick?.(state, nowMs + t * 50, context, ignore);
    if (round < WARM_UP) continue;
    reportNs.push((spentMs * 1e6) / stations);
    tickUs.push(((cpuMs() - ticked) * 1e3) / TICKS_PER_ROUND);
  }
  let bytes = 0;
  for (let round = ROUNDS; round < ROUNDS + WINDOW_ROUNDS; round++) {
    for (const frame of frames) move(frame, START_MS + round * 1_000);
    globalThis.gc?.();
    const heapBytes = process.memoryUsage().heapUsed;
    for (const frame of frames) detector.onItem?.(state, frame, context, ignore);
    bytes += Math.max(0, process.memoryUsage().heapUsed - heapBytes);
  }
  const allocatedBytes = bytes / (stations * WINDOW_ROUNDS);
  return { stations, reportNs: median(reportNs), tickUs: median(tickUs), allocatedBytes };
}

/** Time of this process on a core: others on the machine do not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const ignore = (): void => {};

function frameOf(stationId: number, random: () => number): Frame {
  const headingDeg = Math.floor(random() * 3_600) / 10;
  const speedMps = Math.round((20 + random() * 15) * 100) / 100;
  const observation: MotionReport = {
    ...MOTION,
    latitudeDeg: 51 + random(),
    longitudeDeg: 6 + random() * 2,
    headingDeg,
    speedMps,
    accelerationMps2: 0.1,
    lengthM: 4.5,
  };
  return {
    stationId: Math.imul(stationId, 0x9e3779b1) >>> 0,
    observedAtMs: START_MS,
    receivedAtMs: START_MS,
    source: { slot: 1, name: "gateway", kind: "gateway", timeBase: "utc" },
    receiver: "rsu-1",
    security: "unchecked",
    late: false,
    clockReplaced: false,
    observation,
  };
}

function move(frame: Frame, nowMs: number): void {
  const told = frame as Writable<Frame>;
  const report = frame.observation as Writable<MotionReport>;
  const wayDeg = (report.speedMps ?? 0) / 111_200;
  const turn = ((report.headingDeg ?? 0) * Math.PI) / 180;
  report.latitudeDeg += wayDeg * Math.cos(turn);
  report.longitudeDeg += (wayDeg * Math.sin(turn)) / Math.cos((report.latitudeDeg * Math.PI) / 180);
  told.observedAtMs = nowMs - 50;
  told.receivedAtMs = nowMs;
}

function contextOf(): Writable<DetectionContext> {
  const nobody: readonly StationView[] = [];
  const stations = { get: () => undefined, within: () => nobody, size: 0 };
  return { receivedAtMs: START_MS, watermarkMs: START_MS, stations, roads: undefined, ...NO_PORTS };
}
