import { fileURLToPath } from "node:url";
import type { MessageRecord, ProducerRecord } from "../../src/domain/record.ts";
import { readRecording } from "../../src/recording/reader.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { peekFrame } from "../../src/wire/peek.ts";
import { Hazards } from "../load/hazards.ts";
import { CamStream, SWEEP_MS } from "../traffic/cam-stream.ts";
import { stoppingVehicle } from "./stopping-vehicle.ts";

export type InputRecord = ProducerRecord;

/** What both programs play: made anew, and equal, by whoever needs it. */
export type RecordingOrder =
  | { readonly kind: "fixture"; readonly name: string; readonly plays: number }
  | ({ readonly kind: "fleet" } & FleetOrder);

/** Traffic to be made. */
export interface FleetOrder {
  readonly stations: number;
  readonly reportsPerMessage: number;
  readonly seed: number;
  /** Not measured: stations appear, tables grow, code is compiled. */
  readonly warmUpS: number;
  /** Each of the measured segments that follow. */
  readonly segmentS: number;
}

/** A piece of a recording. A new program is opened for a fixture each time that it begins anew. */
export interface Segment {
  readonly records: readonly InputRecord[];
  readonly reports: number;
}

const FIXTURES = fileURLToPath(new URL("../../fixtures/recordings/", import.meta.url));

export async function readFixture(name: string): Promise<Segment> {
  const records: InputRecord[] = [];
  for await (const batch of readRecording(`${FIXTURES}${name}.mcap`)) {
    records.push(...batch);
  }
  return segmentOf(records);
}

export function segmentOf(records: readonly InputRecord[]): Segment {
  const items = records.map((record) => (record.kind === "message" ? peekFrame(record.bytes).items : 0));
  return { records, reports: items.reduce((sum, count) => sum + count, 0) };
}

/** Hazards a second: vehicles that brake hard, and others that stop and say that they are disabled. */
const BRAKINGS_PER_S = 20;
const STOPS_PER_S = 2;
const SLOT = 1;

/** Vehicles have ids from here on, those that brake or stop far above. */
const FIRST_ID = 1_000;
const FIRST_HAZARD_ID = 0x7000_0000;
const FIRST_STOP_ID = 0x7800_0000;

/** Vehicles of bench/traffic at 10 Hz on motorways at constant density, with hazards between them, piece by piece. */
export class FleetRecording {
  readonly #stream: CamStream;
  readonly #hazards = new Hazards(FIRST_HAZARD_ID);
  #planted: MessageRecord[] = [];
  #stops = 0;
  #isOpen = false;

  constructor({ stations, reportsPerMessage, seed }: FleetOrder) {
    const firstStationId = FIRST_ID;
    this.#stream = new CamStream({ vehicles: stations, reportsPerMessage, seed, firstStationId, slot: SLOT });
  }

  /** What comes in the next seconds (whole tenths). */
  next(seconds: number): Segment {
    const fromMs = this.#stream.nowMs;
    const opening = this.#isOpen ? [] : openSession(fromMs);
    this.#isOpen = true;
    const sweeps = Array.from({ length: Math.round((seconds * 1_000) / SWEEP_MS) }, () =>
      this.#stream.sweep(),
    );
    const untilMs = this.#stream.nowMs;
    this.#plant(fromMs, untilMs);
    const now = this.#planted.filter(({ receivedAtMs }) => receivedAtMs < untilMs);
    this.#planted = this.#planted.filter(({ receivedAtMs }) => receivedAtMs >= untilMs);
    const messages = [...sweeps.flat(), ...now].sort((a, b) => a.receivedAtMs - b.receivedAtMs);
    return segmentOf([...opening, ...messages]);
  }

  #plant(fromMs: number, untilMs: number): void {
    const take = ({
      atUnixMs,
      payload,
    }: {
      readonly atUnixMs: number;
      readonly payload: Uint8Array;
    }): void => {
      this.#planted.push({ kind: "message", receivedAtMs: atUnixMs, slot: SLOT, bytes: payload });
    };
    // A vehicle is heard 0.2 s before it brakes.
    for (let atMs = fromMs + 200; atMs < untilMs + 200; atMs += 1_000 / BRAKINGS_PER_S) {
      this.#hazards.plant(Math.round(atMs)).forEach(take);
    }
    for (let atMs = fromMs; atMs < untilMs; atMs += 1_000 / STOPS_PER_S) {
      stoppingVehicle(FIRST_STOP_ID + this.#stops, this.#stops, atMs).forEach(take);
      this.#stops++;
    }
  }
}

function openSession(receivedAtMs: number): InputRecord[] {
  const hello = { source_id: "fleet", kind: 3, time_base: 1 };
  const bytes = encodeIngestFrame({ base_time_unix_ms: receivedAtMs, hello });
  return [
    { kind: "session-opened", receivedAtMs, slot: SLOT },
    { kind: "message", receivedAtMs, slot: SLOT, bytes },
  ];
}
