import { distanceBetweenM } from "../../geo/geodesy.ts";
import type { WireIngestItem } from "../../wire/ingest-frame.ts";
import type { Trim } from "./options.ts";
import { senderPlace, type WirePlace } from "./places.ts";
import { stationOf } from "./station-kind.ts";
import type { Survey } from "./survey.ts";
import type { Trip, TripEnd } from "./trip.ts";

/** Finds the trip that an item belongs to, in the order of the recording. */
export class TripFinder {
  readonly #survey: Survey;
  readonly #trim: Trim;
  readonly #nextTrip = new Map<number, number>();

  constructor(survey: Survey, trim: Trim) {
    this.#survey = survey;
    this.#trim = trim;
  }

  /** `free` where nothing is cut; `none` for places of no trip. */
  find(item: WireIngestItem, atMs: number): Trip | "free" | "none" {
    const id = stationOf(item);
    const isUncut = this.#trim.distanceM === 0 && this.#trim.durationMs === 0;
    const isNobody = id === 0 && (item.sensor || item.signal || item.intersection);
    if (isUncut || isNobody || this.#survey.isInfrastructure(id)) return "free";
    const place = senderPlace(item);
    const station = this.#survey.stations.get(id);
    if (place !== undefined && station?.place.believe(atMs, place.latitudeDeg, place.longitudeDeg) !== true)
      return "none";
    return this.#tripAt(id, atMs) ?? "none";
  }

  /** Whether a place lies where the begin or end of a trip was cut. */
  isNearEnd({ begin, end }: Trip, place: WirePlace): boolean {
    return isInside(begin, place) || isInside(end, place);
  }

  #tripAt(id: number, atMs: number): Trip | undefined {
    const trips = this.#survey.stations.get(id)?.trips ?? [];
    let next = this.#nextTrip.get(id) ?? 0;
    while (next < trips.length && (trips[next] as Trip).endedAtMs < atMs) next++;
    this.#nextTrip.set(id, next);
    const trip = trips[next];
    return trip !== undefined && trip.beganAtMs <= atMs ? trip : undefined;
  }
}

function isInside(end: TripEnd | undefined, { latitudeDeg, longitudeDeg }: WirePlace): boolean {
  if (end === undefined) return false;
  return distanceBetweenM(end.latitudeDeg, end.longitudeDeg, latitudeDeg, longitudeDeg) < end.radiusM;
}
