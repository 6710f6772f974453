import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a page of another origin asks. A browser lets every page that its user opens talk to servers on loopback, and
 * only tells the page's origin (OWASP ASVS 5.0, 4.4.2). Programs send none.
 * @param allowedOrigins besides pages of this server itself, whose origin has the host that was asked
 */
export function isForeignOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowedOrigins: readonly string[],
): boolean {
  if (origin === undefined || allowedOrigins.includes(origin)) return false;
  return !isSameOrigin(origin, host);
}

/** Whether a page of this server asks: its origin has the host that was asked. */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

const UNSAFE = ["POST", "PUT", "PATCH", "DELETE"];

export interface Unwanted {
  readonly status: 403 | 415;
  readonly code: string;
  readonly message: string;
}

/**
 * Why a request that changes something is not taken: a page of another origin could have made the browser send it, with
 * whatever the browser has of its user. A type that no form can send makes browsers ask first (Fetch §4.9, preflight).
 */
export function unwantedChange(
  method: string,
  headers: IncomingHttpHeaders,
  allowedOrigins: readonly string[],
): Unwanted | undefined {
  if (!UNSAFE.includes(method)) return undefined;
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"] ?? "none";
  const isListed = origin !== undefined && allowedOrigins.includes(origin);
  const isForeign = !isListed && site !== "same-origin" && site !== "none";
  if (isForeign || isForeignOrigin(origin, host, allowedOrigins))
    return {
      status: 403,
      code: "foreign-origin",
      message: "This was refused: pages of another origin may not use this server.",
    };
  const type = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (method === "DELETE" ? type === undefined || type === "application/json" : type === "application/json")
    return undefined;
  return {
    status: 415,
    code: "unsupported-media-type",
    message: "Requests that change something are sent with Content-Type: application/json.",
  };
}
