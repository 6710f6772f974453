import { distanceBetweenM } from "../../geo/geodesy.ts";
import type { Trim } from "./options.ts";

/** A break of this length ends a trip: longer than stops at lights and in queues, shorter than an errand (own). */
export const TRIP_GAP_MS = 300_000;

/** A place counts as left, or not yet reached, when the station was beyond for this long: one bad fix is none (own). */
const PERSISTENCE_MS = 2_000;

/** Places remembered of the end of a trip; older ones are forgotten, and the cut then reaches back to the oldest. */
const MAX_PLACES = 64;

/** So many remembered places lie within the distance that is cut. */
const PLACES_PER_DISTANCE = 12;

/** 64 places at 1.2 m for each second reach back over the time that is cut at up to 76 m/s. */
const SPACING_M_PER_S = 1.2;

/** A circle that holds all that is cut at one end of a trip. */
export interface TripEnd {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly radiusM: number;
}

/** One trip of a station by receive time, Unix ms. */
export interface Trip {
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  /** What was received from here on may leave; infinite where nothing may. */
  readonly keepFromMs: number;
  /** Up to here, inclusive. */
  readonly keepToMs: number;
  /** Undefined where the station never told a place. */
  readonly begin: TripEnd | undefined;
  readonly end: TripEnd | undefined;
}

/** Whether something received then may leave. */
export function isKept(trip: Trip, atMs: number): boolean {
  return atMs >= trip.keepFromMs && atMs <= trip.keepToMs;
}

/**
 * Follows one trip and tells in the end what of it may leave. Distances are as the crow flies: positions that scatter
 * while a vehicle stands add up to any length of way. Where a trip wanders near its end for longer than the remembered
 * places reach, the cut goes back to the oldest of them, which is at least as long a way.
 */
export class TripFollower {
  readonly #trim: Trim;
  readonly #spacingM: number;
  readonly #beganAtMs: number;
  #lastAtMs: number;
  #keepFromMs = Number.POSITIVE_INFINITY;
  #beyondSinceMs: number | undefined;
  #beginReachM = 0;
  #begin: Place | undefined;
  #last: Place | undefined;
  #places: Place[] = [];
  #hasForgotten = false;

  constructor(trim: Trim, atMs: number) {
    this.#trim = trim;
    this.#spacingM = Math.max(
      trim.distanceM / PLACES_PER_DISTANCE,
      (trim.durationMs / 1_000) * SPACING_M_PER_S,
    );
    this.#beganAtMs = atMs;
    this.#lastAtMs = atMs;
    if (trim.distanceM === 0) this.#keepFromMs = atMs + trim.durationMs;
  }

  get lastAtMs(): number {
    return this.#lastAtMs;
  }

  /** The station was heard, wherever it was. */
  hear(atMs: number): void {
    this.#lastAtMs = atMs;
  }

  /** The station was heard at a place. */
  visit(atMs: number, latitudeDeg: number, longitudeDeg: number): void {
    this.#lastAtMs = atMs;
    const place = { atMs, latitudeDeg, longitudeDeg };
    this.#begin ??= place;
    this.#last = place;
    if (!(atMs > this.#keepFromMs)) this.#watchBegin(this.#begin, place);
    this.#remember(place);
  }

  finish(): Trip {
    const keepToMs = Math.min(this.#lastAtMs - this.#trim.durationMs, this.#lastBeyondMs());
    return {
      beganAtMs: this.#beganAtMs,
      endedAtMs: this.#lastAtMs,
      keepFromMs: this.#keepFromMs,
      keepToMs,
      begin: this.#begin && { ...placeOf(this.#begin), radiusM: this.#reach(this.#beginReachM) },
      end: this.#last && { ...placeOf(this.#last), radiusM: this.#reach(this.#endReachM(keepToMs)) },
    };
  }

  #reach(reachM: number): number {
    return Math.max(this.#trim.distanceM, reachM);
  }

  #watchBegin(begin: Place, place: Place): void {
    const { distanceM, durationMs } = this.#trim;
    const awayM = between(begin, place);
    this.#beginReachM = Math.max(this.#beginReachM, awayM);
    if (distanceM === 0) return;
    if (awayM < distanceM) this.#beyondSinceMs = undefined;
    else {
      this.#beyondSinceMs ??= place.atMs;
      const isBeyond = place.atMs - this.#beyondSinceMs >= PERSISTENCE_MS;
      if (isBeyond && place.atMs >= this.#beganAtMs + durationMs) this.#keepFromMs = place.atMs;
    }
  }

  #remember(place: Place): void {
    const newest = this.#places.at(-1);
    if (newest !== undefined && between(newest, place) < this.#spacingM) return;
    this.#places.push(place);
    if (this.#places.length <= MAX_PLACES) return;
    this.#places = this.#places.slice(MAX_PLACES / 4);
    this.#hasForgotten = true;
  }

  /** When the station was for the last time beyond the distance that is cut at the end. */
  #lastBeyondMs(): number {
    if (this.#trim.distanceM === 0) return Number.POSITIVE_INFINITY;
    let newestMs: number | undefined;
    for (let i = this.#places.length - 1; i >= 0; i--) {
      const place = this.#places[i] as Place;
      if (between(this.#last as Place, place) < this.#trim.distanceM) newestMs = undefined;
      else {
        newestMs ??= place.atMs;
        if (newestMs - place.atMs >= PERSISTENCE_MS) return newestMs;
      }
    }
    return this.#hasForgotten ? (this.#places[0] as Place).atMs : Number.NEGATIVE_INFINITY;
  }

  #endReachM(keepToMs: number): number {
    let reachM = 0;
    for (let i = this.#places.length - 1; i >= 0; i--) {
      const place = this.#places[i] as Place;
      reachM = Math.max(reachM, between(this.#last as Place, place));
      if (place.atMs <= keepToMs) break;
    }
    return reachM;
  }
}

interface Place {
  readonly atMs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

function placeOf({ latitudeDeg, longitudeDeg }: Place): Omit<Place, "atMs"> {
  return { latitudeDeg, longitudeDeg };
}

function between(a: Place, b: Place): number {
  return distanceBetweenM(a.latitudeDeg, a.longitudeDeg, b.latitudeDeg, b.longitudeDeg);
}
