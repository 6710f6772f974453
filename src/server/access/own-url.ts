import type { IncomingMessage } from "node:http";
import type { CookieRules } from "../../access/cookies.ts";

/** Address of this server as the browser knows it, without a path. */
export function ownUrl({ headers }: IncomingMessage, { secure }: CookieRules): string {
  const { host = "localhost" } = headers;
  const url = `${secure ? "https" : "http"}://${host}`;
  return URL.canParse(url) ? new URL(url).origin : "http://localhost";
}
