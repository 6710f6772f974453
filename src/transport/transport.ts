/**
 * The port between bytes on sockets and everything else. Three engines implement it (`ws`, `uws`, `memory`);
 * one contract suite holds them to it.
 */

import type { TlsFiles } from "./tls.ts";

/** Identifies a connection within one process; never reused, also not across engines. */
export type ConnectionId = number;

/** What the client asked for, copied out of the engine before the handshake callback returns. */
export interface UpgradeRequest {
  /** As sent, not percent-decoded, without the query. */
  readonly path: string;
  /** What follows the first `?`, as sent; empty where there is none. */
  readonly query: string;
  /** Header names in lower case; repeated headers joined by a comma (RFC 9110 §5.3). */
  readonly headers: ReadonlyMap<string, string>;
  /** In the client's order of preference (RFC 6455 §4.2.2). */
  readonly subprotocols: readonly string[];
  /** IPv4 in dotted form also where it arrived mapped into IPv6, so that limits per address see one spelling. */
  readonly remoteAddress: string;
  /** Certificate of the client in DER, whose chain the engine has checked; undefined without one. */
  readonly clientCertificate?: Uint8Array;
}

/** The decision on a handshake: go on with exactly one of the offered subprotocols, or answer with an HTTP status. */
export type UpgradeDecision =
  | { readonly accept: true; readonly subprotocol: string }
  | {
      readonly accept: false;
      readonly status: 400 | 401 | 403 | 404 | 426 | 429 | 503;
      /** Sent as the text body: one sentence for the client's log. */
      readonly reason: string;
    };

/**
 * A handshake whose credentials take a moment to check. `ws` holds its answer back until then. uWebSockets.js cannot (an
 * answer given later, within its cork, now and then reads freed memory): it opens the stream at once, keeps what arrives, and a
 * refusal ends it with the close code that stands for the status (`refusalCloseCode`).
 */
export interface PendingUpgrade {
  readonly subprotocol: string;
  /** Settles within seconds and never rejects. */
  readonly verdict: Promise<UpgradeDecision>;
}

/**
 * - `sent`: handed to the operating system, or gathered (at most 16 KiB) for the write that ends the running callback.
 * - `buffered`: kept in the connection's bounded buffer; `drained` follows.
 * - `dropped`: the frame would pass the buffer's bound, or the connection is closing; the frame is gone and the
 *   caller counts it. While the connection is open and bytes are buffered, `drained` still follows. A frame larger
 *   than the bound is dropped always, also by an empty buffer: nothing follows then.
 */
export type SendResult = "sent" | "buffered" | "dropped";

export interface Connection {
  readonly id: ConnectionId;
  readonly remoteAddress: string;
  readonly subprotocol: string;
  readonly request: UpgradeRequest;
  /** Sends one binary message. The engine may keep `bytes` until it is written: do not reuse the buffer. */
  send(bytes: Uint8Array): SendResult;
  /**
   * Bytes accepted by `send`, with their frame headers, that the operating system would not take yet; 0 once closed.
   * Whoever has seen more than 0 is told by `drained`.
   */
  bufferedBytes(): number;
  /**
   * Starts the close handshake behind the bytes already buffered. From here on `send` answers `dropped` and no
   * message arrives. The reason is cut to 123 bytes of UTF-8 (RFC 6455 §5.5). Later calls do nothing.
   */
  close(code: number, reason: string): void;
  /** Cuts the connection without a handshake: for peers that no longer answer. */
  terminate(): void;
}

/** None of these is called from within `close`, `terminate` or `send`: a session need not guard against re-entry. */
export interface ConnectionHandlers {
  /** Synchronous: the request of uWebSockets.js dies with the callback. */
  upgrade(request: UpgradeRequest): UpgradeDecision | PendingUpgrade;
  /** Address of whoever asks, where a proxy speaks for others. The peer's own where absent. Header names in lower case. */
  addressOf?(peer: string, headers: ReadonlyMap<string, string>): string;
  /** The engine itself refused a handshake with 503: connections are at their limit or the listener drains. */
  refused?(reason: "full" | "draining"): void;
  open(connection: Connection): void;
  /** `bytes` are valid during the call only: copy what must stay. */
  message(connection: Connection, bytes: Uint8Array): void;
  /** A text message arrived; the engine has already begun to close with 1003 (RFC 6455 §7.4.1). */
  refusedText(connection: Connection): void;
  /** The connection's own buffer has run empty after `buffered`, or after a look at `bufferedBytes` that was not 0. */
  drained(connection: Connection): void;
  /**
   * Called exactly once per opened connection, with the code and reason of the first close frame, whichever side
   * sent it; 1005 where the peer's frame carried no code. 1006 where no close frame came: the reason is then the
   * engine's own clause for the log, or empty.
   */
  closed(connection: Connection, code: number, reason: string): void;
}

/** Limits of one listener. Every engine sets all of them explicitly: µWS drops sends silently at its defaults. */
export interface TransportLimits {
  /** Largest inbound message. Larger ones close the connection (1009; uWebSockets.js reports 1006). */
  readonly maxMessageBytes: number;
  /** Outbound bytes kept per connection before `send` answers `dropped`. Must exceed the largest outbound message. */
  readonly maxBufferedBytes: number;
  /**
   * A peer silent for this long, pings unanswered, is terminated: half-open detection. `ws` checks four times per
   * timeout and cuts up to a quarter late. uWebSockets.js takes whole seconds from 8 to 960 and cuts up to 4 s early,
   * the period of its clock.
   */
  readonly idleTimeoutMs: number;
  /** Connections beyond this are refused with 503. */
  readonly maxConnections: number;
}

export interface ListenAddress {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  /** Speak TLS. */
  readonly tls?: TlsFiles | undefined;
}

export type EngineName = "ws" | "uws" | "memory";

export interface Listener {
  readonly engine: EngineName;
  readonly host: string;
  readonly port: number;
  readonly connectionCount: () => number;
  /**
   * Stops accepting, closes every connection with 1001 and resolves when all are gone, or terminates the rest
   * after `deadlineMs`.
   */
  drain(deadlineMs: number): Promise<void>;
}

export interface ServerTransport {
  /** @throws Error with the operating system's code (`EADDRINUSE`, `EACCES`, …) where the address cannot be bound. */
  listen(at: ListenAddress, limits: TransportLimits, handlers: ConnectionHandlers): Promise<Listener>;
}
