import type { Cursor } from "../domain/subscription.ts";
import { FAILURES, type FailureReason } from "./post.ts";

/** What became of an endpoint's messages since the start, in plain numbers. */
export class EndpointStats {
  /** Acknowledged. */
  messages = 0;
  /** Requests that were acknowledged. */
  requests = 0;
  /** Present states begun because a cursor could not be followed. */
  gaps = 0;
  readonly failed = Object.fromEntries(FAILURES.map((reason) => [reason, 0])) as Record<
    FailureReason,
    number
  >;
  lastSentAtMs: number | undefined;
  /** Of the failure that has not been followed by a success. */
  failingSinceMs: number | undefined;
  failure: string | undefined;

  succeeded(messages: number, nowMs: number): void {
    this.messages += messages;
    this.requests++;
    this.lastSentAtMs = nowMs;
    this.failingSinceMs = undefined;
    this.failure = undefined;
  }

  fails(reason: FailureReason, detail: string, nowMs: number): void {
    this.failed[reason]++;
    this.failingSinceMs ??= nowMs;
    this.failure = detail;
  }
}

export type EndpointState = "delivering" | "failing" | "paused" | "disabled";

/** An endpoint as people see it; holds no path of its address and no secret. */
export interface EndpointStatus {
  readonly name: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly state: EndpointState;
  /** Undefined before it has been told anything. */
  readonly cursor: Cursor | undefined;
  /** Numbers behind the cursor, wanted or not. */
  readonly backlog: number;
  /** Age of the first message behind the cursor, s; 0 where there is none. */
  readonly oldestS: number;
  readonly stats: EndpointStats;
  readonly disabledAtMs: number | undefined;
  /** One sentence for the operator; undefined while all is well. */
  readonly warning: string | undefined;
}
