import { closeCode } from "../domain/close-code.ts";
import type { StreamRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import type { Connection } from "../transport/transport.ts";
import { decodeReplayRecord, encodeReplayProgress, type WireReplayRecord } from "../wire/replay-record.ts";
import { fromSessionEvent } from "../wire/session-event.ts";
import type { RecordSink } from "./producer-sessions.ts";

type PushedRecord = Exclude<StreamRecord, { kind: "tick" }>;

/** The pipeline as a replaying client drives it. */
export interface ReplaySink extends Pick<RecordSink, "push"> {
  /** Lets time go on until every alert has ended. */
  finish(): void;
  /** False while subscribers have not taken what the replay has caused: a replay outruns any reader. */
  hasRoom(): boolean;
}

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
  #lastReceivedAtMs = Number.NEGATIVE_INFINITY;

  constructor(sink: ReplaySink, connection: Connection) {
    this.#sink = sink;
    this.#connection = connection;
  }

  message(bytes: Uint8Array): void {
    const wire = decodeReplayRecord(bytes);
    if (isRejection(wire)) return this.#connection.close(closeCode.badHello, "not a ReplayRecord");
    if (wire.end) return this.#finish();
    const record = readRecord(wire);
    if (record === undefined || record.receivedAtMs < this.#lastReceivedAtMs) {
      return this.#connection.close(
        closeCode.badHello,
        "a record without content, or receive time went back",
      );
    }
    this.#lastReceivedAtMs = record.receivedAtMs;
    this.#sink.push(record);
    this.#records++;
    if (this.#records % PROGRESS_EVERY_RECORDS === 0) this.#tell(false);
  }

  #finish(): void {
    this.#sink.finish();
    this.#tell(true);
  }

  /** Progress opens the client's window, so it is held back until subscribers have caught up. */
  #tell(done: boolean): void {
    if (this.#sink.hasRoom()) this.#connection.send(encodeReplayProgress({ records: this.#records, done }));
    else setTimeout(() => this.#tell(done), ROOM_CHECK_MS).unref();
  }
}

function readRecord(wire: WireReplayRecord): PushedRecord | undefined {
  const receivedAtMs = wire.received_at_unix_ms ?? 0;
  if (wire.message) {
    const bytes = wire.message.frame ?? new Uint8Array();
    return { kind: "message", receivedAtMs, slot: wire.message.slot ?? 0, bytes };
  }
  return wire.session ? fromSessionEvent(wire.session, receivedAtMs) : undefined;
}
