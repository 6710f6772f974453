import { CommandFailure } from "./io.ts";
import { streamAddress } from "./stream-address.ts";

/** A server that does not answer within this is gone. */
const PATIENCE_MS = 30_000;

/**
 * Asks a server for a resource of its HTTP lane and answers its JSON.
 * @throws CommandFailure in the server's own words where it refuses
 */
export async function askServer(
  url: string,
  request: { readonly method: "GET" | "POST"; readonly path: string; readonly body?: object },
  token: string | undefined,
): Promise<unknown> {
  const { host, protocol } = new URL(streamAddress(url));
  const origin = `${protocol === "wss:" ? "https" : "http"}://${host}`;
  const { method, path, body } = request;
  const response = await fetch(origin + path, {
    method,
    headers: {
      "Content-Type": "application/json",
      ...(token === undefined || token === "" ? {} : { Authorization: `Bearer ${token}` }),
    },
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(method === "GET" ? {} : { body: JSON.stringify(body ?? {}) }),
  }).catch(() => {
    throw new CommandFailure(`No server answers at ${origin}.`, "Start it, or name it with --url.");
  });
  const answer = (await response.json().catch(() => undefined)) as { readonly message?: string } | undefined;
  if (response.ok) return answer;
  const hint = response.status === 401 ? "Put a token with the scope operate in ROADPULSE_TOKEN." : undefined;
  throw new CommandFailure(answer?.message ?? `${path} answers ${response.status}.`, hint);
}
