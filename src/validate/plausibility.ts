import type { StationLookup, StationView } from "../domain/detector.ts";
import type { DecodedItem } from "../domain/frame.ts";
import type { MotionReport } from "../domain/observation.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { headingDifferenceDeg, longitudeDifferenceDeg, metresPerDegree } from "../geo/geodesy.ts";
import { atan2Deg } from "../geo/trigonometry.ts";
import { JumpWatch } from "./jump-watch.ts";
import type { ValidateOptions } from "./options.ts";

const SPEED = reject("implausible-speed", "awareness.speed_cmps");
const ACCELERATION = reject("implausible-acceleration", "awareness.longitudinal_acceleration_cmps2");
const HEADING = reject("implausible-heading", "awareness.heading_ddeg");
const JUMP = reject("implausible-jump");
const OUT_OF_ORDER = reject("out-of-order");

/** Samples of speed within which a loss of speed confirms braking; as for accelerations derived from speeds. */
const BRAKING_MIN_MS = 50;
const BRAKING_MAX_MS = 1_500;

/**
 * Whether a vehicle can be where and what it says it is: by itself, and after what it said before. No check here is
 * for safety messages, which must pass even when they are wrong.
 */
export class Plausibility {
  readonly #options: ValidateOptions;
  readonly #stations: StationLookup;
  readonly #jumps: JumpWatch;

  constructor(options: ValidateOptions, stations: StationLookup) {
    this.#options = options;
    this.#stations = stations;
    this.#jumps = new JumpWatch(options);
  }

  judge(item: DecodedItem, report: MotionReport, receivedAtMs: number): Rejection | undefined {
    const { maxSpeedMps, jumpMemoryMs, outOfOrderMs } = this.#options;
    if ((report.speedMps ?? 0) > maxSpeedMps[report.stationType]) return SPEED;
    const station = this.#stations.get(item.stationId);
    const elapsedMs = station === undefined ? Number.NaN : item.observedAtMs - station.observedAtMs;
    if (!this.#isPlausibleAcceleration(report, station, elapsedMs)) return ACCELERATION;
    // After a long silence the station may be anywhere, and its clock may have been set.
    if (station === undefined || receivedAtMs - station.receivedAtMs > jumpMemoryMs) return undefined;
    if (elapsedMs < -outOfOrderMs) return OUT_OF_ORDER;
    return this.#judgeWay(item, report, receivedAtMs, station, elapsedMs);
  }

  onTick(tickMs: number): void {
    this.#jumps.onTick(tickMs);
  }

  #judgeWay(
    item: DecodedItem,
    report: MotionReport,
    receivedAtMs: number,
    station: StationView,
    elapsedMs: number,
  ): Rejection | undefined {
    // A plane serves: nothing reaches farther than 2 km, and what is farther is a jump at any precision.
    const perDegree = metresPerDegree(station.latitudeDeg);
    const northM = (report.latitudeDeg - station.latitudeDeg) * perDegree.northM;
    const eastM = longitudeDifferenceDeg(station.longitudeDeg, report.longitudeDeg) * perDegree.eastM;
    const wayM = Math.sqrt(northM * northM + eastM * eastM);
    if (wayM > this.#reachM(report, elapsedMs)) {
      return this.#jumps.isConfirmed(item, report, receivedAtMs, (gapMs) => this.#reachM(report, gapMs))
        ? undefined
        : JUMP;
    }
    if (!this.#tellsHeading(report, elapsedMs, wayM)) return undefined;
    const errorDeg = headingDifferenceDeg(atan2Deg(eastM, northM), report.headingDeg ?? 0);
    return errorDeg > this.#options.maxHeadingErrorDeg ? HEADING : undefined;
  }

  /** How far the station can have come, with the position's own uncertainty. */
  #reachM({ stationType, positionAccuracyM }: MotionReport, elapsedMs: number): number {
    const { maxSpeedMps, jumpMarginM } = this.#options;
    return (maxSpeedMps[stationType] * Math.abs(elapsedMs)) / 1_000 + jumpMarginM + (positionAccuracyM ?? 0);
  }

  #isPlausibleAcceleration(
    report: MotionReport,
    station: StationView | undefined,
    elapsedMs: number,
  ): boolean {
    const { maxAccelerationMps2, confirmedBrakingMps2 } = this.#options;
    const acceleration = report.accelerationMps2 ?? 0;
    if (Math.abs(acceleration) <= maxAccelerationMps2) return true;
    if (acceleration > 0 || station?.speedMps === undefined || report.speedMps === undefined) return false;
    if (!(elapsedMs >= BRAKING_MIN_MS && elapsedMs <= BRAKING_MAX_MS)) return false;
    return ((station.speedMps - report.speedMps) * 1_000) / elapsedMs >= confirmedBrakingMps2;
  }

  /** Whether the way covered says anything about the heading. */
  #tellsHeading(report: MotionReport, elapsedMs: number, wayM: number): boolean {
    const { headingWindowMs, headingMinSpeedMps, headingMinWayM, headingMinExpectedM } = this.#options;
    const speedMps = report.speedMps ?? 0;
    return (
      report.headingDeg !== undefined &&
      report.driveDirection !== "backward" &&
      elapsedMs > 0 &&
      elapsedMs <= headingWindowMs &&
      speedMps >= headingMinSpeedMps &&
      (speedMps * elapsedMs) / 1_000 >= headingMinExpectedM &&
      wayM >= headingMinWayM + (report.positionAccuracyM ?? 0)
    );
  }

  snapshot(): SnapshotValue {
    return this.#jumps.snapshot();
  }

  restore(value: SnapshotValue | undefined): void {
    this.#jumps.restore(value);
  }
}
