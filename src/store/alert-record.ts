import type { Alert } from "../domain/alert.ts";
import type { LoggedAlert } from "../domain/alert-log.ts";
import { isRejection } from "../domain/rejection.ts";
import { encodeAlertDelivery } from "../wire/server-message.ts";
import { decodeAlertDelivery } from "../wire/server-message-reader.ts";
import type { Frame } from "./journal-frame.ts";
import { JournalError } from "./journal-open.ts";

/**
 * A transition in the journal; its number is that of the frame. The first byte is the version of the record:
 *
 *   1  JSON of `{ previousSequence, alert }`
 *   2  0 | number of the revision before 6 | AlertDelivery of roadpulse.stream.v1 without latency
 */
export const ALERT_RECORD_VERSION = 2;
const JSON_VERSION = 1;

/** What the journal of alerts says of itself. */
export const ALERT_CONTENT = { content: "alerts", contentVersion: ALERT_RECORD_VERSION } as const;

const PREVIOUS_AT = 2;
const PREVIOUS_BYTES = 6;
const HEAD_BYTES = 8;

/** A transition as it was logged; the alert is decoded when somebody looks at it. */
export class StoredAlert implements LoggedAlert {
  readonly sequence: number;
  readonly previousSequence: number;
  readonly bytes: Uint8Array;
  #alert: Alert | undefined;

  constructor(sequence: number, previousSequence: number, bytes: Uint8Array, alert?: Alert) {
    this.sequence = sequence;
    this.previousSequence = previousSequence;
    this.bytes = bytes;
    this.#alert = alert;
  }

  get alert(): Alert {
    this.#alert ??= decoded(this.sequence, this.bytes);
    return this.#alert;
  }

  /** The record that the journal holds. */
  toRecord(): Buffer {
    const record = Buffer.allocUnsafe(HEAD_BYTES + this.bytes.length);
    record.writeUInt16LE(ALERT_RECORD_VERSION, 0);
    record.writeUIntLE(this.previousSequence, PREVIOUS_AT, PREVIOUS_BYTES);
    record.set(this.bytes, HEAD_BYTES);
    return record;
  }

  static of(sequence: number, previousSequence: number, alert: Alert): StoredAlert {
    const bytes = encodeAlertDelivery({ sequence, alert, latency: undefined });
    return new StoredAlert(sequence, previousSequence, bytes, alert);
  }

  /** Reads the record of a frame; its bytes are copied, for they hold a whole window of the file. */
  static ofFrame({ number, bytes }: Pick<Frame, "number" | "bytes">): StoredAlert {
    return StoredAlert.read(number, Uint8Array.from(bytes));
  }

  /**
   * Reads a record of any version up to ours.
   * @throws JournalError for a later one
   */
  static read(sequence: number, record: Uint8Array): StoredAlert {
    const bytes = Buffer.from(record.buffer, record.byteOffset, record.length);
    switch (bytes[0]) {
      case ALERT_RECORD_VERSION:
        return new StoredAlert(
          sequence,
          bytes.readUIntLE(PREVIOUS_AT, PREVIOUS_BYTES),
          bytes.subarray(HEAD_BYTES),
        );
      case JSON_VERSION: {
        const { previousSequence, alert } = JSON.parse(bytes.toString("utf8", 1)) as {
          readonly previousSequence: number;
          readonly alert: Alert;
        };
        return StoredAlert.of(sequence, previousSequence, alert);
      }
      default:
        throw new JournalError(
          `Transition ${sequence} was written by a later version of Roadpulse; use that one.`,
        );
    }
  }
}

/** Live alerts whose last record is older than a segment: it repeats them, so that they outlive the segments before it. */
export function* carried(
  live: Iterable<StoredAlert>,
  before: number,
): Iterable<Pick<Frame, "number" | "bytes">> {
  for (const stored of live) {
    if (stored.sequence < before) yield { number: stored.sequence, bytes: stored.toRecord() };
  }
}

function decoded(sequence: number, bytes: Uint8Array): Alert {
  const delivery = decodeAlertDelivery(bytes);
  if (isRejection(delivery))
    throw new JournalError(`Transition ${sequence} cannot be read: ${delivery.rejected}.`);
  return delivery.alert;
}
