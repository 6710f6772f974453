import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { Representation } from "./representation.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".wav": "audio/wav",
  ".ogg": "audio/ogg",
};

const COMPRESSED: ReadonlySet<string> = new Set([".png", ".ico", ".woff2", ".ogg"]);

/** The console has less than a tenth; a folder that was named by mistake must not fill the memory. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Files here have a hash of their content in their name. */
const HASHED_FOLDER = "assets/";

/** A year (RFC 8246): the name changes with the content. */
const FOREVER = "public, max-age=31536000, immutable";

/**
 * Only from here, nothing inline, nothing framed. `connect-src 'self'` holds for WebSockets of the same origin, too (CSP 3,
 * §6.7.2.8).
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");

/**
 * The files of a folder, read once: what is not among them cannot be asked for, whatever a path looks like. By path
 * within the folder, `/` between.
 */
export function readStaticFiles(folder: string): ReadonlyMap<string, Representation> {
  const files = new Map<string, Representation>();
  if (!existsSync(folder)) return files;
  let bytes = 0;
  for (const path of filesBelow(folder)) {
    const extension = extname(path);
    const contentType = TYPES[extension];
    if (contentType === undefined) continue;
    bytes += statSync(path).size;
    if (bytes > MAX_BYTES) throw new Error(`${folder} holds more than a console: over ${MAX_BYTES} bytes`);
    const name = relative(folder, path).split(sep).join("/");
    files.set(name, representationOf(name, readFileSync(path), contentType, extension));
  }
  return files;
}

function representationOf(name: string, body: Uint8Array, contentType: string, extension: string) {
  return new Representation(body, {
    contentType,
    cacheControl: name.startsWith(HASHED_FOLDER) ? FOREVER : "no-cache",
    isCompressible: !COMPRESSED.has(extension),
    headers: { "Content-Security-Policy": CONTENT_SECURITY_POLICY },
  });
}

/** Without links, which may lead out of the folder. */
function* filesBelow(folder: string): Generator<string, void> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}
