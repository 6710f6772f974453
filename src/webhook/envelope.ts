import type { Gap } from "../domain/delivery.ts";
import type { NumberedMessage } from "./messages.ts";

/** Why a receiver gets the present state. `new`: it has not been told anything yet; `subscription-changed`: something else was asked for before. */
export type SnapshotReason = Gap["reason"] | "new" | "subscription-changed" | "replayed";

/** What leaves in one request; the same at every attempt, but for the time and the count. */
export interface Parcel {
  /** The same for every attempt, also after a restart. Without a full stop, which parts the signed text. */
  readonly id: string;
  readonly messages: readonly NumberedMessage[];
  /** Undefined for what is sent by number. */
  readonly snapshot: SnapshotPart | undefined;
}

export interface SnapshotPart {
  readonly reason: SnapshotReason;
  /** Where the receiver stood; undefined where it stood nowhere. */
  readonly gap: Gap | undefined;
  readonly sequence: number;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

export interface Stamp {
  /** Name of the source. */
  readonly name: string;
  readonly epoch: number;
  readonly exercise: boolean;
  readonly sentAtMs: number;
  /** From 1; begins anew when the server does. */
  readonly attempt: number;
}

export function messageId(name: string, epoch: number, sequence: number): string {
  return `${name}_${epoch}_${sequence}`;
}

/** The parcel of messages that go by number. */
export function parcelOf(name: string, epoch: number, messages: readonly NumberedMessage[]): Parcel {
  const first = messages[0]?.sequence ?? 0;
  const last = messages.at(-1)?.sequence ?? 0;
  const id = messageId(name, epoch, first);
  return { id: messages.length === 1 ? id : `${id}-${last}`, messages, snapshot: undefined };
}

/** A request beyond this is parted; receivers' usual bounds lie at 1 MiB and above. */
const MAX_SNAPSHOT_MESSAGES = 100;

/** The present state in parcels; one where there is nothing, for "nothing" is news, too. */
export function snapshotParcels(
  name: string,
  epoch: number,
  about: Pick<SnapshotPart, "reason" | "gap" | "sequence">,
  messages: readonly NumberedMessage[],
): Parcel[] {
  const parts = Math.max(1, Math.ceil(messages.length / MAX_SNAPSHOT_MESSAGES));
  return Array.from({ length: parts }, (_, index) => ({
    id: `${name}_snapshot_${epoch}_${about.sequence}_${index + 1}-${parts}`,
    messages: messages.slice(index * MAX_SNAPSHOT_MESSAGES, (index + 1) * MAX_SNAPSHOT_MESSAGES),
    snapshot: { ...about, part: index + 1, parts },
  }));
}

/** The body of a request. */
export function bodyOf({ id, messages, snapshot }: Parcel, stamp: Stamp): string {
  const { name, epoch, exercise, sentAtMs, attempt } = stamp;
  const head = (type: string, sequence: number) => ({
    type,
    id,
    epoch,
    sequence,
    sentAtMs,
    attempt,
    exercise,
  });
  const items = () =>
    messages.map((message) => ({
      id: messageId(name, epoch, message.sequence),
      sequence: message.sequence,
      [name]: message.body(),
    }));
  const [only] = messages;
  if (snapshot !== undefined) {
    const { reason, gap, sequence, part, parts } = snapshot;
    const told =
      gap === undefined ? {} : { gap: { reason: gap.reason, asked: gap.asked, oldest: gap.oldest } };
    return JSON.stringify({
      ...head(`${name}.snapshot`, sequence),
      reason,
      ...told,
      part,
      parts,
      items: items(),
    });
  }
  if (messages.length === 1 && only !== undefined)
    return JSON.stringify({ ...head(name, only.sequence), [name]: only.body() });
  return JSON.stringify({ ...head(`${name}.batch`, messages.at(-1)?.sequence ?? 0), items: items() });
}
