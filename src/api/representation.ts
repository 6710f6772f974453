import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

/** Less is not worth the work. */
const LEAST_COMPRESSED_BYTES = 1_024;

export interface RepresentationOptions {
  readonly contentType: string;
  /** `no-cache`: kept by clients, who ask each time whether it has changed. */
  readonly cacheControl?: string;
  /** Fonts and images are compressed already. */
  readonly isCompressible?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One body with a strong ETag (RFC 9110 §8.8.3), compressed at most once. The compressed form has a tag of its own, since
 * its bytes are others (§8.8.3.3).
 */
export class Representation {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly #options: RepresentationOptions;
  #compressed: Promise<Uint8Array> | undefined;

  constructor(body: Uint8Array | string, options: RepresentationOptions) {
    this.bytes = typeof body === "string" ? Buffer.from(body) : body;
    this.#options = options;
    this.etag = createHash("sha256").update(this.bytes).digest("base64url").slice(0, 27);
  }

  /** Answers a GET or HEAD: 304 where the client has it, else the body in the form that the client takes. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gzipped = this.#isCompressible && takesGzip(request.headers["accept-encoding"]);
    const { contentType, cacheControl = "no-cache", headers = {} } = this.#options;
    response.setHeader("ETag", `"${this.etag}${gzipped ? "-gz" : ""}"`);
    response.setHeader("Cache-Control", cacheControl);
    if (this.#isCompressible) response.setHeader("Vary", "Accept-Encoding");
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (matchesTag(request.headers["if-none-match"], this.etag)) {
      response.writeHead(304).end();
      return;
    }
    const body = gzipped ? await this.#compress() : this.bytes;
    if (response.destroyed) return;
    if (gzipped) response.setHeader("Content-Encoding", "gzip");
    response.writeHead(200, { "Content-Type": contentType, "Content-Length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  get #isCompressible(): boolean {
    return this.#options.isCompressible !== false && this.bytes.length >= LEAST_COMPRESSED_BYTES;
  }

  #compress(): Promise<Uint8Array> {
    this.#compressed ??= compress(this.bytes);
    return this.#compressed;
  }
}

/** Whether `Accept-Encoding` takes gzip (RFC 9110 §12.5.3); a weight of 0 refuses it. */
export function takesGzip(header: string | readonly string[] | undefined): boolean {
  const codings = String(header ?? "")
    .toLowerCase()
    .split(",");
  const weights = new Map(codings.map((coding) => weightOf(coding)));
  return (weights.get("gzip") ?? weights.get("*") ?? 0) > 0;
}

function weightOf(coding: string): [string, number] {
  const [name = "", ...parameters] = coding.split(";").map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith("q="));
  return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0];
}

/** Whether `If-None-Match` names the tag, in either form and by weak comparison (RFC 9110 §13.1.2). */
export function matchesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === "*") return true;
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(`"${etag}"`) || tags.includes(`"${etag}-gz"`);
}
