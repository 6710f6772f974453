import type { Viewer } from "../../api/contract/live.ts";
import type { LoginWays, LogoutAnswer } from "../../api/contract/session.ts";

/** What became of a login: the person, or why not. `unreachable` where the server did not answer. */
export type LoginOutcome =
  | { readonly viewer: Viewer }
  | { readonly code: string; readonly retryAfterS: number | undefined };

/**
 * Asks of its own and not through `rest.ts`: a wrong password is answered 401, too, and must not end a session that goes on
 * while it is being renewed.
 */
async function ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
  try {
    return await fetch(path, { ...init, cache: "no-store", credentials: "same-origin", redirect: "error" });
  } catch {
    return undefined;
  }
}

export async function askWays(): Promise<LoginWays | undefined> {
  const response = await ask("/v1/login/ways");
  return response?.ok === true ? ((await response.json()) as LoginWays) : undefined;
}

/** Who is logged in with this browser; undefined where nobody is, or the server does not answer. */
export async function askWho(): Promise<Viewer | undefined> {
  const response = await ask("/v1/session");
  return response?.ok === true ? ((await response.json()) as Viewer) : undefined;
}

export async function logIn(name: string, password: string): Promise<LoginOutcome> {
  const response = await ask("/v1/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, password }),
  });
  if (response === undefined) return { code: "unreachable", retryAfterS: undefined };
  if (response.ok) return { viewer: (await response.json()) as Viewer };
  const { error = "failed" } = (await response.json().catch(() => ({}))) as { readonly error?: string };
  const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return { code: error, retryAfterS: Number.isFinite(wait) ? wait : undefined };
}

/** Logs out. False where the server did not answer: the session goes on then, and the person must know. */
export async function logOut(): Promise<LogoutAnswer | undefined> {
  const response = await ask("/v1/session", { method: "DELETE" });
  return response?.ok === true ? ((await response.json()) as LogoutAnswer) : undefined;
}
