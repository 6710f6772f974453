import type { Rejection } from "../domain/rejection.ts";
import { emptyList } from "../domain/reused-list.ts";
import type { Source } from "../domain/station.ts";
import type { WireSubscribe, WireUnsubscribe } from "../wire/ingest-frame.ts";

/** Items of one message refused for one reason; `rejection.field` is that of the first of them. */
export interface RejectedItems {
  readonly rejection: Rejection;
  count: number;
}

/**
 * What became of one producer message: items = accepted + duplicate + rejected. The pipeline reuses one object, so it is
 * valid until the next message.
 */
export class MessageOutcome {
  items = 0;
  accepted = 0;
  duplicate = 0;
  late = 0;
  readonly rejected: RejectedItems[] = [];
  frameSeq = 0;
  wantReceipt = false;
  /** The receipt waits until the frame is on the disk. */
  wantDurableReceipt = false;
  /** Set by the message that introduced the session. */
  introduced: Source | undefined;
  receiptsForAll = false;
  /** Why the message as a whole could not be used: structure or missing introduction. */
  refused: Rejection | undefined;
  subscribe: WireSubscribe | undefined;
  unsubscribe: WireUnsubscribe | undefined;

  clear(): void {
    this.items = 0;
    this.accepted = 0;
    this.duplicate = 0;
    this.late = 0;
    emptyList(this.rejected);
    this.frameSeq = 0;
    this.wantReceipt = false;
    this.wantDurableReceipt = false;
    this.introduced = undefined;
    this.receiptsForAll = false;
    this.refused = undefined;
    this.subscribe = undefined;
    this.unsubscribe = undefined;
  }

  reject(rejection: Rejection, count = 1): void {
    if (rejection.rejected === "duplicate") {
      this.duplicate += count;
      return;
    }
    const known = this.rejected.find((entry) => entry.rejection.rejected === rejection.rejected);
    if (known === undefined) this.rejected.push({ rejection, count });
    else known.count += count;
  }
}
