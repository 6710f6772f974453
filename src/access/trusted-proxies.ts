import { BlockList, isIP } from "node:net";

/** Addresses of proxies: one, or all that share the first bits of it. */
export interface ProxyRange {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  readonly prefixBits: number;
}

/** Proxies whose word counts on whom they speak for. */
export class TrustedProxies {
  readonly #proxies = new BlockList();

  constructor(ranges: readonly ProxyRange[]) {
    for (const { address, family, prefixBits } of ranges)
      this.#proxies.addSubnet(address, prefixBits, family);
  }

  /**
   * The address of the client behind trusted proxies: each has added whom it heard to the end of `X-Forwarded-For`, so
   * that what a client wrote there itself is never reached. The peer's own where it is no such proxy, or names nobody.
   */
  clientOf(peer: string, forwardedFor: string | undefined): string {
    let client = peer;
    for (const hop of forwardedFor?.split(",").reverse() ?? []) {
      const address = hop.trim().replace(/^::ffff:(?=[\d.]+$)/i, "");
      if (isIP(address) === 0 || !this.#holds(client)) return client;
      client = address;
    }
    return client;
  }

  #holds(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#proxies.check(address, version === 4 ? "ipv4" : "ipv6");
  }
}
