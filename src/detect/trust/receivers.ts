import type { Frame } from "../../domain/frame.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber, readString } from "../../domain/snapshot-row.ts";
import { eastCm, northCm } from "./plane.ts";
import type { TrustParameters } from "./trust-parameters.ts";

/** More roadside units than a country has; further ones have no known place. */
const MAX_RECEIVERS = 65_536;

/** Reports of places that are remembered per receiver, and how many must agree. */
const CONFIRMED_FROM = 3;
const MAX_AGREEMENT = 20;

/** Two claims of a place this close are one. */
const SAME_PLACE_CM = 5_000;

/** Stations judged per receiver before halving: about the last quarter of an hour of a busy motorway. */
const MAX_JUDGED = 400;

/** Judged stations from which on the share beyond the range says something about the receiver. */
const JUDGED_ENOUGH = 10;

/** Claims from which on a learned place counts: 60 lead from 0.5 km to 10 km, and as many again to the middle. */
const LEARNED_ENOUGH = 300;

/** A unit hears along a road as far as twice the median; another factor of two for what stands in the way. */
const RANGE_OF_MEDIAN = 4;

/** Each claim moves the median, and the place by this share of it. */
const LEARNING_SHARE = 0.05;
const LEAST_MEDIAN_CM = 5_000;

/** What hears farther is no radio. */
const MOST_MEDIAN_CM = 150_000;
const CM_PER_E7 = 1.11;

const E7 = 1e7;

class Receiver {
  latitudeE7 = 0;
  longitudeE7 = 0;
  /** Claims that agreed minus claims that did not. */
  agreement = 0;
  /** Stations from whose claims its place follows where nobody tells it, and half of their distances at most. */
  learned = 0;
  medianCm = 0;
  judged = 0;
  beyond = 0;
}

/**
 * Places of roadside units, learned from their own messages: the CAM of an infrastructure station that comes through the
 * unit itself, or its own sensor and health readings. A unit also hears the CAMs of its neighbours, and somebody may
 * lie about being one; so a place counts once three claims more agreed than not, and a receiver for which every third
 * station would be out of range is itself doubted. Where no unit tells its place, it is learned as the median of what is
 * claimed through it; not for gateways, which hear a region.
 */
export class Receivers {
  readonly #receivers = new Map<string, Receiver>();

  get size(): number {
    return this.#receivers.size;
  }

  /** Takes a frame from which the place of its receiver may follow. */
  learn({ receiver: name, source, observation }: Frame): void {
    const isOwn =
      (observation.kind === "motion" && observation.stationType === "infrastructure") ||
      (observation.kind === "sensor" && source.kind === "rsu");
    if (!isOwn || source.kind === "vehicle") return;
    const place = observation as { readonly latitudeDeg: number; readonly longitudeDeg: number };
    this.#claim(name, Math.round(place.latitudeDeg * E7), Math.round(place.longitudeDeg * E7));
  }

