import { clientHeadBytes, writeClientHead } from "../load/lean-socket.ts";
import type { BaseTraffic } from "./base-traffic.ts";
import { encodeFrame } from "./frame-writer.ts";
import { LATITUDE_STEP_E7 } from "./mapping.ts";
import { TUPLE_TYPE, type Tuple } from "./tuples.ts";

/** Parts of a second in which the tuples of that second are sent, in their order. */
export const SLOTS_PER_SECOND = 10;
export const SLOT_MS = 1_000 / SLOTS_PER_SECOND;

/** A frame of the base expressway, ready for a socket, and where a copy differs from it. */
export interface FrameTemplate {
  readonly bytes: Buffer;
  /** Offsets of four-byte numbers, and what one copy adds to each. */
  readonly offsets: Int32Array;
  readonly steps: Int32Array;
  readonly tuples: number;
}

/** One frame per slot of the window; the frame's sequence number is the slot's number plus one. */
export function makeTemplates(
  base: BaseTraffic,
  fromS: number,
  windowS: number,
  secondZeroMs: number,
): FrameTemplate[] {
  const seconds: Tuple[][] = Array.from({ length: windowS }, () => []);
  for (const tuple of base.window) seconds[tuple.timeS - fromS]?.push(tuple);
  return seconds.flatMap((tuples, second) =>
    Array.from({ length: SLOTS_PER_SECOND }, (_, slot) => {
      const part = tuples.slice(
        Math.floor((tuples.length * slot) / SLOTS_PER_SECOND),
        Math.floor((tuples.length * (slot + 1)) / SLOTS_PER_SECOND),
      );
      const timeMs = secondZeroMs + (fromS + second) * 1_000;
      return makeTemplate(part, second * SLOTS_PER_SECOND + slot + 1, timeMs, base);
    }),
  );
}

function makeTemplate(
  tuples: readonly Tuple[],
  frameSeq: number,
  timeMs: number,
  base: BaseTraffic,
): FrameTemplate {
  const reports = tuples.filter(({ type }) => type === TUPLE_TYPE.position);
  const requests = tuples.filter(({ type }) => type !== TUPLE_TYPE.position);
  const payload = encodeFrame({ frameSeq, timeMs, reports, requests });
  const head = clientHeadBytes(payload.length);
  const bytes = Buffer.allocUnsafeSlow(head + payload.length);
  writeClientHead(bytes, payload.length);
  bytes.set(payload, head);
  const { offsets, steps } = findPatches(bytes, head, reports.length, requests, base);
  return { bytes, offsets: Int32Array.from(offsets), steps: Int32Array.from(steps), tuples: tuples.length };
}

/** Walks the frame that this benchmark's own writer made; its layout is known. */
function findPatches(
  bytes: Uint8Array,
  start: number,
  reports: number,
  requests: readonly Tuple[],
  { vehicleStride, queryStride }: BaseTraffic,
): { offsets: number[]; steps: number[] } {
  const offsets: number[] = [];
  const steps: number[] = [];
  const patch = (offset: number, step: number): void => {
    offsets.push(offset);
    steps.push(step);
  };
  let found = 0;
  for (const { field, at, end } of fields(bytes, start, bytes.length)) {
    if (field === ITEMS) {
      found++;
      for (const part of fields(bytes, at, end)) {
        if (part.field === STATION_ID) patch(part.at, vehicleStride);
        if (part.field !== AWARENESS) continue;
        for (const inner of fields(bytes, part.at, part.end)) {
          if (inner.field === LATITUDE) patch(inner.at, LATITUDE_STEP_E7);
        }
      }
    } else if (field === REQUESTS) {
      for (const part of fields(bytes, at, end)) {
        if (part.field === QUERY_ID) patch(part.at, queryStride);
        else if (part.field === VEHICLE) patch(part.at, vehicleStride);
        else if (part.field === EXPRESSWAY) patch(part.at, 1);
      }
    }
  }
  if (found !== reports)
    throw new Error(`a frame of ${reports} reports and ${requests.length} requests has ${found}`);
  return { offsets, steps };
}

// Field numbers of frame.proto, awareness.proto and linear-road.proto.
const ITEMS = 3;
const STATION_ID = 1;
const AWARENESS = 16;
const LATITUDE = 1;
const REQUESTS = 1_001;
const QUERY_ID = 2;
const VEHICLE = 3;
const EXPRESSWAY = 5;

interface FieldPlace {
  readonly field: number;
  readonly at: number;
  readonly end: number;
}

function* fields(bytes: Uint8Array, start: number, end: number): Generator<FieldPlace> {
  let at = start;
  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  };
  while (at < end) {
    const tag = varint();
    const wireType = tag & 7;
    let length = wireType === 5 ? 4 : wireType === 1 ? 8 : 0;
    if (wireType === 2) length = varint();
    else if (wireType === 0) varint();
    yield { field: Math.floor(tag / 8), at, end: at + length };
    at += length;
  }
}

/** The frame of a copy, in memory of its own: a socket may keep it for a while. */
export function frameOfCopy({ bytes, offsets, steps }: FrameTemplate, copy: number): Buffer {
  const frame = Buffer.allocUnsafe(bytes.length);
  bytes.copy(frame);
  for (let patch = 0; patch < offsets.length; patch++) {
    const at = offsets[patch] as number;
    const value =
      ((frame[at] as number) |
        ((frame[at + 1] as number) << 8) |
        ((frame[at + 2] as number) << 16) |
        ((frame[at + 3] as number) << 24)) +
      Math.imul(steps[patch] as number, copy);
    frame[at] = value;
    frame[at + 1] = value >>> 8;
    frame[at + 2] = value >>> 16;
    frame[at + 3] = value >>> 24;
  }
  return frame;
}
