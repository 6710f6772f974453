import { operatorName } from "../state/preferences.ts";
import { session, sessionEnded } from "../state/session.ts";

/** An answer that is no success, as the server explains it; status 0 where there was no answer. */
export class RestError extends Error {
  override readonly name = "RestError";
  readonly status: number;
  /** The server's stable code, `unreachable` where it did not answer. */
  readonly code: string;
  /** The whole answer; of a 412 the object as it is now. */
  readonly body: unknown;

  constructor(status: number, code: string, message: string, body?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

export interface SendOptions {
  /** Revision that the change is made to, sent as a strong ETag. */
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

/** Answers with an ETag are kept, so that asking again costs a line: as many as all views together ask for, and some. */
const KEPT_ANSWERS = 64;
const answers = new Map<string, { readonly etag: string; readonly value: unknown }>();

/** Asks for a resource. Throws `RestError`; the sign-in opens where the server no longer knows who asks. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const kept = answers.get(path);
  const headers: Record<string, string> = { Accept: "application/json" };
  if (kept !== undefined) headers["If-None-Match"] = kept.etag;
  const response = await ask(path, signal === undefined ? { headers } : { headers, signal });
  if (response.status === 304 && kept !== undefined) return kept.value as T;
  const value = await readAnswer(response);
  keepAnswer(path, response.headers.get("ETag"), value);
  return value as T;
}

/** Changes something. Throws `RestError`; nothing is ever sent twice by itself. */
export async function sendJson<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body: unknown,
  { ifMatch, signal }: SendOptions = {},
): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "Content-Type": "application/json" };
  if (ifMatch !== undefined) headers["If-Match"] = `"${ifMatch}"`;
  if (operatorName.value !== "" && session.value.viewer?.open !== false) {
    headers["X-Operator-Name"] = encodeURIComponent(operatorName.value);
  }
  const init = { method, headers, body: JSON.stringify(body ?? {}) };
  return (await readAnswer(await ask(path, signal === undefined ? init : { ...init, signal }))) as T;
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, cache: "no-store", credentials: "same-origin", redirect: "error" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new RestError(0, "unreachable", "The server does not answer.");
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = text === "" ? undefined : parse(text);
  if (response.ok) return body;
  if (response.status === 401) sessionEnded();
  const { error, message } = (body ?? {}) as { readonly error?: string; readonly message?: string };
  throw new RestError(
    response.status,
    error ?? `http-${response.status}`,
    message ?? response.statusText,
    body,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keepAnswer(path: string, etag: string | null, value: unknown): void {
  answers.delete(path);
  if (etag === null) return;
  answers.set(path, { etag, value });
  const oldest = answers.keys().next().value;
  if (answers.size > KEPT_ANSWERS && oldest !== undefined) answers.delete(oldest);
}
