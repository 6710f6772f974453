import { isIP } from "node:net";

/** Groups of 16 bits in the half of an IPv6 address that names a network. */
const NETWORK_GROUPS = 4;

/**
 * What attempts are counted by: an address of version 4, the network (/64) of one of version 6. Whoever has one address of
 * such a network has all 2^64 of them (RFC 6177 §2), and a bound on each of them would bound nobody.
 */
export function addressGroup(address: string): string {
  const [plain = ""] = address.split("%", 1);
  if (isIP(plain) !== 6) return address;
  // The URL standard writes it in one way; a last part in dotted form becomes two groups.
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const left = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: left }, () => "0"), ...after];
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

const groupsOf = (text: string): string[] => text.split(":").filter((group) => group !== "");
