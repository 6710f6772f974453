import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { BlockList, isIP } from "node:net";

/**
 * Where messages may be sent to. The addresses of endpoints come from the operator's file, not from strangers; still, a
 * name may come to point elsewhere, and a typing mistake must not reach the machine's own services.
 */
type Family = "ipv4" | "ipv6";
type Net = readonly [net: string, bits: number, family: Family];

/** Never sent to: this host by another name, link-local (cloud metadata), multicast, reserved (RFC 6890). */
const NEVER: readonly Net[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["240.0.0.0", 4, "ipv4"],
  ["::", 128, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
  // Addresses of version 4 in other clothes: translation (RFC 6052, RFC 8215), Teredo (RFC 4380) and 6to4.
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["2001::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
];

/** Sent to where the endpoint says `privateNetwork`. */
const PRIVATE: readonly Net[] = [
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["fc00::", 7, "ipv6"],
];

const LOOPBACK: readonly Net[] = [
  ["127.0.0.0", 8, "ipv4"],
  ["::1", 128, "ipv6"],
];

const never = blockListOf(NEVER);
const privateNets = blockListOf(PRIVATE);
const loopback = blockListOf(LOOPBACK);

/** A host that is this machine by its very name. */
export function isLoopbackHost(hostname: string): boolean {
  const plain = hostname.replace(/^\[(.*)\]$/, "$1");
  return plain === "localhost" || (isIP(plain) !== 0 && holds(loopback, plain));
}

/** Why an address is not sent to; undefined where it is. */
export function addressProblem(
  address: string,
  allowed: { readonly privateNetwork: boolean; readonly loopback: boolean },
): string | undefined {
  if (holds(never, address)) return `${address} is an address that nothing is sent to`;
  if (holds(loopback, address) && !allowed.loopback)
    return `${address} is this machine; write localhost or the address itself where that is meant`;
  if (holds(privateNets, address) && !allowed.privateNetwork)
    return `${address} is in a private network; set privateNetwork where that is meant`;
  return undefined;
}

/** An error that says which address was refused. */
export class RefusedAddressError extends Error {
  override readonly name = "RefusedAddressError";
}

type LookupDone = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Resolves names for a connection and refuses what a name may not point to. It is asked at every connection, so that a
 * name that was well yesterday is looked at again (DNS rebinding).
 */
export function guardedLookup(allowed: { readonly privateNetwork: boolean; readonly loopback: boolean }) {
  return (hostname: string, options: LookupOptions, done: LookupDone): void => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const problem = addresses.map(({ address }) => addressProblem(address, allowed)).find(Boolean);
      const [first] = addresses;
      if (problem !== undefined) return done(new RefusedAddressError(problem), []);
      if (options.all === true || first === undefined) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}

function blockListOf(nets: readonly Net[]): BlockList {
  const list = new BlockList();
  for (const [net, bits, family] of nets) list.addSubnet(net, bits, family);
  return list;
}

/** Also an address of version 4 that is written as one of version 6 (`::ffff:10.0.0.1`): the list looks through it. */
function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
