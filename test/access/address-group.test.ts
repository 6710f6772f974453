import { describe, expect, it } from "vitest";
import { addressGroup } from "../../src/access/address-group.ts";
import { LoginBackoff } from "../../src/access/login-backoff.ts";

describe("what attempts are counted by", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
    ["2001:db8::7", "2001:db8:0:0::/64"],
    ["2001:db8:0:0:1::", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
    ["", ""],
    ["desk", "desk"],
  ])("of %s is %s", (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });

  it("is one for all addresses that somebody with a network of IPv6 has", () => {
    const backoff = new LoginBackoff();
    for (let attempt = 0; attempt < 25; attempt++)
      backoff.begin(`n${attempt}`, `2001:db8::${attempt.toString(16)}`, 0);
    expect(backoff.pauseMs("n99", "2001:db8::ffff", 0)).toBe(1_000);
    expect(backoff.pauseMs("n99", "2001:db8:0:1::1", 0)).toBe(0);
  });
});
