import type { GapReason } from "../domain/delivery.ts";
import type { Cursor } from "../domain/subscription.ts";

/** One message of a source. */
export interface NumberedMessage {
  readonly sequence: number;
  /** Messages of one key are never sent side by side: revisions of one alert, say. */
  readonly key: string;
  /** What is sent, as JSON. Made when it is sent: what waits costs a reference. */
  body(): object;
}

/** What was found in one look. */
export interface Stretch {
  readonly messages: readonly NumberedMessage[];
  /** Everything up to this number was looked at. */
  readonly reached: number;
  /** Numbers are missing that will not come. */
  readonly isBroken: boolean;
}

/** Reads messages in their order, from a cursor on. */
export interface MessageReader {
  /** Looks at `budget` numbers at most and answers at most `most` messages. */
  read(most: number, budget: number): Stretch;
}

/** The present state, for a receiver that cannot go on from where it was. */
export interface Present {
  /** What comes after it follows the state. */
  readonly cursor: Cursor;
  readonly messages: readonly NumberedMessage[];
}

/**
 * Numbered messages that are kept, as one endpoint wants them: transitions of alerts, changes of incidents. Delivery knows
 * nothing of what is in them.
 */
export interface MessageSource {
  /** Names the messages, e.g. `alert`: begins their ids and is the member that holds them. `a-z` only. */
  readonly name: string;
  /** An exercise or a recording that is played: nothing of it has happened. */
  readonly exercise: boolean;
  /** Of the newest message. */
  readonly cursor: Cursor;
  /** Number of the oldest message that is kept. */
  readonly oldest: number;
  /** Why nobody can go on after a cursor; undefined where all that came after it is kept. */
  gapAfter(cursor: Cursor): GapReason | undefined;
  /** @param told keys of messages that the receiver was told at that number, where it just got the present state */
  readerAfter(sequence: number, told: Iterable<string>): MessageReader;
  present(): Present;
  /** When a message came to be, Unix ms; undefined where it is not there. */
  timeOf(sequence: number): number | undefined;
}
