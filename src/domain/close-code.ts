/**
 * What a client may do after a close.
 *
 * - `no`: the session ended as intended, or repeating it changes nothing until a person acts.
 * - `after-change`: connect again with a different request (version, message, credentials, subscription).
 * - `backoff`: connect again after a random delay of up to 0.5 s that doubles per failed attempt, at most 30 s.
 * - `resume`: connect again at once with the resume cursor; on repetition as `backoff`.
 */
export type RetryAdvice = "no" | "after-change" | "backoff" | "resume";

/** Codes that a session or engine closes with: RFC 6455 §7.4.1 below 4000, ours (§7.4.2) after the HTTP status they resemble. */
export const closeCode = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  unsupportedData: 1003,
  invalidPayload: 1007,
  policyViolation: 1008,
  messageTooBig: 1009,
  internalError: 1011,
  tryAgainLater: 1013,
  badHello: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  helloTimeout: 4408,
  duplicateSource: 4409,
  limitExceeded: 4413,
  credentialsExpired: 4419,
  rateLimited: 4429,
  slowConsumer: 4508,
} as const;

export type CloseName = keyof typeof closeCode;

/** Reported, never sent (RFC 6455 §7.4.1): the peer's close frame carried no code. */
export const NO_STATUS_RECEIVED = 1005;
/** Reported, never sent (RFC 6455 §7.4.1): the connection ended without a close frame. Retry as `backoff`. */
export const ABNORMAL_CLOSURE = 1006;

export interface CloseGuide {
  readonly meaning: string;
  readonly retry: RetryAdvice;
  /** One sentence for the client's developer. */
  readonly advice: string;
}

export const closeGuide: Readonly<Record<CloseName, CloseGuide>> = {
  normal: { meaning: "The session ended as agreed.", retry: "no", advice: "Nothing is wrong." },
  goingAway: {
    meaning: "The server is shutting down or restarting.",
    retry: "backoff",
    advice: "Connect again after a short random delay; subscribers resume from their cursor.",
  },
  protocolError: {
    meaning: "A WebSocket frame broke RFC 6455.",
    retry: "after-change",
    advice: "Repair the client's WebSocket library or the proxy between.",
  },
  unsupportedData: {
    meaning: "A text message arrived; every stream is binary protobuf.",
    retry: "after-change",
    advice: "Send binary messages.",
  },
  invalidPayload: {
    meaning: "A text message or close reason was not UTF-8.",
    retry: "after-change",
    advice: "Send binary messages; close reasons in UTF-8.",
  },
  policyViolation: {
    meaning: "The client went against a rule that no other code names; the reason does.",
    retry: "after-change",
    advice: "Read the reason and change the request.",
  },
  messageTooBig: {
    meaning: "A message exceeded the size limit.",
    retry: "after-change",
    advice: "Send fewer items per frame. Some servers cut the connection instead (1006).",
  },
  internalError: {
    meaning: "The session failed by a fault of the server.",
    retry: "backoff",
    advice: "Connect again with growing delays and report the reason.",
  },
  tryAgainLater: {
    meaning: "The server is overloaded and sheds connections.",
    retry: "backoff",
    advice: "Connect again with growing delays, starting at 5 s.",
  },
  badHello: {
    meaning: "The first frame was no valid hello, or a later frame broke the session's sequence.",
    retry: "after-change",
    advice: "Send a valid hello first; the reason names the field.",
  },
  unauthenticated: {
    meaning: "The credentials are missing or invalid.",
    retry: "after-change",
    advice: "Fetch a new token, then connect again.",
  },
  forbidden: {
    meaning: "The credentials do not permit this stream, area or station.",
    retry: "no",
    advice: "Ask the operator for the scope that the reason names.",
  },
  helloTimeout: {
    meaning: "No hello arrived in time.",
    retry: "backoff",
    advice: "Send the hello right after the connection opens; connect again.",
  },
  duplicateSource: {
    meaning: "This source id is already connected.",
    retry: "backoff",
    advice:
      "Give every producer its own source id; a reconnecting one waits until its old connection has timed out.",
  },
  credentialsExpired: {
    meaning: "The token or certificate of the session has expired.",
    retry: "after-change",
    advice: "Fetch a new token and connect again with it; subscribers resume from their cursor.",
  },
  limitExceeded: {
    meaning: "A frame held too many items, or a session too many subscriptions.",
    retry: "after-change",
    advice: "Stay within the limits that the server's hello reply states.",
  },
  rateLimited: {
    meaning: "The source kept sending faster than it is admitted for.",
    retry: "backoff",
    advice: "Send less; connect again after at least 5 s.",
  },
  slowConsumer: {
    meaning: "The subscriber read more slowly than alerts arose, beyond the bound of its outbox.",
    retry: "resume",
    advice: "Resume from the last cursor; read faster or subscribe to less.",
  },
};

const REGULAR_ENDS: ReadonlySet<number> = new Set([
  closeCode.normal,
  closeCode.goingAway,
  NO_STATUS_RECEIVED,
]);

/** Whether a session ended as intended, by the reason in its record: a close code in order, or words of an import. */
export function isRegularEnd(reason: string): boolean {
  const code = Number(reason);
  return Number.isNaN(code) || REGULAR_ENDS.has(code);
}
