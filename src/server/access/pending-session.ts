import { isRefused, refuse } from "../../access/refusal.ts";
import type { AccessRefusal } from "../../domain/access.ts";
import { closeCode } from "../../domain/close-code.ts";
import { refusalCloseCode } from "../../transport/handshake.ts";
import { HELD_TOO_MUCH, HeldMessages } from "../../transport/held-messages.ts";
import type { Connection } from "../../transport/transport.ts";
import { takeToken } from "../../wire/authenticate.ts";
import type { StreamSession } from "../stream-session.ts";
import { type Gatekeeper, statusOf } from "./gatekeeper.ts";

/** A session that has still to say who it is: its first message must hold a token. */
export class PendingSession implements StreamSession {
  readonly openedAtMs: number;
  readonly #connection: Connection;
  readonly #act: string;
  readonly #gatekeeper: Gatekeeper;
  readonly #begin: () => StreamSession | undefined;
  readonly #waiting = new HeldMessages<Uint8Array>();
  #state: "new" | "checking" | "over" = "new";

  /**
   * @param act what the session is for, for the audit log
   * @param begin takes the session over once its identity is known; undefined where it was closed at once
   */
  constructor(
    connection: Connection,
    act: string,
    gatekeeper: Gatekeeper,
    begin: () => StreamSession | undefined,
  ) {
    this.#connection = connection;
    this.#act = act;
    this.#gatekeeper = gatekeeper;
    this.#begin = begin;
    this.openedAtMs = gatekeeper.nowMs;
  }

  message(bytes: Uint8Array): void {
    if (this.#state === "over") return;
    if (this.#state === "checking") return this.#keep(bytes);
    const { token, rest } = takeToken(this.#connection.subprotocol, bytes);
    if (token === undefined) return this.expire();
    if (rest !== undefined) this.#keep(rest);
    this.#state = "checking";
    void this.#check(token);
  }

  drained(): void {}

  closed(): void {
    this.#state = "over";
  }

  /** Nothing came that says who is there. */
  expire(): void {
    if (this.#state === "new")
      this.#refuse(refuse("no-credentials", "send a token in the handshake or first message"));
  }

  async #check(token: string): Promise<void> {
    const identity = await this.#gatekeeper.checkToken(token, this.#connection.remoteAddress);
    if (this.#state !== "checking") return;
    if (isRefused(identity)) return this.#refuse(identity);
    this.#state = "over";
    this.#gatekeeper.remember(this.#connection.request, identity);
    const session = this.#begin();
    for (const bytes of this.#waiting) session?.message(bytes);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#waiting.add(bytes.slice(), bytes.length)) return;
    this.#state = "over";
    this.#connection.close(closeCode.limitExceeded, HELD_TOO_MUCH);
  }

  #refuse(refused: Parameters<Gatekeeper["noteRefused"]>[1] & { readonly reason: string }): void {
    this.#state = "over";
    const code = closeCodeOf(refused.refused);
    const { remoteAddress } = this.#connection;
    this.#gatekeeper.noteRefused(this.#act, refused, { remoteAddress }, code);
    this.#connection.close(code, refused.reason);
  }
}

/** The close code of a refusal. */
export function closeCodeOf(refused: AccessRefusal): number {
  return refused === "expired"
    ? closeCode.credentialsExpired
    : refusalCloseCode({ status: statusOf(refused) });
}
