import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import {
  bitString,
  boolean,
  objectIdentifier,
  octetString,
  sequence,
  set,
  tagged,
  time,
  unsignedInteger,
  utf8String,
} from "./der.ts";

/** A certificate with its key, PEM. */
export interface Credential {
  readonly certPem: string;
  readonly keyPem: string;
}

/** What signs: a certificate that may, with its private key. */
export interface Authority extends Credential {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface Subject {
  /** Common name, at most 64 characters (RFC 5280, ub-common-name). */
  readonly name: string;
  /** Names and IPv4 addresses that a server is reached under. */
  readonly hosts?: readonly string[];
  readonly purpose: "server" | "client";
}

const ECDSA_WITH_SHA256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const COMMON_NAME = "2.5.4.3";
const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
} as const;
const PURPOSE = { server: "1.3.6.1.5.5.7.3.1", client: "1.3.6.1.5.5.7.3.2" } as const;

/** Bits of RFC 5280 §4.2.1.3, from the left. */
const SIGNS_CERTIFICATES = bitString(Buffer.from([0b0000_0110]), 1);
const SIGNS_DATA = bitString(Buffer.from([0b1000_0000]), 7);

const DNS_NAME = 2;
const IP_ADDRESS = 7;

const DAY_MS = 86_400_000;
/** Clocks of devices that are a little behind. */
const BACKDATED_MS = 3_600_000;

/** An authority of one's own, for development: nothing else believes it. */
export function createAuthority(name: string, days: number, nowMs: number): Authority {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signer = { name, publicKey, privateKey };
  const extensions = [
    extension(EXTENSION.basicConstraints, true, sequence(boolean(true), unsignedInteger(Buffer.from([0])))),
    extension(EXTENSION.keyUsage, true, SIGNS_CERTIFICATES),
    extension(EXTENSION.subjectKeyIdentifier, false, octetString(keyIdentifier(publicKey))),
  ];
  const certPem = certify(signer, name, publicKey, extensions, days, nowMs);
  return { ...signer, certPem, keyPem: pemOf(privateKey) };
}

/** A certificate of a server or a client, signed by the authority (RFC 5280). P-256, because every TLS stack takes it. */
export function issueCertificate(
  authority: Pick<Authority, "name" | "publicKey" | "privateKey">,
  subject: Subject,
  days: number,
  nowMs: number,
): Credential {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const hosts = (subject.hosts ?? []).map(generalName);
  const issuerKey = tagged(0, false, keyIdentifier(authority.publicKey));
  const extensions = [
    extension(EXTENSION.basicConstraints, true, sequence()),
    extension(EXTENSION.keyUsage, true, SIGNS_DATA),
    extension(EXTENSION.extendedKeyUsage, false, sequence(objectIdentifier(PURPOSE[subject.purpose]))),
    extension(EXTENSION.subjectKeyIdentifier, false, octetString(keyIdentifier(publicKey))),
    extension(EXTENSION.authorityKeyIdentifier, false, sequence(issuerKey)),
    ...(hosts.length === 0 ? [] : [extension(EXTENSION.subjectAltName, false, sequence(...hosts))]),
  ];
  const certPem = certify(authority, subject.name, publicKey, extensions, days, nowMs);
  return { certPem, keyPem: pemOf(privateKey) };
}

function certify(
  signer: Pick<Authority, "name" | "privateKey">,
  subject: string,
  publicKey: KeyObject,
  extensions: readonly Uint8Array[],
  days: number,
  nowMs: number,
): string {
  const toBeSigned = sequence(
    tagged(0, true, unsignedInteger(Buffer.from([2]))),
    // RFC 5280 §4.1.2.2: positive and at most 20 bytes.
    unsignedInteger(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    distinguishedName(signer.name),
    sequence(time(new Date(nowMs - BACKDATED_MS)), time(new Date(nowMs + days * DAY_MS))),
    distinguishedName(subject),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(3, true, sequence(...extensions)),
  );
  const signature = sign("sha256", toBeSigned, signer.privateKey);
  const der = sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const distinguishedName = (name: string): Buffer =>
  sequence(set(sequence(objectIdentifier(COMMON_NAME), utf8String(name))));

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

function generalName(host: string): Buffer {
  return isIP(host) === 4
    ? tagged(IP_ADDRESS, false, Buffer.from(host.split(".").map(Number)))
    : tagged(DNS_NAME, false, Buffer.from(host, "ascii"));
}

/** RFC 7093 §2, method 1: 160 bits of the key's hash. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(spki).digest().subarray(0, 20);
}

const pemOf = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();
