import { createHash } from "node:crypto";
import type { Cursor } from "../domain/subscription.ts";
import { type Endpoint, subscriptionKey } from "./endpoint.ts";

/** What is known of an endpoint after a restart. */
export interface SavedCursor extends Cursor {
  /** Digest of the subscription that the cursor belongs to. */
  readonly subscription: string;
  /** When the receiver said that it wants nothing more (410), Unix ms, and the digest of the address that said so. */
  readonly disabledAtMs?: number;
  readonly disabledUrl?: string;
}

/** Where a cursor is kept. `write` hands it to the operating system before it returns. */
export interface CursorFile {
  /** Undefined where none was written. */
  read(): SavedCursor | undefined;
  write(cursor: SavedCursor): void;
  /** What was written survives a loss of power from then on; an older cursor only sends something again. */
  sync(): void;
  close(): void;
}

/** The address may hold a secret in its path; a subscription may be long. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/** The place of one endpoint in its source, kept in a file. */
export class EndpointCursor {
  readonly #file: CursorFile;
  readonly #subscription: string;
  readonly #url: string;
  #place: Cursor | undefined;
  #disabledAtMs: number | undefined;
  #savedSequence = 0;
  #isSynced = true;
  /** The cursor is that of another subscription. */
  readonly isOfAnother: boolean;
  /** Why the last cursor could not be written. */
  failure: string | undefined;

  constructor(endpoint: Endpoint, file: CursorFile) {
    this.#file = file;
    this.#subscription = digest(subscriptionKey(endpoint));
    this.#url = digest(endpoint.url.href);
    const saved = file.read();
    this.isOfAnother = saved !== undefined && saved.subscription !== this.#subscription;
    if (saved === undefined) return;
    this.#place = { epoch: saved.epoch, sequence: saved.sequence };
    this.#savedSequence = saved.sequence;
    if (saved.disabledUrl === this.#url) this.#disabledAtMs = saved.disabledAtMs;
  }

  /** Undefined before the receiver has been told anything. */
  get place(): Cursor | undefined {
    return this.#place;
  }

  get disabledAtMs(): number | undefined {
    return this.#disabledAtMs;
  }

  /** Messages passed since it was written. */
  get unsaved(): number {
    return (this.#place?.sequence ?? 0) - this.#savedSequence;
  }

  /** Moves over messages that the endpoint does not want; written later. */
  pass(place: Cursor): void {
    this.#place = place;
  }

  /** Moves and writes. */
  save(place: Cursor | undefined = this.#place, disabledAtMs: number | undefined = this.#disabledAtMs): void {
    this.#place = place;
    this.#disabledAtMs = disabledAtMs;
    if (place === undefined) return;
    const disabled = disabledAtMs === undefined ? {} : { disabledAtMs, disabledUrl: this.#url };
    this.#try(() => this.#file.write({ ...place, subscription: this.#subscription, ...disabled }));
    this.#savedSequence = place.sequence;
    this.#isSynced = false;
  }

  /** The operator wants the endpoint to be told again. */
  enable(): void {
    this.#disabledAtMs = undefined;
    this.save();
  }

  sync(): void {
    if (this.#isSynced) return;
    this.#isSynced = true;
    this.#try(() => this.#file.sync());
  }

  close(): void {
    if (this.unsaved !== 0) this.save();
    this.sync();
    this.#file.close();
  }

  /** A disk that fails costs a repetition after the next start, not the delivery. */
  #try(act: () => void): void {
    try {
      act();
      this.failure = undefined;
    } catch (error) {
      this.failure = (error as Error).message;
    }
  }
}
