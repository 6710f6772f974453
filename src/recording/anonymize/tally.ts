import type { ItemBody } from "../../wire/frame-rules.ts";
import type { DropReason } from "./options.ts";

/** `none`: an item without a body that this build knows. */
type Body = ItemBody | "none";

/** Counts what a rewriting leaves out or changes. */
export class Tally {
  items = 0;
  writtenItems = 0;
  emptiedFrames = 0;
  unusableFrames = 0;
  redactedObjects = 0;
  cutPathPoints = 0;
  droppedOriginals = 0;
  droppedSubscriptions = 0;
  detachedNotices = 0;
  noticesOverMidnight = 0;
  sessionsWithSeveralStations = 0;
  readonly #dropped = new Map<DropReason, Map<Body, number>>();

  drop(reason: DropReason, body: Body): void {
    const counts = this.#dropped.get(reason) ?? new Map<Body, number>();
    counts.set(body, (counts.get(body) ?? 0) + 1);
    this.#dropped.set(reason, counts);
  }

  get dropped(): Record<string, Record<string, number>> {
    return Object.fromEntries(
      [...this.#dropped].map(([reason, counts]) => [reason, Object.fromEntries(counts)]),
    );
  }
}
