import RBush from "rbush";
import type { StationLookup } from "../../src/domain/detector.ts";
import type { GeoPoint } from "../../src/domain/place.ts";
import { distanceBetweenM, metresPerDegree } from "../../src/geo/geodesy.ts";
import type { Station } from "./station.ts";

/** A station is forgotten after this silence. */
const KEEP_MS = 30_000;
const INFRASTRUCTURE_KEEP_MS = 60_000;
const SWEEP_MS = 1_000;

/** All stations by id, and an R-tree of where they are: `remove` and `insert` for each report that moves one. */
export class StationIndex implements StationLookup {
  readonly #stations = new Map<number, Station>();
  readonly #tree = new RBush<Station>();
  readonly #inTree = new Set<Station>();
  #tickMs = 0;

  get size(): number {
    return this.#inTree.size;
  }

  get(stationId: number): Station | undefined {
    const station = this.#stations.get(stationId);
    return station !== undefined && this.#tickMs - station.receivedAtMs <= keepMs(station)
      ? station
      : undefined;
  }

  add(station: Station): void {
    const before = this.#stations.get(station.stationId);
    if (before !== undefined) this.#leave(before);
    this.#stations.set(station.stationId, station);
  }

  /** Puts a station where it is now. */
  move(station: Station): void {
    if (this.#inTree.has(station)) this.#tree.remove(station);
    station.minX = station.maxX = station.longitudeDeg;
    station.minY = station.maxY = station.latitudeDeg;
    this.#tree.insert(station);
    this.#inTree.add(station);
  }

  within(center: GeoPoint, radiusM: number): readonly Station[] {
    const { northM, eastM } = metresPerDegree(center.latitudeDeg);
    // A little more than needed: what counts is the distance.
    const north = (radiusM * 1.01) / northM;
    const east = (radiusM * 1.01) / eastM;
    const { latitudeDeg, longitudeDeg } = center;
    return this.#tree
      .search({
        minX: longitudeDeg - east,
        minY: latitudeDeg - north,
        maxX: longitudeDeg + east,
        maxY: latitudeDeg + north,
      })
      .filter(
        (station) =>
          this.#tickMs - station.receivedAtMs <= station.liveMs &&
          distanceBetweenM(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg) <= radiusM,
      )
      .sort((a, b) => a.stationId - b.stationId);
  }

  /** Once a second all are looked at, and who fell silent leaves. */
  onTick(tickMs: number): void {
    this.#tickMs = tickMs;
    if (tickMs % SWEEP_MS !== 0) return;
    for (const station of this.#stations.values()) {
      const silentMs = tickMs - station.receivedAtMs;
      if (silentMs > station.liveMs) this.#leave(station);
      if (silentMs > keepMs(station)) this.#stations.delete(station.stationId);
    }
  }

  #leave(station: Station): void {
    if (this.#inTree.delete(station)) this.#tree.remove(station);
  }
}

function keepMs({ stationType }: Station): number {
  return stationType === "infrastructure" ? INFRASTRUCTURE_KEEP_MS : KEEP_MS;
}
