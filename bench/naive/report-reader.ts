import { fileURLToPath } from "node:url";
import protobuf from "protobufjs";
import type { MotionReport } from "../../src/domain/observation.ts";
import { type SourceKind, STATION_TYPES, VEHICLE_ROLES } from "../../src/domain/station.ts";

const PROTO_FOLDER = fileURLToPath(new URL("../../proto/", import.meta.url));
const E7 = 1e7;

/** What the twin takes out of an ingest frame. */
export interface ReadFrame {
  /** The source that a first frame introduces. */
  readonly hello: { readonly name: string; readonly kind: SourceKind } | undefined;
  readonly reports: readonly ReadReport[];
  /** Items that are no reports of motion: the twin's detectors do not know them. */
  readonly others: number;
}

/** One report of motion as its sender wrote it, in SI units. */
export interface ReadReport {
  readonly stationId: number;
  readonly observedAtMs: number;
  /** The roadside unit that heard it, where one is named. */
  readonly receiverId: number | undefined;
  readonly observation: MotionReport;
}

/** The reading of one message. */
export type ReadBytes = (bytes: Uint8Array) => ReadFrame;

interface PlainAwareness {
  readonly latitudeE7?: number;
  readonly longitudeE7?: number;
  readonly speedCmps?: number;
  readonly headingDdeg?: number;
  readonly longitudinalAccelerationCmps2?: number;
  readonly yawRateCdegps?: number;
  readonly source?: number;
  readonly stationType?: number;
  readonly controlBits?: number;
  readonly exteriorLightBits?: number;
  readonly eventBits?: number;
  readonly lengthCm?: number;
  readonly widthCm?: number;
  readonly driveDirection?: number;
  readonly role?: number;
  readonly altitudeCm?: number;
  readonly positionConfidence?: { readonly semiMajorCm?: number };
  readonly lanePosition?: number;
  readonly lightBarActive?: boolean;
  readonly sirenActive?: boolean;
  readonly wiperRatePerMin?: number;
}

interface PlainItem {
  readonly stationId?: number;
  readonly timeOffsetMs?: number;
  readonly receiverId?: number;
  readonly awareness?: PlainAwareness;
}

interface PlainFrame {
  readonly baseTimeUnixMs?: number;
  readonly items?: readonly PlainItem[];
  readonly hello?: { readonly sourceId?: string; readonly kind?: number; readonly timeBase?: number };
}

const FORMATS = ["cam", "cam", "bsm", "vam"] as const;
const DIRECTIONS = [undefined, "forward", "backward"] as const;
const KINDS = ["gateway", "vehicle", "rsu", "gateway"] as const;
/** Of `TimeBase`: not told, or UTC. */
const UTC = 1;

/**
 * Reads frames as protobufjs' README shows it: `load` the .proto files, `lookupType`, `decode`, `toObject`. No generated
 * code, no build step.
 */
export async function openReader(): Promise<ReadBytes> {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => (target.startsWith("/") ? target : PROTO_FOLDER + target);
  await root.load("roadpulse/stream/v1/frame.proto");
  const type = root.lookupType("roadpulse.stream.v1.IngestFrame");
  return (bytes) => {
    const plain = type.toObject(type.decode(bytes), { longs: Number }) as PlainFrame;
    const { items = [], baseTimeUnixMs = 0 } = plain;
    const reports: ReadReport[] = [];
    for (const item of items) {
      if (item.awareness !== undefined) reports.push(readItem(item, item.awareness, baseTimeUnixMs));
    }
    return { hello: readHello(plain), reports, others: items.length - reports.length };
  };
}

function readHello({ hello }: PlainFrame): ReadFrame["hello"] {
  if (hello === undefined) return undefined;
  const { sourceId = "", kind = 0, timeBase = UTC } = hello;
  if (timeBase > UTC) throw new Error("the twin knows UTC only");
  return { name: sourceId, kind: KINDS[kind] ?? "gateway" };
}

function readItem(item: PlainItem, awareness: PlainAwareness, baseMs: number): ReadReport {
  return {
    stationId: item.stationId ?? 0,
    observedAtMs: baseMs + (item.timeOffsetMs ?? 0),
    receiverId: item.receiverId,
    observation: readMotion(awareness),
  };
}

function readMotion(wire: PlainAwareness): MotionReport {
  return {
    kind: "motion",
    format: FORMATS[wire.source ?? 0] ?? "cam",
    stationType: wire.stationType ? (STATION_TYPES[wire.stationType - 1] ?? "unknown") : "unknown",
    latitudeDeg: (wire.latitudeE7 ?? 0) / E7,
    longitudeDeg: (wire.longitudeE7 ?? 0) / E7,
    altitudeM: si(wire.altitudeCm, 100),
    speedMps: si(wire.speedCmps, 100),
    headingDeg: wire.headingDdeg === 3600 ? 0 : si(wire.headingDdeg, 10),
    accelerationMps2: si(wire.longitudinalAccelerationCmps2, 100),
    yawRateDegps: si(wire.yawRateCdegps, 100),
    lengthM: si(wire.lengthCm, 100),
    widthM: si(wire.widthCm, 100),
    driveDirection: DIRECTIONS[wire.driveDirection ?? 0],
    role: wire.role ? (VEHICLE_ROLES[wire.role - 1] ?? "default") : "default",
    controlBits: wire.controlBits ?? 0,
    lightBits: wire.exteriorLightBits ?? 0,
    eventBits: wire.eventBits ?? 0,
    positionAccuracyM: si(wire.positionConfidence?.semiMajorCm, 100),
    lanePosition: wire.lanePosition,
    lightBar: wire.lightBarActive === true,
    siren: wire.sirenActive === true,
    wiperRatePerMin: wire.wiperRatePerMin,
  };
}

function si(value: number | undefined, unitsPerSi: number): number | undefined {
  return value === undefined ? undefined : value / unitsPerSi;
}
