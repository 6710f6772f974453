import { describe, expect, it } from "vitest";
import { addressProblem, guardedLookup, isLoopbackHost } from "../../src/webhook/addresses.ts";

const problem = (address: string, privateNetwork = false, loopback = false) =>
  addressProblem(address, { privateNetwork, loopback });

describe("addresses of receivers", () => {
  it.each([
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "fe80::1",
    "::",
    "ff02::1",
    "64:ff9b::a00:1",
    "64:ff9b:1:7f00:0:100::",
    "2001:0:53aa:64c::80ff:fffe",
    "2002:7f00:1::1",
    "::ffff:169.254.169.254",
  ])("%s is never sent to, whatever the endpoint says", (address) => {
    expect(problem(address, true, true)).toBeTypeOf("string");
  });

  it.each(["10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "::ffff:10.0.0.1"])(
    "%s is sent to where the endpoint says that it is in a private network",
    (address) => {
      expect(problem(address)).toContain("privateNetwork");
      expect(problem(address, true)).toBeUndefined();
    },
  );

  it.each(["127.0.0.1", "::1", "127.9.9.9"])(
    "%s is sent to where it is written so, not by another name",
    (address) => {
      expect(problem(address)).toContain("this machine");
      expect(problem(address, true)).toContain("this machine");
      expect(problem(address, false, true)).toBeUndefined();
    },
  );

  it.each(["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2001:4860::1"])(
    "%s is sent to",
    (address) => {
      expect(problem(address)).toBeUndefined();
    },
  );

  it("looks at what a name means at every connection", async () => {
    const resolve = (loopback: boolean) =>
      new Promise<unknown>((done) => {
        guardedLookup({ privateNetwork: false, loopback })("localhost", { all: true }, (error, found) =>
          done(error ?? found),
        );
      });
    expect(await resolve(false)).toMatchObject({ name: "RefusedAddressError" });
    expect(await resolve(true)).toEqual(
      expect.arrayContaining([expect.objectContaining({ address: "127.0.0.1" })]),
    );
  });

  it("knows this machine by its names only", () => {
    for (const host of ["localhost", "127.0.0.1", "[::1]"]) expect(isLoopbackHost(host)).toBe(true);
    for (const host of ["localhost.example", "127.0.0.1.example", "10.0.0.1"])
      expect(isLoopbackHost(host)).toBe(false);
  });
});
