import type { LoggedAlert } from "../domain/alert-log.ts";

/** A session, as far as the choice of recipients knows it. */
export interface Recipient {
  /** Alert transitions, encoded: those of the entries that stand at the indices. */
  offer(bytes: Uint8Array, entries: readonly LoggedAlert[], indices: readonly number[]): void;
}
