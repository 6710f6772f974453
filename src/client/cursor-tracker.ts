import type { ServerMessage } from "../domain/delivery.ts";
import type { Cursor } from "../domain/subscription.ts";

/** Follows the messages of one subscription and knows from where it can be resumed. */
export class CursorTracker {
  #cursor: Cursor | undefined;
  /** A snapshot counts only when it has arrived whole. */
  #snapshot: { readonly cursor: Cursor; missing: number } | undefined;

  constructor(cursor: Cursor | undefined) {
    this.#cursor = cursor;
  }

  get cursor(): Cursor | undefined {
    return this.#cursor;
  }

  /** The message has been handled. */
  handled(message: ServerMessage): void {
    if (message.kind === "subscribed") {
      this.#snapshot = undefined;
      if (message.snapshotAlerts === 0) this.#advance(message.cursor);
      else this.#snapshot = { cursor: message.cursor, missing: message.snapshotAlerts };
    } else if (message.kind === "alerts") {
      const { deliveries, epoch, snapshot } = message;
      if (snapshot) this.#countSnapshot(deliveries.length);
      else for (const { sequence } of deliveries) this.#advance({ epoch, sequence });
    }
  }

  #countSnapshot(alerts: number): void {
    if (this.#snapshot === undefined) return;
    this.#snapshot.missing -= alerts;
    if (this.#snapshot.missing > 0) return;
    this.#advance(this.#snapshot.cursor);
    this.#snapshot = undefined;
  }

  /** An alert that comes to lie ahead of a vehicle is told with its old number. */
  #advance(cursor: Cursor): void {
    const known = this.#cursor;
    if (known?.epoch !== cursor.epoch || known.sequence < cursor.sequence) this.#cursor = cursor;
  }
}
