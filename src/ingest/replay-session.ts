import { closeCode } from "../domain/close-code.ts";
import type { ProducerRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import type { Connection } from "../transport/transport.ts";
import { decodeReplayRecord, encodeReplayProgress, type WireReplayRecord } from "../wire/replay-record.ts";
import { fromSessionEvent } from "../wire/session-event.ts";
import type { RecordSink } from "./producer-sessions.ts";

/** The pipeline as a replaying client drives it. */
export interface ReplaySink extends Pick<RecordSink, "push"> {
  /** Lets time go on until every alert has ended. */
  finish(): void;
  /** False while subscribers have not taken what the replay has caused: a replay outruns any reader. */
  hasRoom(): boolean;
  /** Receive time that the server has reached, Unix ms; −Infinity before the first record. */
  reachedMs(): number;
}

/** Receive times are Unix times of this century; beyond it, whole microseconds are not exact in a double. */
const LATEST_RECEIVE_TIME_MS = Date.UTC(2100, 0);

/**
 * Longest pause between two records: time passes in ticks of 50 ms, and the server hears nothing else meanwhile. A day
 * takes about a second; a single wrong time stamp could take hours.
 */
const LONGEST_PAUSE_MS = 25 * 3_600_000;

/** Slots of sessions have 16 bits, as in recordings. */
const MAX_SLOT = 0xffff;

/** Progress is told often enough to keep the client's window (4096 records) open. */
const PROGRESS_EVERY_RECORDS = 256;

/** How often a held-back progress is looked at again. */
const ROOM_CHECK_MS = 5;

/**
 * One client that plays a recording into a server which runs on the recording's clock (v1.replay.roadpulse). Records
 * arrive in the recording's order with their receive times, so the alerts are those of the recording, at any speed.
 */
export class ReplaySession {
  readonly #sink: ReplaySink;
  readonly #connection: Connection;
  #records = 0;
  #ended = false;

  constructor(sink: ReplaySink, connection: Connection) {
    this.#sink = sink;
    this.#connection = connection;
  }

  message(bytes: Uint8Array): void {
    const wire = decodeReplayRecord(bytes);
    if (isRejection(wire)) return this.#refuse("not a ReplayRecord");
    if (this.#ended) return this.#refuse("the recording has ended");
    if (wire.end) return this.#finish();
    const record = readRecord(wire);
    const fault = record === undefined ? "a record without content" : this.#faultOf(record);
    if (record === undefined || fault !== undefined) return this.#refuse(fault ?? "");
    this.#sink.push(record);
    this.#records++;
    if (this.#records % PROGRESS_EVERY_RECORDS === 0) this.#tell(false);
  }

  /** Why the pipeline cannot take a record, whoever replayed what before. */
  #faultOf({ receivedAtMs, slot }: ProducerRecord): string | undefined {
    if (!(receivedAtMs >= 0 && receivedAtMs <= LATEST_RECEIVE_TIME_MS))
      return "no receive time of this century";
    if (slot > MAX_SLOT) return `slots go up to ${MAX_SLOT}`;
    const reachedMs = this.#sink.reachedMs();
    if (receivedAtMs < reachedMs) {
      const time = new Date(reachedMs).toISOString();
      return `receive time went back: this server has reached ${time}; a restart sets its clock back`;
    }
    if (Number.isFinite(reachedMs) && receivedAtMs - reachedMs > LONGEST_PAUSE_MS) {
      return "a pause of more than 25 h between two records";
    }
    return undefined;
  }

  #refuse(reason: string): void {
    this.#ended = true;
    this.#connection.close(closeCode.badHello, reason);
  }

  #finish(): void {
    this.#ended = true;
    this.#sink.finish();
    this.#tell(true);
  }

  /** Progress opens the client's window, so it is held back until subscribers have caught up. */
  #tell(done: boolean): void {
    if (this.#sink.hasRoom()) this.#connection.send(encodeReplayProgress({ records: this.#records, done }));
    else setTimeout(() => this.#tell(done), ROOM_CHECK_MS).unref();
  }
}

function readRecord(wire: WireReplayRecord): ProducerRecord | undefined {
  const receivedAtMs = wire.received_at_unix_ms ?? 0;
  if (wire.message) {
    const bytes = wire.message.frame ?? new Uint8Array();
    return { kind: "message", receivedAtMs, slot: wire.message.slot ?? 0, bytes };
  }
  return wire.session ? fromSessionEvent(wire.session, receivedAtMs) : undefined;
}
