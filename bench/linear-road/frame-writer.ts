import { toWireHello } from "../../src/wire/hello.ts";
import { encodeIngestFrame, SCHEMA_MINOR, type WireIngestItem } from "../../src/wire/ingest-frame.ts";
import type { AccountRequest } from "./accounts.ts";
import { EAST_DDEG, latitudeE7, longitudeE7, speedToCmps, WEST_DDEG } from "./mapping.ts";
import { TUPLE_TYPE, type Tuple } from "./tuples.ts";

/** Field numbers of linear-road.proto. */
export const FIELD = { secondZero: 1_000, accountRequest: 1_001 } as const;

/** What one frame carries. */
export interface FrameContent {
  readonly frameSeq: number;
  /** Unix time of the second that all reports and requests are of, ms. */
  readonly timeMs: number;
  readonly reports: readonly Tuple[];
  readonly requests: readonly Pick<AccountRequest, "type" | "vehicle" | "queryId" | "day" | "expressway">[];
  /** In the first frame of a session. */
  readonly introduction?: { readonly sourceId: string; readonly secondZeroMs: number };
}

/** Encodes one frame: the items with the encoder of the production schema, the rest behind them. */
export function encodeFrame(content: FrameContent): Uint8Array {
  const { frameSeq, timeMs, reports, requests, introduction } = content;
  const hello =
    introduction === undefined
      ? {}
      : { hello: toWireHello({ sourceId: introduction.sourceId, kind: "gateway" }) };
  const frame = encodeIngestFrame({
    base_time_unix_ms: timeMs,
    frame_seq: frameSeq,
    items: reports.map(toItem),
    schema_minor: SCHEMA_MINOR,
    ...hello,
  });
  const more = new Bytes();
  if (introduction !== undefined) more.fixed64(FIELD.secondZero, introduction.secondZeroMs);
  for (const request of requests) more.bytes(FIELD.accountRequest, encodeRequest(request));
  return Buffer.concat([frame, more.take()]);
}

function toItem(tuple: Tuple): WireIngestItem {
  return {
    station_id: tuple.vehicle,
    awareness: {
      latitude_e7: latitudeE7(tuple.expressway),
      longitude_e7: longitudeE7(tuple.positionFt),
      speed_cmps: speedToCmps(tuple.speedMph),
      heading_ddeg: tuple.direction === 0 ? EAST_DDEG : WEST_DDEG,
      lane_position: tuple.lane,
    },
  };
}

function encodeRequest(request: FrameContent["requests"][number]): Uint8Array {
  const bytes = new Bytes();
  bytes.varint(1, request.type);
  bytes.fixed32(2, request.queryId);
  bytes.fixed32(3, request.vehicle);
  if (request.type === TUPLE_TYPE.expenditure) {
    bytes.varint(4, request.day);
    bytes.fixed32(5, request.expressway);
  }
  return bytes.take();
}

const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A few fields of protobuf's wire format, written one after the other. */
class Bytes {
  readonly #out: number[] = [];

  varint(field: number, value: number): void {
    this.#number((field << 3) | WIRE.varint);
    this.#number(value);
  }

  fixed32(field: number, value: number): void {
    this.#number((field << 3) | WIRE.fixed32);
    this.#littleEndian(BigInt(value >>> 0), 4);
  }

  fixed64(field: number, value: number): void {
    this.#number((field << 3) | WIRE.fixed64);
    this.#littleEndian(BigInt(value), 8);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#number((field << 3) | WIRE.bytes);
    this.#number(value.length);
    this.#out.push(...value);
  }

  take(): Uint8Array {
    return Uint8Array.from(this.#out);
  }

  #number(value: number): void {
    let rest = value >>> 0;
    for (; rest >= 0x80; rest >>>= 7) this.#out.push((rest & 0x7f) | 0x80);
    this.#out.push(rest);
  }

  #littleEndian(value: bigint, bytes: number): void {
    for (let byte = 0; byte < bytes; byte++) this.#out.push(Number((value >> BigInt(8 * byte)) & 0xffn));
  }
}
