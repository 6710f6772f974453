import type { WireAwareness } from "../wire/ingest-frame.ts";

/**
 * What a vehicle tells besides its motion: the columns `light_bits`, `control_bits`, `event_bits` (bits as in
 * `domain/observation.ts`), `role` (number of TS 102 894-2 VehicleRole), `wiper_per_min` and `length_m` of a table. 0 = not
 * told.
 */
export interface VehicleSigns {
  readonly lightBits: number;
  readonly controlBits: number;
  readonly eventBits: number;
  readonly role: number;
  readonly wiperPerMin: number;
  readonly lengthM: number;
}

export const SIGN_COLUMNS = [
  "light_bits",
  "control_bits",
  "event_bits",
  "role",
  "wiper_per_min",
  "length_m",
] as const;

/** Values of one row in `#values`. */
const PER_ROW = SIGN_COLUMNS.length;
const FIRST_ROWS = 65_536;

/** Signs by row of a table; rows that nobody set have none. Every value fits 16 bits, lengths in cm. */
export class SignTable {
  #values = new Uint16Array(FIRST_ROWS * PER_ROW);

  set(row: number, signs: VehicleSigns): void {
    const from = row * PER_ROW;
    this.#makeRoom(from + PER_ROW);
    this.#values.set(
      [
        signs.lightBits,
        signs.controlBits,
        signs.eventBits,
        signs.role,
        signs.wiperPerMin,
        Math.round(signs.lengthM * 100),
      ],
      from,
    );
  }

  /** Adds what the row tells to a message. */
  tell(row: number, awareness: WireAwareness): void {
    const from = row * PER_ROW;
    const [lights = 0, controls = 0, events = 0, role = 0, wiper = 0, length = 0] = this.#values.subarray(
      from,
      from + PER_ROW,
    );
    if (lights > 0) awareness.exterior_light_bits = lights;
    if (controls > 0) awareness.control_bits = controls;
    if (events > 0) awareness.event_bits = events;
    // The wire counts roles from 1, because 0 is "not given" there.
    if (role > 0) awareness.role = role + 1;
    if (wiper > 0) awareness.wiper_rate_per_min = wiper;
    if (length > 0) awareness.length_cm = length;
  }

  #makeRoom(length: number): void {
    if (length <= this.#values.length) return;
    const grown = new Uint16Array(Math.max(length, this.#values.length * 2));
    grown.set(this.#values);
    this.#values = grown;
  }
}
