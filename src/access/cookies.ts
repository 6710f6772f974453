import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

export interface CookieRules {
  /** The client reaches the server by TLS, its own or that of a proxy. */
  readonly secure: boolean;
}

/** Longer headers are refused by HTTP; more cookies are nobody's honest ones. */
const MAX_COOKIES = 50;

/**
 * Name of a cookie. `__Host-` has browsers take it only by TLS, for this host and the whole of it (RFC 6265bis §4.1.3.2): no
 * neighbour under the same domain can put in its own.
 */
export function cookieName(name: string, { secure }: CookieRules): string {
  return secure ? `__Host-${name}` : name;
}

/** Value of a cookie; undefined where it is missing or stands there twice, which no browser of ours does. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const values = (header ?? "")
    .split(";", MAX_COOKIES)
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

export interface CookieLife {
  /** Seconds; 0 takes the cookie away. Until the browser is closed where absent. */
  readonly maxAgeS?: number;
  /** `Lax` comes along when the provider sends the browser back; `Strict` never comes from elsewhere. */
  readonly sameSite: "Strict" | "Lax";
}

/** Value of `Set-Cookie`. */
export function setCookie(name: string, value: string, rules: CookieRules, life: CookieLife): string {
  const parts = [`${cookieName(name, rules)}=${value}`, "Path=/", "HttpOnly", `SameSite=${life.sameSite}`];
  if (life.maxAgeS !== undefined) parts.push(`Max-Age=${life.maxAgeS}`);
  if (rules.secure) parts.push("Secure");
  return parts.join("; ");
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what a browser keeps for the server, so that it can neither be read nor changed: no table on the server that
 * strangers could fill. The key lives as long as the process.
 */
export class SealedCookie {
  readonly #key = randomBytes(32);

  seal(content: unknown): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const text = Buffer.concat([cipher.update(JSON.stringify(content), "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
  }

  /** Undefined where this process has not sealed it. */
  open(value: string): unknown {
    try {
      const bytes = Buffer.from(value, "base64url");
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", this.#key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(tag);
      const text = Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]);
      return JSON.parse(text.toString("utf8"));
    } catch {
      return undefined;
    }
  }
}
