import { valuesOf } from "../../src/detect/parameter.ts";
import {
  failedChecks,
  isMisbehaving,
  stationTrust,
  type TrustState,
} from "../../src/detect/trust/station-trust.ts";
import { STATION_TRUST } from "../../src/detect/trust/trust-parameters.ts";
import type { DecodedItem, Frame, Refusal } from "../../src/domain/frame.ts";
import { LightBit, type MotionReport } from "../../src/domain/observation.ts";
import { isImplausible, isRejection } from "../../src/domain/rejection.ts";
import type { RoadNetwork } from "../../src/domain/road.ts";
import type { Source } from "../../src/domain/station.ts";
import { TICK_MS, watermarkAtMs } from "../../src/domain/time.ts";
import { DetectorRuntime } from "../../src/stream/detector-runtime.ts";
import { Tracker } from "../../src/track/tracker.ts";
import { Validator } from "../../src/validate/validator.ts";
import type { ToldReport, TrueReport, Unit } from "./report.ts";
import { Coverage } from "./units.ts";

/** What the server is given besides the reports. */
export interface Knowledge {
  readonly roads: RoadNetwork | undefined;
  /** Roadside units that hear the stations and tell their own places; empty: everything comes through one gateway. */
  readonly units: readonly Unit[];
}

export interface SenderOutcome {
  reports: number;
  lies: number;
  flagged: boolean;
  /** Reports until then. */
  flaggedAfter: number;
  failed: number;
}

const SOURCE: Source = { slot: 1, name: "gateway", kind: "gateway", timeBase: "utc" };
const DELAY_MS = 40;
const UNIT_REPORT_EVERY_MS = 10_000;
const NO_BITS = { controlBits: 0, eventBits: 0, lightBar: false, siren: false, role: "default" } as const;

/** Sends reports through validation, tracking and the trust detector, as the pipeline does, and notes who is found out. */
export function listen(
  reports: readonly ToldReport[],
  { roads, units }: Knowledge,
): Map<number, SenderOutcome> {
  const front = new Front(roads);
  const coverage = new Coverage(units);
  const outcomes = new Map<number, SenderOutcome>();
  let unitsDueMs = 0;
  for (const report of reports) {
    front.advanceTo(report.atMs + DELAY_MS);
    if (report.atMs >= unitsDueMs) {
      unitsDueMs = report.atMs + UNIT_REPORT_EVERY_MS;
      for (const unit of units) front.take(itemOfUnit(unit, report.atMs));
    }
    const hearing = coverage.hearing(report.trueLatitudeDeg, report.trueLongitudeDeg);
    if (units.length > 0 && hearing.length === 0) continue;
    const receivers = units.length > 0 ? hearing.slice(0, 2).map(({ name }) => name) : ["gateway"];
    for (const receiver of receivers) front.take(itemOf(report, receiver));
    note(outcomes, report, front.state);
  }
  return outcomes;
}

function note(outcomes: Map<number, SenderOutcome>, report: ToldReport, state: TrustState): void {
  const { stationId, isLie } = report;
  const outcome = outcomes.get(stationId) ?? {
    reports: 0,
    lies: 0,
    flagged: false,
    flaggedAfter: 0,
    failed: 0,
  };
  outcomes.set(stationId, outcome);
  outcome.reports++;
  if (isLie) outcome.lies++;
  outcome.failed |= failedChecks(state, stationId);
  if (outcome.flagged || !isMisbehaving(state, stationId, PARAMETERS)) return;
  outcome.flagged = true;
  outcome.flaggedAfter = outcome.reports;
}

const PARAMETERS = valuesOf(STATION_TRUST);

/** Validator, tracker and the one detector. */
class Front {
  readonly #tracker: Tracker;
  readonly #validator: Validator;
  readonly #runtime: DetectorRuntime;
  #tickMs = 0;
  state!: TrustState;

  constructor(roads: RoadNetwork | undefined) {
    this.#tracker = new Tracker({ roads });
    this.#validator = new Validator({}, this.#tracker);
    const detector = stationTrust();
    const exposed = { ...detector, init: () => (this.state = detector.init()) };
    this.#runtime = new DetectorRuntime([exposed], this.#tracker, {
      roads,
      onFault: (_, error) => {
        throw error;
      },
    });
  }

  advanceTo(timeMs: number): void {
    if (this.#tickMs === 0) this.#tickMs = Math.floor(timeMs / TICK_MS) * TICK_MS;
    while (this.#tickMs + TICK_MS <= timeMs) {
      this.#tickMs += TICK_MS;
      this.#validator.onTick(this.#tickMs);
      this.#tracker.onTick(this.#tickMs);
      this.#run("tick", this.#tickMs, [], []);
    }
  }

  take(item: DecodedItem): void {
    const receivedAtMs = item.observedAtMs + DELAY_MS;
    const verdict = this.#validator.validate(item, SOURCE, receivedAtMs);
    if (isRejection(verdict)) {
      if (!isImplausible(verdict)) return;
      const refusal = { stationId: item.stationId, rejected: verdict.rejected, receivedAtMs };
      this.#run("message", receivedAtMs, [], [refusal]);
    } else if ("observation" in verdict) {
      if (this.#tracker.apply(verdict) === undefined) this.#run("message", receivedAtMs, [verdict], []);
    } else {
      this.#tracker.corroborate(verdict);
      const watermarkMs = watermarkAtMs(this.#tickMs);
      this.#runtime.run({
        kind: "message",
        receivedAtMs,
        watermarkMs,
        frames: [],
        corroborations: [verdict],
      });
    }
  }

  #run(kind: "tick" | "message", receivedAtMs: number, frames: Frame[], refusals: Refusal[]): void {
    const watermarkMs = watermarkAtMs(this.#tickMs);
    this.#runtime.run({ kind, receivedAtMs, watermarkMs, frames, corroborations: [], refusals });
  }
}

function itemOf(report: ToldReport, receiver: string): DecodedItem {
  const { stationId, atMs } = report;
  return { stationId, observedAtMs: atMs, receiver, security: "unchecked", observation: motionOf(report) };
}

/** A report as decoding gives it. */
export function motionOf(report: TrueReport): MotionReport {
  const { latitudeDeg, longitudeDeg, speedMps, headingDeg, accelerationMps2, type, lengthM } = report;
  const lightBits = report.hazardLights ? LightBit.leftTurn | LightBit.rightTurn : 0;
  const motion = { latitudeDeg, longitudeDeg, speedMps, headingDeg, accelerationMps2, lengthM, lightBits };
  return { ...MOTION, ...motion, stationType: type };
}

export const MOTION: MotionReport = {
  kind: "motion",
  format: "cam",
  stationType: "passenger-car",
  latitudeDeg: 0,
  longitudeDeg: 0,
  altitudeM: undefined,
  speedMps: 0,
  headingDeg: 0,
  accelerationMps2: undefined,
  yawRateDegps: undefined,
  lengthM: undefined,
  widthM: undefined,
  driveDirection: "forward",
  lightBits: 0,
  positionAccuracyM: undefined,
  lanePosition: undefined,
  wiperRatePerMin: undefined,
  ...NO_BITS,
};

function itemOfUnit({ stationId, name, latitudeDeg, longitudeDeg }: Unit, observedAtMs: number): DecodedItem {
  const observation: MotionReport = { ...MOTION, latitudeDeg, longitudeDeg, stationType: "infrastructure" };
  return { stationId, observedAtMs, receiver: name, security: "unchecked", observation };
}
