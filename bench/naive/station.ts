import type { StationView } from "../../src/domain/detector.ts";
import type { Frame } from "../../src/domain/frame.ts";
import type { MotionReport } from "../../src/domain/observation.ts";
import { isVulnerable, type StationType } from "../../src/domain/station.ts";

/** Speeds nearer or farther apart in time make no acceleration; the same rule as Roadpulse's tracker. */
const MIN_SAMPLE_MS = 50;
const MAX_SAMPLE_MS = 1_500;
const TOP_SPEED_WINDOW_MS = 60_000;
const RECEIVER_MEMORY_MS = 5_000;

/** How long a station is found by queries after its last message. */
const LIVE_MS = 3_000;
const VULNERABLE_LIVE_MS = 10_000;
const INFRASTRUCTURE_LIVE_MS = 60_000;

/** A plain object per station, which is also what stands in the R-tree: a box without extent, as rbush's README has it. */
export class Station implements StationView {
  minX = 0;
  minY = 0;
  maxX = 0;
  maxY = 0;
  readonly stationId: number;
  stationType: StationType;
  latitudeDeg = 0;
  longitudeDeg = 0;
  speedMps: number | undefined;
  headingDeg: number | undefined;
  accelerationMps2: number | undefined;
  lengthM: number | undefined;
  observedAtMs = Number.NaN;
  receivedAtMs: number;
  readonly firstReceivedAtMs: number;
  readonly road = undefined;
  readonly #heardBy = new Map<string, number>();
  #format: MotionReport["format"];
  #reportsAcceleration = false;
  #sample: { readonly speedMps: number; readonly atMs: number } | undefined;
  #top = { window: 0, mps: 0, beforeMps: 0 };

  constructor(frame: Frame, report: MotionReport) {
    this.stationId = frame.stationId;
    this.stationType = report.stationType;
    this.receivedAtMs = frame.receivedAtMs;
    this.firstReceivedAtMs = frame.receivedAtMs;
    this.#format = report.format;
  }

  get recentTopSpeedMps(): number {
    return Math.max(this.#top.mps, this.#top.beforeMps);
  }

  get receiverCount(): number {
    const heard = [...this.#heardBy.values()];
    return heard.filter((atMs) => this.receivedAtMs - atMs <= RECEIVER_MEMORY_MS).length;
  }

  get liveMs(): number {
    if (this.stationType === "infrastructure") return INFRASTRUCTURE_LIVE_MS;
    return this.#format === "vam" || isVulnerable(this.stationType) ? VULNERABLE_LIVE_MS : LIVE_MS;
  }

  hear(receiver: string, receivedAtMs: number): void {
    this.#heardBy.set(receiver, receivedAtMs);
    this.receivedAtMs = receivedAtMs;
  }

  /** Takes over a report; it must not be older than the last one. */
  move(report: MotionReport, observedAtMs: number, continuous: boolean): void {
    if (report.accelerationMps2 !== undefined) this.#reportsAcceleration = true;
    if (this.#reportsAcceleration) this.accelerationMps2 = report.accelerationMps2;
    else this.#derive(report.speedMps, observedAtMs, continuous);
    this.stationType = report.stationType;
    this.#format = report.format;
    this.observedAtMs = observedAtMs;
    this.latitudeDeg = report.latitudeDeg;
    this.longitudeDeg = report.longitudeDeg;
    this.headingDeg = report.headingDeg;
    this.lengthM = report.lengthM ?? this.lengthM;
    this.speedMps = report.speedMps;
    this.#noteTop(report.speedMps ?? 0);
  }

  /** Acceleration out of two speeds. */
  #derive(speedMps: number | undefined, observedAtMs: number, continuous: boolean): void {
    const before = this.#sample;
    const elapsedMs = before === undefined ? Number.NaN : observedAtMs - before.atMs;
    if (continuous && speedMps !== undefined && elapsedMs >= 0 && elapsedMs < MIN_SAMPLE_MS) return;
    const isUsable =
      continuous && before !== undefined && speedMps !== undefined && elapsedMs <= MAX_SAMPLE_MS;
    this.accelerationMps2 = isUsable
      ? Math.round(((Math.round(speedMps * 100) - Math.round(before.speedMps * 100)) * 1_000) / elapsedMs) /
        100
      : undefined;
    this.#sample = continuous && speedMps !== undefined ? { speedMps, atMs: observedAtMs } : undefined;
  }

  #noteTop(speedMps: number): void {
    const window = Math.floor(this.receivedAtMs / TOP_SPEED_WINDOW_MS);
    if (window !== this.#top.window) {
      const beforeMps = window === this.#top.window + 1 ? this.#top.mps : 0;
      this.#top = { window, mps: 0, beforeMps };
    }
    this.#top.mps = Math.max(this.#top.mps, speedMps);
  }
}
