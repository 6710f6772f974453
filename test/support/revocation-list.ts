import { sign, X509Certificate } from "node:crypto";
import {
  bitString,
  objectIdentifier,
  sequence,
  set,
  time,
  unsignedInteger,
  utf8String,
} from "../../src/access/der.ts";
import type { Authority } from "../../src/access/development-certificates.ts";

const ECDSA_WITH_SHA256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const COMMON_NAME = "2.5.4.3";
const DAY_MS = 86_400_000;

/** A list of what an authority has revoked, PEM (RFC 5280 §5.1, version 1). */
export function revocationList(authority: Authority, certificates: readonly string[], days = 1): string {
  const began = time(new Date(Date.now() - 2 * DAY_MS));
  const revoked = certificates.map((pem) => {
    const { serialNumber } = new X509Certificate(pem);
    return sequence(unsignedInteger(Buffer.from(serialNumber.padStart(2, "0"), "hex")), began);
  });
  const list = sequence(
    ECDSA_WITH_SHA256,
    sequence(set(sequence(objectIdentifier(COMMON_NAME), utf8String(authority.name)))),
    began,
    time(new Date(Date.now() + days * DAY_MS)),
    ...(revoked.length === 0 ? [] : [sequence(...revoked)]),
  );
  const signature = sign("sha256", list, authority.privateKey);
  const der = sequence(list, ECDSA_WITH_SHA256, bitString(signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN X509 CRL-----\n${lines.join("\n")}\n-----END X509 CRL-----\n`;
}
