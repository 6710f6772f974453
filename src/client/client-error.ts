import { type CloseGuide, closeCode, closeGuide, type RetryAdvice } from "../domain/close-code.ts";

/** A stream that could not be opened or has ended, in one sentence for the person who runs the client. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  /** What may help: see the close codes of the protocol. */
  readonly retry: RetryAdvice;
  /** A server that asks for more patience than usual: the delay before the next attempt is at least this, ms. */
  readonly leastDelayMs: number;

  constructor(message: string, retry: RetryAdvice, leastDelayMs = 0) {
    super(message);
    this.retry = retry;
    this.leastDelayMs = leastDelayMs;
  }

  get mayRetry(): boolean {
    return this.retry === "backoff" || this.retry === "resume";
  }
}

const guideByCode: ReadonlyMap<number, CloseGuide> = new Map(
  Object.entries(closeCode).map(([name, code]) => [code, closeGuide[name as keyof typeof closeGuide]]),
);

/** An overloaded server asks for this. */
const OVERLOAD_DELAY_MS = 5_000;
const OVERLOAD_CODES: readonly number[] = [closeCode.tryAgainLater, closeCode.rateLimited];

/** What a close of the server means. Codes that this build does not know are retried, like a broken connection. */
export function closedBy(code: number, reason: string): ClientError {
  const guide = guideByCode.get(code);
  const said = reason === "" ? "" : ` (${reason})`;
  const advice = guide === undefined ? "" : ` ${guide.meaning} ${guide.advice}`;
  return new ClientError(
    `The server closed the stream with ${code}${said}.${advice}`,
    guide?.retry ?? "backoff",
    OVERLOAD_CODES.includes(code) ? OVERLOAD_DELAY_MS : 0,
  );
}

/** HTTP statuses that pass by themselves; the others need a different request. */
const PASSING_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];

export function refusedWith(url: string, status: number, text: string): ClientError {
  const said = text === "" ? "" : `: ${text}`;
  const retry = PASSING_STATUSES.includes(status) ? "backoff" : "after-change";
  return new ClientError(`${url} refused the stream with HTTP ${status}${said}`, retry);
}

export function unreachable(url: string, error: NodeJS.ErrnoException): ClientError {
  const why =
    error.code === "ECONNREFUSED"
      ? "nothing listens there; is the server running?"
      : error.message || (error.code ?? "no answer");
  return new ClientError(`cannot reach ${url}: ${why}`, "backoff");
}
