import type { DecodedItem } from "../../src/domain/frame.ts";
import type { HazardNotice, MotionReport } from "../../src/domain/observation.ts";
import { isRejection } from "../../src/domain/rejection.ts";
import { Tracker } from "../../src/track/tracker.ts";
import type { ValidateOptions } from "../../src/validate/options.ts";
import { type FaultListener, Validator, type Verdict } from "../../src/validate/validator.ts";
import { motion, SOURCE, T0 } from "../track/frames.ts";

export { automation, motion, SOURCE, T0 } from "../track/frames.ts";

/** An item observed `atMs` after the start. */
export function item(atMs: number, parts: Partial<DecodedItem> = {}): DecodedItem {
  return {
    stationId: 1,
    observedAtMs: T0 + atMs,
    receiver: "a",
    security: "unchecked",
    observation: motion(),
    ...parts,
  };
}

export function moving(atMs: number, parts: Partial<MotionReport>, receiver = "a"): DecodedItem {
  return item(atMs, { receiver, observation: motion(parts) });
}

/** A notice detected at the start. */
export function notice(parts: Partial<HazardNotice> = {}): HazardNotice {
  return {
    kind: "hazard",
    originatingStationId: 900,
    sequenceNumber: 7,
    detectionAtMs: T0,
    referenceAtMs: T0,
    termination: undefined,
    position: { latitudeDeg: 51.43, longitudeDeg: 6.76 },
    validityS: 600,
    causeCode: 94,
    subCauseCode: 2,
    informationQuality: 3,
    awarenessDistanceM: undefined,
    trafficDirection: "all",
    eventSpeedMps: undefined,
    eventHeadingDeg: undefined,
    stationType: "passenger-car",
    eventZone: [],
    trace: [],
    lanePosition: undefined,
    contentHash: "c1",
    ...parts,
  };
}

/** Validator and tracker as the pipeline joins them, `sendAt` receiving at a time after the start. */
export class Bench {
  readonly tracker = new Tracker();
  readonly validator: Validator;

  constructor(options: Partial<ValidateOptions> = {}, onFault?: FaultListener) {
    this.validator = new Validator(options, this.tracker, onFault);
  }

  /** What became of the item, in one word; frames also move the tracker. */
  sendAt(atMs: number, decoded: DecodedItem): string {
    return wordOf(this.verdictAt(atMs, decoded));
  }

  /** Receives an item 20 ms after it was observed. */
  send(decoded: DecodedItem): string {
    return this.sendAt(decoded.observedAtMs - T0 + 20, decoded);
  }

  verdictAt(atMs: number, decoded: DecodedItem): Verdict {
    const verdict = this.validator.validate(decoded, SOURCE, T0 + atMs);
    if (isFrame(verdict)) this.tracker.apply(verdict);
    return verdict;
  }

  tick(atMs: number): void {
    this.validator.onTick(T0 + atMs);
    this.tracker.onTick(T0 + atMs);
  }
}

export function isFrame(verdict: Verdict): verdict is Extract<Verdict, { observation: unknown }> {
  return "observation" in verdict;
}

export function wordOf(verdict: Verdict): string {
  if (isFrame(verdict)) return "frame";
  return isRejection(verdict) ? verdict.rejected : "corroboration";
}
