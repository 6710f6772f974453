import type { IncidentPlace } from "../../api/contract/incidents.ts";
import { closeCode } from "../../domain/close-code.ts";
import type { GeoPoint } from "../../domain/place.ts";
import { isRejection } from "../../domain/rejection.ts";
import type { RoadNetwork, RoadSpot } from "../../domain/road.ts";
import { CENTRE_SOURCE } from "../../domain/station.ts";
import type { IncidentMeasure, IncidentRecord } from "../../incident/incident-record.ts";
import type { ProducerSessions } from "../../ingest/producer-sessions.ts";
import { nextConnectionId } from "../../transport/connection-id.ts";
import type { Connection, SendResult } from "../../transport/transport.ts";
import { toWireHello } from "../../wire/hello.ts";
import {
  encodeIngestFrame,
  SCHEMA_MINOR,
  type WireGeoOffset,
  type WireHazardNotice,
} from "../../wire/ingest-frame.ts";
import { decodeServerMessage } from "../../wire/server-message.ts";

/** The centre as a station: the highest number but one, which ETSI's random ids hit once in 4 billion. */
const CENTRE_STATION_ID = 4_294_967_294;

/** TS 102 894-2: TrafficParticipantType 15, road side unit. */
const INFRASTRUCTURE = 15;
const CANCELLATION = 1;
const UPSTREAM = 2;

/** An operator has looked: the highest InformationQuality. */
const QUALITY = 7;

/** ETSI's limit of an event zone. */
const MAX_ZONE_POINTS = 23;

/** The place of an incident belongs to a road that passes this near. */
const ROAD_REACH_M = 100;

const E7 = 1e7;
const DECIDEGREES = 10;

export interface VehicleNoticeParts {
  readonly producers: () => ProducerSessions;
  readonly roads: RoadNetwork | undefined;
  /** Unix ms. */
  readonly nowMs: () => number;
}

/**
 * Sends what operators tell vehicles: an ordinary hazard notice (ETSI DENM) of a source inside the process. It is a record
 * like any other, so that recordings hold it, replays repeat it and a restart goes on with it; whoever subscribes to the
 * stretch gets it as an alert of kind `notice`. It is renewed at half of its validity for as long as it stays in force.
 */
export class VehicleNotices {
  readonly #parts: VehicleNoticeParts;
  /** When each notice was told last, by its number. */
  readonly #toldAtMs = new Map<number, number>();

  constructor(parts: VehicleNoticeParts) {
    this.#parts = parts;
  }

  /** Answers why the notice did not go out; undefined where it did. */
  send(measure: IncidentMeasure, { place }: IncidentRecord): string | undefined {
    const { action, noticeNumber } = measure;
    if (action.kind !== "vehicle-message" || noticeNumber === undefined)
      return "it is no message to vehicles";
    const { causeCode, subCauseCode, upstreamM, validityS } = action;
    const atMs = Math.floor(this.#parts.nowMs());
    const stretch = upstreamOf(this.#parts.roads, place, upstreamM);
    const failure = this.#tell(atMs, {
      ...eventOf(noticeNumber),
      position: wirePoint(stretch.points[0] ?? place),
      validity_s: validityS,
      cause_code: causeCode,
      sub_cause_code: subCauseCode,
      information_quality: QUALITY,
      awareness_distance_m: upstreamM,
      traffic_direction: UPSTREAM,
      station_type: INFRASTRUCTURE,
      event_zone: offsetsOf(stretch.points),
      ...(stretch.headingDeg === undefined
        ? {}
        : { event_heading_ddeg: Math.round(stretch.headingDeg * DECIDEGREES) }),
    });
    if (failure === undefined) this.#toldAtMs.set(noticeNumber, atMs);
    return failure;
  }

