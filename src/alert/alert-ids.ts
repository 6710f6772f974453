import { contentId } from "../domain/content-id.ts";
import type { Detection } from "../domain/detection.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject, readString } from "../domain/snapshot-row.ts";

const E7 = 1e7;

/**
 * Ids of alerts, from what they are about: kind, place, first evidence and receive time, never a station id. Two that
 * agree in all of it began at the same receive time, so the ordinal that tells them apart starts anew with each time.
 */
export class AlertIds {
  #atMs = 0;
  readonly #given = new Map<string, number>();

  next({ kind, position, referencedAtMs, decidedAtMs }: Detection): string {
    if (decidedAtMs !== this.#atMs) {
      this.#given.clear();
      this.#atMs = decidedAtMs;
    }
    const place = `${Math.round(position.latitudeDeg * E7)},${Math.round(position.longitudeDeg * E7)}`;
    const text = `${kind}|${place}|${referencedAtMs}|${decidedAtMs}`;
    const ordinal = this.#given.get(text) ?? 0;
    this.#given.set(text, ordinal + 1);
    return contentId(ordinal === 0 ? text : `${text}|${ordinal}`);
  }

  snapshot(): SnapshotValue {
    return { atMs: this.#atMs, given: [...this.#given].map(([text, count]) => [text, count]) };
  }

  restore(value: SnapshotValue | undefined): void {
    const parts = readObject(value);
    this.#atMs = readNumber(parts["atMs"], "atMs");
    this.#given.clear();
    for (const pair of readArray(parts["given"])) {
      const [text, count] = readArray(pair);
      this.#given.set(readString(text, "id text"), readNumber(count, "ordinal"));
    }
  }
}
