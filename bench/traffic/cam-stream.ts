import type { MessageRecord } from "../../src/domain/record.ts";
import { CamFrame, camFrameBytes } from "./cam-frame.ts";
import { type Carriageway, Fleet } from "./fleet.ts";

/** Every vehicle reports at 10 Hz, the highest rate of CAMs (ETSI EN 302 637-2). */
export const SWEEP_MS = 100;

/** Any time will do; a whole second at which a tick falls. */
const START_UNIX_MS = 1_790_000_000_000;

export interface CamStreamOptions {
  readonly vehicles: number;
  readonly reportsPerMessage: number;
  readonly seed: number;
  readonly firstStationId?: number;
  readonly startUnixMs?: number;
  /** Session slot of all messages. */
  readonly slot?: number;
}

/** The messages of a fleet, sweep by sweep, with receive times: what a sequencer would get, without sockets. */
export class CamStream {
  readonly vehicles: number;
  readonly #fleet: Fleet;
  readonly #reportsPerMessage: number;
  readonly #startUnixMs: number;
  readonly #slot: number;
  #elapsedMs = SWEEP_MS;

  constructor(options: CamStreamOptions) {
    const { vehicles, reportsPerMessage, seed, firstStationId = 1 } = options;
    this.vehicles = vehicles;
    this.#reportsPerMessage = reportsPerMessage;
    this.#startUnixMs = options.startUnixMs ?? START_UNIX_MS;
    this.#slot = options.slot ?? 1;
    this.#fleet = new Fleet({ vehicles, seed, firstStationId });
  }

  get carriageways(): readonly Carriageway[] {
    return this.#fleet.carriageways;
  }

  /** Receive time of the next message. */
  get nowMs(): number {
    return this.#startUnixMs + this.#elapsedMs;
  }

  /** One report of every vehicle, spread over 100 ms; the bytes are the caller's. */
  sweep(): MessageRecord[] {
    const messages = Math.floor(this.vehicles / this.#reportsPerMessage);
    const records = Array.from({ length: messages }, (_, message) => this.#record(message, messages));
    this.#elapsedMs += SWEEP_MS;
    return records;
  }

  /** Lets the vehicles drive on unheard. */
  skip(sweeps: number): void {
    this.#elapsedMs += sweeps * SWEEP_MS;
  }

  #record(message: number, messages: number): MessageRecord {
    const elapsedMs = this.#elapsedMs + Math.floor((message * SWEEP_MS) / messages);
    const bytes = new Uint8Array(camFrameBytes(this.#reportsPerMessage));
    const first = message * this.#reportsPerMessage;
    const frame = new CamFrame(bytes, 0, this.#fleet, first, this.#reportsPerMessage);
    frame.patch(this.#startUnixMs + elapsedMs, elapsedMs);
    return { kind: "message", receivedAtMs: this.#startUnixMs + elapsedMs, slot: this.#slot, bytes };
  }
}