  /** Tells vehicles that it is over. */
  cancel({ noticeNumber }: IncidentMeasure): void {
    if (noticeNumber === undefined) return;
    this.#toldAtMs.delete(noticeNumber);
    const atMs = Math.floor(this.#parts.nowMs());
    this.#tell(atMs, { ...eventOf(noticeNumber), termination: CANCELLATION, station_type: INFRASTRUCTURE });
  }

  /** Whether the half of its validity is over, or it was not told since the start of the server. */
  isDue({ action, noticeNumber = 0 }: IncidentMeasure): boolean {
    if (action.kind !== "vehicle-message") return false;
    const toldAtMs = this.#toldAtMs.get(noticeNumber) ?? Number.NEGATIVE_INFINITY;
    return this.#parts.nowMs() - toldAtMs >= (action.validityS * 1_000) / 2;
  }

  /** A session per notice: a source that is open and silent would look like one that has failed. */
  #tell(atMs: number, hazard: WireHazardNotice): string | undefined {
    const producers = this.#parts.producers();
    const answers = new Answers();
    producers.open(answers, true);
    if (answers.isClosed) return "there is no room for one more source";
    producers.message(
      answers,
      encodeIngestFrame({
        base_time_unix_ms: atMs,
        frame_seq: 1,
        schema_minor: SCHEMA_MINOR,
        want_receipt: true,
        hello: toWireHello({ sourceId: CENTRE_SOURCE, kind: "gateway", software: "roadpulse" }),
        items: [{ station_id: CENTRE_STATION_ID, hazard }],
      }),
    );
    producers.closed(answers, closeCode.normal);
    return answers.failure;
  }
}

/** The end of the session that is not a socket: reads what became of the notice. */
class Answers implements Connection {
  readonly id = nextConnectionId();
  readonly remoteAddress = "";
  readonly subprotocol = "";
  readonly request = {
    path: "",
    query: "",
    headers: new Map<string, string>(),
    subprotocols: [],
    remoteAddress: "",
  };
  isClosed = false;
  failure: string | undefined = "the server did not take it";

  send(bytes: Uint8Array): SendResult {
    const message = decodeServerMessage(bytes);
    if (isRejection(message) || message.kind !== "receipt") return "sent";
    const [refused] = message.rejected;
    this.failure = message.accepted > 0 ? undefined : `it was refused: ${refused?.reason ?? "unknown"}`;
    return "sent";
  }

  bufferedBytes = (): number => 0;

  close(): void {
    this.isClosed = true;
  }

  terminate(): void {
    this.isClosed = true;
  }
}

const eventOf = (noticeNumber: number): WireHazardNotice => ({
  event: { originating_station_id: CENTRE_STATION_ID, sequence_number: noticeNumber },
});

/** The road before the place, from the place upstream; the place alone where no road is known. */
function upstreamOf(
  roads: RoadNetwork | undefined,
  place: IncidentPlace,
  upstreamM: number,
): { readonly points: readonly GeoPoint[]; readonly headingDeg?: number } {
  const spot = roads && spotOf(roads, place);
  if (roads === undefined || spot === undefined) return { points: [place] };
  const { route, fromM } = spot.link;
  const headM = fromM + spot.offsetM;
  const tailM = Math.max(0, headM - upstreamM);
  const headingDeg = roads.headingAt(route, headM);
  if (tailM === headM) return { points: [roads.pointAt(route, headM)], headingDeg };
  return { points: thinned([...roads.lineBetween(route, tailM, headM)].reverse()), headingDeg };
}

/** The nearest place on the road that the incident names, or on any where it names none. */
function spotOf(roads: RoadNetwork, { ref, direction, ...point }: IncidentPlace): RoadSpot | undefined {
  return roads
    .near(point, ROAD_REACH_M)
    .find(
      ({ link: { route } }) =>
        (ref === undefined || route.ref === ref) &&
        (direction === undefined || route.direction === direction),
    );
}

/** So many points that they fit, the first and the last among them. */
function thinned(points: readonly GeoPoint[]): readonly GeoPoint[] {
  const most = MAX_ZONE_POINTS + 1;
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => points[Math.round(index * step)] as GeoPoint);
}

const wirePoint = ({ latitudeDeg, longitudeDeg }: GeoPoint) => ({
  latitude_e7: Math.round(latitudeDeg * E7),
  longitude_e7: Math.round(longitudeDeg * E7),
});

/** Each point relative to the one before (TS 102 894-2, EventZone). */
function offsetsOf(points: readonly GeoPoint[]): WireGeoOffset[] {
  const wire = points.map(wirePoint);
  return wire.slice(1).map((point, index) => ({
    delta_latitude_e7: point.latitude_e7 - (wire[index]?.latitude_e7 ?? 0),
    delta_longitude_e7: point.longitude_e7 - (wire[index]?.longitude_e7 ?? 0),
  }));
}
