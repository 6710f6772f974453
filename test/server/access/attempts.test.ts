import { describe, expect, it } from "vitest";
import { KeyRing } from "../../../src/access/key-ring.ts";
import { isRefused } from "../../../src/access/refusal.ts";
import { TokenVerifier } from "../../../src/access/tokens.ts";
import { Counters } from "../../../src/domain/counters.ts";
import { Gatekeeper } from "../../../src/server/access/gatekeeper.ts";

/** As many as one address may have at once. */
const BURST = 50;

function gatekeeperWithTokens(): Gatekeeper {
  const nowMs = () => 0;
  const ring = new KeyRing({
    secret: "a secret of forty characters, at least so",
    nowMs,
    onFault: () => undefined,
  });
  return new Gatekeeper({
    tokens: new TokenVerifier(ring, { audience: "roadpulse", clockToleranceS: 0 }, nowMs),
    certificates: undefined,
    sessions: undefined,
    secure: false,
    audit: undefined,
    refusals: new Counters().accessRefused,
    firstMessageMayAuthenticate: true,
    maxConnectionsPerIdentity: 1,
    maxSubscriptionsPerIdentity: 1,
    maxItemsPerSecondPerIdentity: undefined,
    nowMs,
  });
}

describe("bad tokens from one address", () => {
  const reasonOf = async (gatekeeper: Gatekeeper, address: string) => {
    const answer = await gatekeeper.checkToken("no.token.atall", address);
    return isRefused(answer) ? answer.refused : "known";
  };

  it("are looked at up to a bound, also where they come in first messages of sessions that opened before", async () => {
    const gatekeeper = gatekeeperWithTokens();
    for (let attempt = 0; attempt < BURST; attempt++)
      expect(await reasonOf(gatekeeper, "192.0.2.1")).toBe("bad-credentials");
    expect(await reasonOf(gatekeeper, "192.0.2.1")).toBe("attempt-quota");
    expect(await reasonOf(gatekeeper, "192.0.2.2")).toBe("bad-credentials");
  });

  it("count for the whole network where addresses are of version 6", async () => {
    const gatekeeper = gatekeeperWithTokens();
    for (let attempt = 0; attempt < BURST; attempt++)
      expect(await reasonOf(gatekeeper, `2001:db8::${attempt.toString(16)}`)).toBe("bad-credentials");
    expect(await reasonOf(gatekeeper, "2001:db8::ffff")).toBe("attempt-quota");
    expect(await reasonOf(gatekeeper, "2001:db8:0:1::1")).toBe("bad-credentials");
  });
});
