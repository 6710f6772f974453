import { STATUS_CODES } from "node:http";
import { closeCode } from "../domain/close-code.ts";
import type { PendingUpgrade, UpgradeDecision } from "./transport.ts";

export type Refusal = Extract<UpgradeDecision, { accept: false }>;

/** Suggested wait after 429 and 503, in seconds: long enough for a load balancer to move on, short for a vehicle. */
const RETRY_AFTER_S = 5;

const MAPPED_IPV4_PREFIX = "::ffff:";

export const FULL: Refusal = { accept: false, status: 503, reason: "too many connections" };
export const DRAINING: Refusal = { accept: false, status: 503, reason: "server is shutting down" };

/** Answer to a request that is no WebSocket handshake on a port that serves nothing else. */
export const NOT_A_HANDSHAKE: Refusal = {
  accept: false,
  status: 426,
  reason: "this port serves WebSocket streams only",
};

/** Collects headers by lower-case name; repeated ones are joined by a comma (RFC 9110 §5.3). */
export function addHeader(headers: Map<string, string>, name: string, value: string): void {
  const key = name.toLowerCase();
  const earlier = headers.get(key);
  headers.set(key, earlier === undefined ? value : `${earlier}, ${value}`);
}

/** Names offered in `Sec-WebSocket-Protocol`, in the client's order. */
export function offeredSubprotocols(headers: ReadonlyMap<string, string>): readonly string[] {
  const offered = headers.get("sec-websocket-protocol");
  if (offered === undefined) return [];
  return offered
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** One spelling per IPv4 peer: a dual-stack listener reports it as mapped IPv6 (RFC 4291 §2.5.5.2). */
export function plainAddress(address: string): string {
  return address.startsWith(MAPPED_IPV4_PREFIX) && address.includes(".")
    ? address.slice(MAPPED_IPV4_PREFIX.length)
    : address;
}

export function statusLine(refusal: Refusal): string {
  return `${refusal.status} ${STATUS_CODES[refusal.status] ?? "Refused"}`;
}

export function isPending(decision: UpgradeDecision | PendingUpgrade): decision is PendingUpgrade {
  return "verdict" in decision;
}

/** What a refusal is called where the stream is open already. */
export function refusalCloseCode({ status }: Pick<Refusal, "status">): number {
  switch (status) {
    case 400:
    case 404:
    case 426:
      return closeCode.policyViolation;
    case 401:
      return closeCode.unauthenticated;
    case 403:
      return closeCode.forbidden;
    case 429:
      return closeCode.rateLimited;
    case 503:
      return closeCode.tryAgainLater;
  }
}

/** Headers of a refusal, without those about its length and connection. */
export function refusalHeaders(refusal: Refusal): Record<string, string> {
  const headers: Record<string, string> = { "Content-Type": "text/plain; charset=utf-8" };
  switch (refusal.status) {
    case 401:
      // RFC 9110 §15.5.2 demands a challenge.
      headers["WWW-Authenticate"] = "Bearer";
      break;
    case 426:
      // RFC 9110 §15.5.22 demands the protocol to upgrade to.
      headers["Upgrade"] = "websocket";
      headers["Sec-WebSocket-Version"] = "13";
      break;
    case 429:
    case 503:
      headers["Retry-After"] = String(RETRY_AFTER_S);
      break;
  }
  return headers;
}
