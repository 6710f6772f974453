import type { WireHazardNotice, WireIngestFrame, WireIngestItem } from "../../wire/ingest-frame.ts";
import { LastPlace } from "./last-place.ts";
import type { Trim } from "./options.ts";
import { placeOf, senderPlace, type WirePlace } from "./places.ts";
import { stationOf, testimonyOf } from "./station-kind.ts";
import { isKept, TRIP_GAP_MS, type Trip, TripFollower } from "./trip.ts";

/** Trips that are over are closed this often by receive time; until then each holds up to 64 places. */
const SWEEP_MS = 60_000;

/** First and last time that a station spoke about an event during a trip. */
interface Talk {
  readonly firstMs: number;
  lastMs: number;
}

export interface SurveyedStation {
  isRoadUser: boolean;
  isInfrastructure: boolean;
  readonly trips: Trip[];
  readonly place: LastPlace;
  follower: TripFollower | undefined;
  talks: Map<string, Talk> | undefined;
}

export type WireEventKey = NonNullable<WireHazardNotice["event"]>;

/** Key of an event within a recording. */
export function eventName(key: WireEventKey | null | undefined): string {
  return `${key?.originating_station_id ?? 0}.${key?.sequence_number ?? 0}`;
}

function intersectionName(item: WireIngestItem): string | undefined {
  const id = (item.signal ?? item.intersection)?.intersection;
  return id ? `${id.region ?? ""}.${id.id ?? 0}` : undefined;
}

/** What must be known of a whole recording before a part of it may leave: who is a road user, and its trips. */
export class Survey {
  readonly #trim: Trim;
  readonly #stations = new Map<number, SurveyedStation>();
  readonly #detached = new Set<string>();
  readonly #intersections = new Map<string, WirePlace>();
  #trips = 0;
  #tripsCutWhole = 0;
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(trim: Trim) {
    this.#trim = trim;
  }

  get stations(): ReadonlyMap<number, SurveyedStation> {
    return this.#stations;
  }

  /** Of road users. */
  get trips(): number {
    return this.#trips;
  }

  get tripsCutWhole(): number {
    return this.#tripsCutWhole;
  }

  /** Ids that occur anywhere in the recording. */
  *ids(): Iterable<number> {
    yield* this.#stations.keys();
  }

  isInfrastructure(stationId: number): boolean {
    const station = this.#stations.get(stationId);
    return station?.isInfrastructure === true && !station.isRoadUser;
  }

  /** Where its map puts the intersection that a signal belongs to. */
  intersectionOf(item: WireIngestItem): WirePlace | undefined {
    return this.#intersections.get(intersectionName(item) ?? "");
  }

  /** Whether some of what a station said about an event was said in a part of a trip that is cut. */
  isDetached(stationId: number, event: string): boolean {
    return this.#detached.has(`${stationId}|${event}`);
  }

  add(frame: WireIngestFrame, atMs: number, comesFromVehicle: boolean): void {
    if (atMs - this.#sweptAtMs >= SWEEP_MS) this.#sweep(atMs);
    for (const item of frame.items ?? []) this.#addItem(item, atMs, comesFromVehicle);
  }

  finish(): void {
    for (const [id, station] of this.#stations) {
      this.#endTrip(id, station);
      station.place.forget();
      if (this.isInfrastructure(id)) continue;
      this.#trips += station.trips.length;
      for (const { keepFromMs, keepToMs } of station.trips) if (keepFromMs > keepToMs) this.#tripsCutWhole++;
    }
  }

  #addItem(item: WireIngestItem, atMs: number, comesFromVehicle: boolean): void {
    const id = stationOf(item);
    const station = this.#station(id);
    const testimony = testimonyOf(item, comesFromVehicle);
    if (testimony === "road-user") station.isRoadUser = true;
    else if (testimony === "infrastructure") station.isInfrastructure = true;
    this.#addReceiver(item, comesFromVehicle);
    this.#follow(id, station, item, atMs);
    if (item.hazard) this.#addNotice(station, item, atMs);
    if (item.intersection) this.#addIntersection(item);
  }

  #addReceiver({ receiver_id: id }: WireIngestItem, comesFromVehicle: boolean): void {
    if (id === null || id === undefined) return;
    const receiver = this.#station(id);
    if (comesFromVehicle) receiver.isRoadUser = true;
    else receiver.isInfrastructure = true;
  }

  #follow(id: number, station: SurveyedStation, item: WireIngestItem, atMs: number): void {
    const place = senderPlace(item);
    const isBelieved =
      place === undefined || station.place.believe(atMs, place.latitudeDeg, place.longitudeDeg);
    if (!isBelieved) return;
    if (station.follower !== undefined && atMs - station.follower.lastAtMs > TRIP_GAP_MS)
      this.#endTrip(id, station);
    station.follower ??= new TripFollower(this.#trim, atMs);
    if (place === undefined) station.follower.hear(atMs);
    else station.follower.visit(atMs, place.latitudeDeg, place.longitudeDeg);
  }

  #addNotice(station: SurveyedStation, { hazard }: WireIngestItem, atMs: number): void {
    for (const key of [hazard?.event, ...(hazard?.linked_events ?? [])])
      this.#station(key?.originating_station_id ?? 0);
    station.talks ??= new Map();
    const talk = station.talks.get(eventName(hazard?.event));
    if (talk === undefined) station.talks.set(eventName(hazard?.event), { firstMs: atMs, lastMs: atMs });
    else talk.lastMs = atMs;
  }

  #addIntersection(item: WireIngestItem): void {
    const place = placeOf(item.intersection?.reference_point);
    const name = intersectionName(item);
    if (place !== undefined && name !== undefined) this.#intersections.set(name, place);
  }

  #station(id: number): SurveyedStation {
    const known = this.#stations.get(id);
    if (known !== undefined) return known;
    const station: SurveyedStation = {
      isRoadUser: false,
      isInfrastructure: false,
      trips: [],
      place: new LastPlace(),
      follower: undefined,
      talks: undefined,
    };
    this.#stations.set(id, station);
    return station;
  }

  #sweep(atMs: number): void {
    this.#sweptAtMs = atMs;
    for (const [id, station] of this.#stations) {
      if (station.follower !== undefined && atMs - station.follower.lastAtMs > TRIP_GAP_MS)
        this.#endTrip(id, station);
    }
  }

  #endTrip(id: number, station: SurveyedStation): void {
    const trip = station.follower?.finish();
    station.follower = undefined;
    if (trip === undefined) return;
    station.trips.push(trip);
    for (const [event, { firstMs, lastMs }] of station.talks ?? []) {
      if (!isKept(trip, firstMs) || !isKept(trip, lastMs)) this.#detached.add(`${id}|${event}`);
    }
    station.talks = undefined;
  }
}
