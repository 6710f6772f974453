import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Signatures of Standard Webhooks 1.0.0: HMAC-SHA-256 over `id.timestamp.body`, several of them parted by spaces while a
 * secret is being changed. Receivers find libraries for it in ten languages, and one without needs five lines. RFC 9421
 * would sign more (method, address), but asks receivers to build the signed text from structured fields and to check the
 * digest of the body apart; getting that wrong in silence is easier than with three joined strings.
 */
const VERSION = "v1";

const PREFIX = "whsec_";

/** Bounds of Standard Webhooks, "Signature scheme". */
const LEAST_SECRET_BYTES = 24;
const MOST_SECRET_BYTES = 64;

/** Receivers refuse what was signed longer ago, or so far ahead; the libraries of Standard Webhooks take this, too. */
export const TOLERANCE_S = 300;

/** A secret in the form that it is handed over in. */
export class WebhookSecret {
  readonly #key: Buffer;

  private constructor(key: Buffer) {
    this.#key = key;
  }

  /**
   * @param text `whsec_` and base64 of 24 to 64 bytes; the prefix may be left out
   * @throws Error with what is wrong, never with the secret
   */
  static parse(text: string): WebhookSecret {
    const trimmed = text.trim();
    const encoded = trimmed.startsWith(PREFIX) ? trimmed.slice(PREFIX.length) : trimmed;
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) throw new Error("it is not whsec_ followed by base64");
    const key = Buffer.from(encoded, "base64");
    if (key.length < LEAST_SECRET_BYTES || key.length > MOST_SECRET_BYTES) {
      throw new Error(
        `it has ${key.length} bytes; ${LEAST_SECRET_BYTES} to ${MOST_SECRET_BYTES} are taken (openssl rand -base64 32)`,
      );
    }
    return new WebhookSecret(key);
  }

  /** One signature, base64. */
  sign(id: string, timestampS: number, body: string | Uint8Array): string {
    return this.#digest(id, timestampS, body).toString("base64");
  }

  /** Compares in a time that does not tell how much was right. */
  matches(signature: string, id: string, timestampS: number, body: string | Uint8Array): boolean {
    const expected = this.#digest(id, timestampS, body);
    const given = Buffer.from(signature, "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  equals(other: WebhookSecret): boolean {
    return this.#key.equals(other.#key);
  }

  /** Whatever prints it, it stays inside. */
  toJSON(): string {
    return "***";
  }

  #digest(id: string, timestampS: number, body: string | Uint8Array): Buffer {
    return createHmac("sha256", this.#key).update(`${id}.${timestampS}.`).update(body).digest();
  }
}

/** Headers of a message, signed with every secret in use. */
export function signedHeaders(
  secrets: readonly WebhookSecret[],
  id: string,
  timestampS: number,
  body: string,
): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestampS),
    "webhook-signature": secrets.map((secret) => `${VERSION},${secret.sign(id, timestampS, body)}`).join(" "),
  };
}

export interface SignedMessage {
  readonly id: string;
  /** As in the header `webhook-timestamp`. */
  readonly timestamp: string;
  /** As in the header `webhook-signature`. */
  readonly signature: string;
  /** As it came, before anything parsed it. */
  readonly body: string | Uint8Array;
}

/** What a receiver checks, except that it has not seen the id before. Answers what is wrong, or undefined. */
export function signatureProblem(
  message: SignedMessage,
  secrets: readonly WebhookSecret[],
  nowS: number,
): string | undefined {
  const { id, timestamp, signature, body } = message;
  if (id === "") return "there is no id";
  if (!/^\d{1,12}$/.test(timestamp)) return "the timestamp is no Unix time in seconds";
  const timestampS = Number(timestamp);
  const ageS = nowS - timestampS;
  if (ageS > TOLERANCE_S) return `it was signed ${ageS} s ago; more than ${TOLERANCE_S} s may be a replay`;
  if (ageS < -TOLERANCE_S) return `it was signed ${-ageS} s ahead of this clock`;
  const signatures = signature
    .split(" ")
    .filter((each) => each.startsWith(`${VERSION},`))
    .map((each) => each.slice(VERSION.length + 1));
  if (signatures.length === 0) return `there is no signature of version ${VERSION}`;
  const isRight = secrets.some((secret) =>
    signatures.some((each) => secret.matches(each, id, timestampS, body)),
  );
  return isRight
    ? undefined
    : "no signature is right: another secret, or the body or the headers were changed";
}
