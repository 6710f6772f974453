import "./protobuf.ts";
import type { GapReason } from "../domain/delivery.ts";
import { roadpulse } from "./gen/roadpulse.js";

const { GapReason: Reason } = roadpulse.stream.v1;

export const WIRE_GAP_REASON: Readonly<Record<GapReason, number>> = {
  "epoch-changed": Reason.GAP_REASON_EPOCH_CHANGED,
  "too-old": Reason.GAP_REASON_TOO_OLD,
  ahead: Reason.GAP_REASON_AHEAD,
  lost: Reason.GAP_REASON_LOST,
};

const REASONS = Object.keys(WIRE_GAP_REASON) as GapReason[];

/** Undefined for one that this build does not know. */
export function gapReasonOf(wire: number): GapReason | undefined {
  return REASONS.find((reason) => WIRE_GAP_REASON[reason] === wire);
}
