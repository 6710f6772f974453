import "./protobuf.ts";
import type { SourceKind, TimeBase } from "../domain/station.ts";
import { roadpulse } from "./gen/roadpulse.js";
import type { WireHello } from "./ingest-frame.ts";

const { SourceKind: Kind, TimeBase: Base } = roadpulse.stream.v1;

/** How a producer introduces itself. */
export interface ProducerHello {
  /** 1..64 characters of a-z, 0-9, '-', '_', '.', ':'. A vehicle uses its fleet's name. */
  readonly sourceId: string;
  readonly kind: SourceKind;
  /** How its times are counted. Default UTC. */
  readonly timeBase?: TimeBase;
  /** At most 64 characters. */
  readonly software?: string;
  /** Ask for a receipt for every frame. */
  readonly receipts?: boolean;
}

const KINDS = {
  vehicle: Kind.SOURCE_KIND_VEHICLE,
  rsu: Kind.SOURCE_KIND_RSU,
  gateway: Kind.SOURCE_KIND_GATEWAY,
} as const;

const TIME_BASES = {
  utc: Base.TIME_BASE_UTC,
  tai: Base.TIME_BASE_TAI,
  "utc-no-leap": Base.TIME_BASE_UTC_NO_LEAP,
} as const;

export function toWireHello(hello: ProducerHello): WireHello {
  return {
    source_id: hello.sourceId,
    kind: KINDS[hello.kind],
    time_base: TIME_BASES[hello.timeBase ?? "utc"],
    software: hello.software ?? "",
    receipts: hello.receipts ?? false,
  };
}