  #claim(name: string, latitudeE7: number, longitudeE7: number): void {
    const receiver = this.#receivers.get(name) ?? this.#add(name);
    if (receiver === undefined) return;
    if (receiver.agreement > 0 && distanceCm(receiver, latitudeE7, longitudeE7) <= SAME_PLACE_CM) {
      receiver.agreement = Math.min(MAX_AGREEMENT, receiver.agreement + 1);
      return;
    }
    receiver.agreement--;
    if (receiver.agreement > 0) return;
    receiver.agreement = 1;
    receiver.latitudeE7 = latitudeE7;
    receiver.longitudeE7 = longitudeE7;
    receiver.judged = 0;
    receiver.beyond = 0;
  }

  #add(name: string): Receiver | undefined {
    if (this.#receivers.size >= MAX_RECEIVERS) return undefined;
    const receiver = new Receiver();
    this.#receivers.set(name, receiver);
    return receiver;
  }

  /** True where the receiver stands too far away to have heard a station there; false also where nobody knows. */
  isBeyond(
    name: string,
    latitudeE7: number,
    longitudeE7: number,
    { maxRangeM, learnedRangeM, maxBeyondShare }: TrustParameters,
    mayLearn: boolean,
  ): boolean {
    const receiver = this.#receivers.get(name) ?? (mayLearn ? this.#add(name) : undefined);
    if (receiver === undefined) return false;
    const isTold = receiver.agreement >= CONFIRMED_FROM;
    if (!isTold && receiver.agreement <= 0) learnPlace(receiver, latitudeE7, longitudeE7);
    if (!isTold && (receiver.learned < LEARNED_ENOUGH || receiver.medianCm > MOST_MEDIAN_CM)) return false;
    const rangeM = isTold ? maxRangeM : Math.max(learnedRangeM, (RANGE_OF_MEDIAN * receiver.medianCm) / 100);
    const isBeyond = distanceCm(receiver, latitudeE7, longitudeE7) > rangeM * 100;
    if (receiver.judged >= MAX_JUDGED) {
      receiver.judged >>= 1;
      receiver.beyond >>= 1;
    }
    receiver.judged++;
    if (!isBeyond) return false;
    receiver.beyond++;
    return receiver.judged >= JUDGED_ENOUGH && receiver.beyond <= maxBeyondShare * receiver.judged;
  }

  snapshot(): SnapshotValue {
    return [...this.#receivers].map(
      ([name, { latitudeE7, longitudeE7, agreement, learned, medianCm, judged, beyond }]) => [
        name,
        latitudeE7,
        longitudeE7,
        agreement,
        learned,
        medianCm,
        judged,
        beyond,
      ],
    );
  }

  /** @throws Error on what `snapshot` cannot have made. */
  static restore(value: SnapshotValue | undefined): Receivers {
    const receivers = new Receivers();
    for (const entry of readArray(value)) {
      const row = readArray(entry);
      const receiver = receivers.#add(readString(row[0], "receiver"));
      if (receiver === undefined) break;
      receiver.latitudeE7 = readNumber(row[1], "latitude");
      receiver.longitudeE7 = readNumber(row[2], "longitude");
      receiver.agreement = readNumber(row[3], "agreement");
      receiver.learned = readNumber(row[4], "learned");
      receiver.medianCm = readNumber(row[5], "median");
      receiver.judged = readNumber(row[6], "judged");
      receiver.beyond = readNumber(row[7], "beyond");
    }
    return receivers;
  }
}

/**
 * Moves the place towards the median of what is claimed through the receiver: one step for each claim whatever its
 * distance, so that liars weigh as much as their number.
 */
function learnPlace(receiver: Receiver, latitudeE7: number, longitudeE7: number): void {
  if (receiver.learned === 0) {
    receiver.latitudeE7 = latitudeE7;
    receiver.longitudeE7 = longitudeE7;
    receiver.medianCm = FIRST_MEDIAN_CM;
  }
  receiver.learned++;
  const awayCm = distanceCm(receiver, latitudeE7, longitudeE7);
  const stepE7 = Math.round((receiver.medianCm * LEARNING_SHARE) / CM_PER_E7);
  receiver.latitudeE7 += Math.sign(latitudeE7 - receiver.latitudeE7) * stepE7;
  receiver.longitudeE7 += Math.sign(longitudeE7 - receiver.longitudeE7) * stepE7;
  const factor = awayCm > receiver.medianCm ? 1 + LEARNING_SHARE : 1 - LEARNING_SHARE;
  receiver.medianCm = Math.max(LEAST_MEDIAN_CM, Math.round(receiver.medianCm * factor));
}

/** Where nothing is known yet: a unit of medium range. */
const FIRST_MEDIAN_CM = 50_000;

function distanceCm(
  { latitudeE7, longitudeE7 }: Receiver,
  toLatitudeE7: number,
  toLongitudeE7: number,
): number {
  const north = northCm(latitudeE7, toLatitudeE7);
  const east = eastCm(latitudeE7, longitudeE7, toLongitudeE7);
  return Math.sqrt(north * north + east * east);
}
