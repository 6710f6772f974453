import type { Detection } from "../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../domain/detector.ts";
import type { Corroboration, Frame } from "../domain/frame.ts";
import type { HazardNotice } from "../domain/observation.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import {
  readArray,
  readContent,
  readNumber,
  readObject,
  readRow,
  readString,
  writePlain,
  writeRow,
} from "../domain/snapshot-row.ts";
import { noticeContent } from "./notice-content.ts";
import { doubtedConfidencePct, noticeDoubts } from "./trust/notice-doubts.ts";
import { addName, evidenceOf, noteFrame, noWitnesses, WITNESS_FIELDS, type Witnesses } from "./witnesses.ts";

/** What was told last about one event of a DENM sender. */
interface Notice {
  /** Who sent the message: the originating station, or one that forwards. */
  readonly stationId: number;
  readonly contentHash: string;
  readonly detection: Detection;
  readonly witnesses: Witnesses;
}

/** Live events by action id: originating station and sequence number (TS 103 831, ActionId). */
export interface NoticeState {
  readonly notices: Map<string, Notice>;
  /** Latest event of each sending station, to credit further receivers of the same message. */
  readonly lastKeys: Map<number, string>;
}

/** As many as validation remembers events. A hazard is never refused for want of room: the oldest gives way. */
const MAX_NOTICES = 100_000;

/** How often expired events are looked for; the alert itself expires on its own tick. */
const SWEEP_EVERY_MS = 1_000;

/**
 * Relays DENMs. What is new, an update, a re-issue or a termination has been decided by validation (EN 302 637-3,
 * reception); here an unchanged re-issue (same content hash) only extends the validity, and a termination, which
 * carries neither cause nor place, is filled in from what was told before.
 */
export const hazardNotice: Detector<NoticeState> = {
  name: "hazard-notice",
  snapshotVersion: 1,
  init: () => ({ notices: new Map(), lastKeys: new Map() }),
  hears: ["hazard"],
  onItem,
  onCorroboration,
  onTick: sweep,
  snapshot,
  restore,
};

function onItem(state: NoticeState, frame: Frame, context: DetectionContext, emit: Emit): void {
  const notice = frame.observation;
  if (notice.kind !== "hazard") return;
  const key = `${notice.originatingStationId}:${notice.sequenceNumber}`;
  if (notice.termination !== undefined) cancel(state, key, notice.termination, frame, emit);
  else relay(state, key, notice, frame, context, emit);
}

function relay(
  state: NoticeState,
  key: string,
  notice: HazardNotice,
  frame: Frame,
  context: DetectionContext,
  emit: Emit,
): void {
  const known = state.notices.get(key);
  const witnesses = known?.witnesses ?? noWitnesses();
  noteFrame(witnesses, frame);
  const doubts = noticeDoubts(notice, frame, context);
  for (const mark of doubts) addName(witnesses.marks, mark);
  const content = noticeContent(notice, frame, evidenceOf(witnesses));
  if (content === undefined) return;
  if (known === undefined && state.notices.size >= MAX_NOTICES)
    displaceOldest(state, frame.receivedAtMs, emit);
  const detection: Detection = {
    ...content,
    confidencePct: doubtedConfidencePct(content.confidencePct, doubts),
    detector: "hazard-notice",
    key,
    phase: known === undefined ? "start" : known.contentHash === notice.contentHash ? "extend" : "update",
    decidedAtMs: frame.receivedAtMs,
  };
  state.notices.set(key, {
    stationId: frame.stationId,
    contentHash: notice.contentHash,
    detection,
    witnesses,
  });
  if (known !== undefined && known.stationId !== frame.stationId) state.lastKeys.delete(known.stationId);
  state.lastKeys.set(frame.stationId, key);
  emit(detection);
}

function cancel(
  state: NoticeState,
  key: string,
  termination: "cancellation" | "negation",
  frame: Frame,
  emit: Emit,
): void {
  const known = state.notices.get(key);
  if (known === undefined) return;
  forget(state, key, known);
  noteFrame(known.witnesses, frame);
  const by = termination === "cancellation" ? "Cancelled by its sender" : "Denied by another station";
  emit({
    ...known.detection,
    phase: "cancel",
    decidedAtMs: frame.receivedAtMs,
    referencedAtMs: frame.observedAtMs,
    evidence: evidenceOf(known.witnesses),
    why: { rule: `hazard-notice/${termination}`, text: `${by}.`, measures: [] },
  });
}

/** Ends the notice that was first heard of longest ago, so that people are not left with it. */
function displaceOldest(state: NoticeState, decidedAtMs: number, emit: Emit): void {
  for (const [key, notice] of state.notices) {
    forget(state, key, notice);
    const why = { rule: "hazard-notice/displaced", text: "Given up for newer notices.", measures: [] };
    emit({ ...notice.detection, phase: "end", decidedAtMs, why });
    return;
  }
}

function forget(state: NoticeState, key: string, { stationId }: Notice): void {
  state.notices.delete(key);
  if (state.lastKeys.get(stationId) === key) state.lastKeys.delete(stationId);
}

function onCorroboration(
  state: NoticeState,
  corroboration: Corroboration,
  context: DetectionContext,
  emit: Emit,
): void {
  const key = state.lastKeys.get(corroboration.stationId);
  const notice = key === undefined ? undefined : state.notices.get(key);
  if (key === undefined || notice === undefined) return;
  if (notice.detection.referencedAtMs !== corroboration.observedAtMs) return;
  if (!addName(notice.witnesses.receivers, corroboration.receiver)) return;
  const detection: Detection = {
    ...notice.detection,
    phase: "extend",
    decidedAtMs: context.receivedAtMs,
    evidence: evidenceOf(notice.witnesses),
  };
  state.notices.set(key, { ...notice, detection });
  emit(detection);
}

function sweep(state: NoticeState, tickMs: number): void {
  if (tickMs % SWEEP_EVERY_MS !== 0) return;
  for (const [key, notice] of state.notices) {
    if (notice.detection.validUntilMs < tickMs) forget(state, key, notice);
  }
}

function snapshot({ notices, lastKeys }: NoticeState): SnapshotValue {
  return {
    notices: [...notices].map(([key, { stationId, contentHash, detection, witnesses }]) => [
      key,
      stationId,
      contentHash,
      writePlain(detection),
      writeRow(WITNESS_FIELDS, witnesses),
    ]),
    lastKeys: [...lastKeys].map(([stationId, key]) => [stationId, key]),
  };
}

function restore(value: SnapshotValue): NoticeState {
  const parts = readObject(value);
  return {
    notices: new Map(readArray(parts["notices"]).map(readNotice)),
    lastKeys: new Map(
      readArray(parts["lastKeys"]).map((pair) => {
        const [stationId, key] = readArray(pair);
        return [readNumber(stationId, "stationId"), readString(key, "key")];
      }),
    ),
  };
}

function readNotice(value: SnapshotValue): [string, Notice] {
  const [key, stationId, contentHash, detection, witnesses] = readArray(value);
  return [
    readString(key, "key"),
    {
      stationId: readNumber(stationId, "stationId"),
      contentHash: readString(contentHash, "contentHash"),
      detection: readContent<Detection>(detection),
      witnesses: readRow<Witnesses>(WITNESS_FIELDS, witnesses),
    },
  ];
}
