import type { Frame } from "../../domain/frame.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber, readString } from "../../domain/snapshot-row.ts";
import { eastCm, northCm } from "./plane.ts";

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

const E7 = 1e7;

class Receiver {
  latitudeE7 = 0;
  longitudeE7 = 0;
  /** Claims that agreed minus claims that did not. */
  agreement = 0;
  judged = 0;
  beyond = 0;
}

/**
 * Places of roadside units, learned from their own messages: the CAM of an infrastructure station that comes through the
 * unit itself, or its own sensor and health readings. A unit also hears the CAMs of its neighbours, and somebody may
 * lie about being one; so a place counts once three claims more agreed than not, and a receiver for which every third
 * station would be out of range is itself doubted.
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
    maxRangeM: number,
    maxBeyondShare: number,
  ): boolean {
    if (this.#receivers.size === 0) return false;
    const receiver = this.#receivers.get(name);
    if (receiver === undefined || receiver.agreement < CONFIRMED_FROM) return false;
    const isBeyond = distanceCm(receiver, latitudeE7, longitudeE7) > maxRangeM * 100;
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
    return [...this.#receivers].map(([name, { latitudeE7, longitudeE7, agreement, judged, beyond }]) => [
      name,
      latitudeE7,
      longitudeE7,
      agreement,
      judged,
      beyond,
    ]);
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
      receiver.judged = readNumber(row[4], "judged");
      receiver.beyond = readNumber(row[5], "beyond");
    }
    return receivers;
  }
}

function distanceCm(
  { latitudeE7, longitudeE7 }: Receiver,
  toLatitudeE7: number,
  toLongitudeE7: number,
): number {
  const north = northCm(latitudeE7, toLatitudeE7);
  const east = eastCm(latitudeE7, longitudeE7, toLongitudeE7);
  return Math.sqrt(north * north + east * east);
}
