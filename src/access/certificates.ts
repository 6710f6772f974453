import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { fitsName, type Identity } from "../domain/access.ts";
import { ClaimsError, isPlainName, type Rights, readRights } from "./claims.ts";
import { fileVersion } from "./file-version.ts";
import { type Refused, refuse } from "./refusal.ts";

/** By what a certificate is recognised. */
const MATCHES = ["fingerprint256", "commonName", "dns", "uri"] as const;
type Match = (typeof MATCHES)[number];

interface Entry {
  readonly match: Match;
  /** For names: one that ends in `*` stands for all that begin so. */
  readonly value: string;
  /** Those of an entry without `sub` or `name` are called as the certificate is. */
  readonly rights: Rights;
  readonly isNamed: { readonly sub: boolean; readonly name: boolean };
}

/** How often the file is looked at, while certificates come in. */
const LOOK_MS = 1_000;

const MAX_ENTRIES = 100_000;

/**
 * Who presents which client certificate, from a JSON file such as
 *
 *     {"identities": [{"match": {"commonName": "rsu-*"}, "scope": "publish", "roadpulse": {"causes": [94]}}]}
 *
 * The first entry that matches counts. `sub`, `scope` and `roadpulse` are the claims of a token; `sub` is the common name
 * where absent. A certificate that is listed nowhere is nobody. The chain itself has been checked by the engine.
 */
export class CertificateBook {
  readonly #path: string;
  readonly #nowMs: () => number;
  readonly #onFault: (fault: string | undefined) => void;
  #entries: readonly Entry[];
  #version: string;
  #lookedAtMs: number;
  #fault: string | undefined;

  /**
   * @param nowMs Unix ms
   * @throws Error in one sentence where the file cannot be used
   */
  constructor(path: string, nowMs: () => number, onFault: (fault: string | undefined) => void) {
    this.#path = path;
    this.#nowMs = nowMs;
    this.#onFault = onFault;
    this.#version = fileVersion(path);
    this.#entries = readEntries(path);
    this.#lookedAtMs = nowMs();
  }

  get fault(): string | undefined {
    return this.#fault;
  }

  /** Who presents the certificate, in DER. Never throws. */
  identify(der: Uint8Array): Identity | Refused {
    this.#readAgain();
    const certificate = new X509Certificate(der);
    const expiresAtMs = Date.parse(certificate.validTo);
    if (this.#nowMs() >= expiresAtMs) return refuse("expired", "the certificate has expired");
    const names = namesOf(certificate);
    const entry = this.#entries.find(({ match, value }) =>
      names[match].some((name) => fitsName(value, name)),
    );
    if (entry === undefined) return refuse("bad-credentials", "the certificate belongs to nobody known here");
    const { rights, isNamed } = entry;
    const subject = isNamed.sub ? rights.subject : names.commonName[0];
    if (!isPlainName(subject)) return refuse("bad-credentials", "the certificate has no name to go by");
    const name = isNamed.name ? rights.name : subject;
    return { ...rights, subject, name, via: "certificate", expiresAtMs };
  }

  /** A file that cannot be used leaves the earlier one in force. */
  #readAgain(): void {
    const nowMs = this.#nowMs();
    if (nowMs - this.#lookedAtMs < LOOK_MS) return;
    this.#lookedAtMs = nowMs;
    const before = this.#fault;
    try {
      const version = fileVersion(this.#path);
      if (version !== this.#version) this.#entries = readEntries(this.#path);
      this.#version = version;
      this.#fault = undefined;
    } catch (error) {
      this.#fault = (error as Error).message;
    }
    if (this.#fault !== before) this.#onFault(this.#fault);
  }
}

/** @throws Error in one sentence that begins with the path */
function readEntries(path: string): readonly Entry[] {
  try {
    const root = JSON.parse(readFileSync(path, "utf8")) as { readonly identities?: unknown };
    const { identities } = root;
    if (!Array.isArray(identities) || identities.length > MAX_ENTRIES)
      throw new Error(`identities must be a list of at most ${MAX_ENTRIES} entries`);
    return identities.map((entry, index) => readEntry(entry, `identities[${index}]`));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}

function readEntry(entry: unknown, at: string): Entry {
  const { match, ...claims } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const [[key, value] = [], ...others] = Object.entries((match ?? {}) as Readonly<Record<string, unknown>>);
  const by = MATCHES.find((name) => name === key);
  if (by === undefined || typeof value !== "string" || value === "" || others.length > 0)
    throw new Error(`${at}.match must hold exactly one of ${MATCHES.join(", ")}`);
  return {
    match: by,
    value: by === "fingerprint256" ? plainFingerprint(value) : value,
    rights: rightsOf(claims, at),
    isNamed: { sub: "sub" in claims, name: "name" in claims },
  };
}

function rightsOf(claims: Readonly<Record<string, unknown>>, at: string): Rights {
  try {
    return readRights({ sub: "common name", ...claims });
  } catch (error) {
    if (error instanceof ClaimsError) throw new Error(`${at}.${error.message}`);
    throw error;
  }
}

const plainFingerprint = (text: string): string => text.replaceAll(":", "").toLowerCase();

function namesOf(certificate: X509Certificate): Readonly<Record<Match, readonly string[]>> {
  const { subject, subjectAltName, fingerprint256 } = certificate;
  const alternative = (kind: string): string[] =>
    (subjectAltName ?? "").split(", ").flatMap((part) =>
      // A quoted part holds characters that could pass for another part; nobody needs those here.
      part.startsWith(`${kind}:`) && !part.includes('"') ? [part.slice(kind.length + 1)] : [],
    );
  const common = (subject ?? "")
    .split("\n")
    .flatMap((part) => (part.startsWith("CN=") ? [part.slice(3)] : []));
  return {
    fingerprint256: [plainFingerprint(fingerprint256)],
    // Two common names would leave it to the reader which one counts.
    commonName: common.length === 1 ? common : [],
    dns: alternative("DNS"),
    uri: alternative("URI"),
  };
}
