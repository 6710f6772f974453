/** A session, as far as the choice of recipients knows it. */
export interface Recipient {
  /** Alert transitions, encoded. */
  offer(bytes: Uint8Array, alerts: number): void;
}
