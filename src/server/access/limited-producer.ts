import type { RateQuota } from "../../access/quotas.ts";
import { refuse } from "../../access/refusal.ts";
import type { Identity } from "../../domain/access.ts";
import { closeCode } from "../../domain/close-code.ts";
import type { ProducerSessions } from "../../ingest/producer-sessions.ts";
import type { Connection } from "../../transport/transport.ts";
import { isPlainFrame, peekFrame } from "../../wire/peek.ts";
import { limitsItems, withinLimits } from "../../wire/publish-limits.ts";
import { encodeProblem } from "../../wire/server-message.ts";
import type { Gatekeeper } from "./gatekeeper.ts";

/** A producer that goes against its limits in every frame is told so at most this often. */
const TELL_EVERY_MS = 1_000;

/**
 * A producer whose credentials bound what it may send. Only such sessions pass here. What they may not send is taken out
 * before admission, so that a recording holds what was admitted and a replay needs no credentials.
 */
export class LimitedProducer {
  readonly #producers: ProducerSessions;
  readonly #connection: Connection;
  readonly #identity: Identity;
  readonly #gatekeeper: Gatekeeper;
  readonly #rate: RateQuota | undefined;
  readonly #looksIntoItems: boolean;
  #toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    producers: ProducerSessions,
    connection: Connection,
    identity: Identity,
    gatekeeper: Gatekeeper,
    rate: RateQuota | undefined,
  ) {
    this.#producers = producers;
    this.#connection = connection;
    this.#identity = identity;
    this.#gatekeeper = gatekeeper;
    this.#rate = rate;
    this.#looksIntoItems = limitsItems(identity.limits);
  }

  message(bytes: Uint8Array): void {
    const permitted = this.#permitted(bytes);
    if (permitted === undefined || !this.#admits(permitted)) return;
    this.#producers.message(this.#connection, permitted);
  }

  /** Undefined where the session has ended over it. */
  #permitted(bytes: Uint8Array): Uint8Array | undefined {
    // Every hello is looked at: the first one may have been refused.
    if (!this.#looksIntoItems && isPlainFrame(bytes)) return bytes;
    const limited = withinLimits(bytes, this.#identity.limits);
    if (limited.foreignSource !== undefined) {
      this.#note("not-permitted", closeCode.forbidden);
      this.#connection.close(closeCode.forbidden, `not permitted to be the source ${limited.foreignSource}`);
      return undefined;
    }
    if (limited.refusedItems > 0) this.#shed("not-permitted", limited.refusedItems);
    return limited.bytes;
  }

  /** Safety messages pass whatever the rate, and are paid for later. */
  #admits(bytes: Uint8Array): boolean {
    if (this.#rate === undefined) return true;
    const { subject } = this.#identity;
    const { nowMs } = this.#gatekeeper;
    const { items, hasSafetyItems } = peekFrame(bytes);
    const available = this.#rate.available(subject, nowMs);
    if (items > available && !hasSafetyItems && available < this.#rate.burst) {
      this.#shed("message-quota", items);
      return false;
    }
    this.#rate.charge(subject, items, nowMs);
    return true;
  }

  #shed(reason: "not-permitted" | "message-quota", items: number): void {
    this.#producers.shed(this.#connection, items, reason);
    this.#note(reason, 0);
    const { nowMs } = this.#gatekeeper;
    if (nowMs - this.#toldAtMs < TELL_EVERY_MS) return;
    this.#toldAtMs = nowMs;
    const message =
      reason === "not-permitted"
        ? `${items} items were not used: the credentials do not permit their station, place or cause.`
        : `${items} items were not used: the identity sends more than it may.`;
    this.#connection.send(
      encodeProblem({ code: "not-permitted", message, field: "items", subscriptionId: "" }),
    );
  }

  #note(reason: "not-permitted" | "message-quota", answer: number): void {
    const { remoteAddress } = this.#connection;
    this.#gatekeeper.noteRefused(
      "publish",
      refuse(reason, ""),
      { remoteAddress, identity: this.#identity },
      answer,
    );
  }
}
