import { distanceBetweenM } from "../../geo/geodesy.ts";

/**
 * Faster than any road vehicle, with room for receivers that forward late: what lies farther off is a bad fix, a forgery
 * or a second station with the same id (own).
 */
const ALLOWED_M = 500;
const ALLOWED_MPS = 100;

/** Where a station was last, so that places it cannot have reached are told apart. The same in both passes. */
export class LastPlace {
  #atMs = Number.NEGATIVE_INFINITY;
  #latitudeDeg = 0;
  #longitudeDeg = 0;

  /** Takes the place over unless the station cannot have come there since its last one. */
  believe(atMs: number, latitudeDeg: number, longitudeDeg: number): boolean {
    const allowedM = ALLOWED_M + (ALLOWED_MPS * (atMs - this.#atMs)) / 1_000;
    const awayM = distanceBetweenM(this.#latitudeDeg, this.#longitudeDeg, latitudeDeg, longitudeDeg);
    if (awayM > allowedM) return false;
    this.#atMs = atMs;
    this.#latitudeDeg = latitudeDeg;
    this.#longitudeDeg = longitudeDeg;
    return true;
  }

  forget(): void {
    this.#atMs = Number.NEGATIVE_INFINITY;
  }
}
