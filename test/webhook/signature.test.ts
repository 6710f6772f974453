import { describe, expect, it } from "vitest";
import { signatureProblem, signedHeaders, WebhookSecret } from "../../src/webhook/signature.ts";
import { SECRET } from "./receiver.ts";

const secret = WebhookSecret.parse(SECRET);
const other = WebhookSecret.parse(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
/** The example of the reference libraries of Standard Webhooks. */
const ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const AT_S = 1_614_265_330;
const BODY = '{"test": 2432232314}';

const message = (changes: Partial<Parameters<typeof signatureProblem>[0]> = {}) => ({
  id: ID,
  timestamp: String(AT_S),
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  body: BODY,
  ...changes,
});

describe("signatures", () => {
  it("are those of Standard Webhooks", () => {
    expect(signedHeaders([secret], ID, AT_S, BODY)).toEqual({
      "webhook-id": ID,
      "webhook-timestamp": String(AT_S),
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
    expect(signatureProblem(message(), [secret], AT_S)).toBeUndefined();
  });

  it("hold while a secret is being changed, on both sides", () => {
    const signature = signedHeaders([other, secret], ID, AT_S, BODY)["webhook-signature"] ?? "";
    for (const known of [[secret], [other], [other, secret]])
      expect(signatureProblem(message({ signature }), known, AT_S)).toBeUndefined();
  });

  it.each([
    ["another body", message({ body: `${BODY} ` }), AT_S],
    ["another id", message({ id: "msg_2" }), AT_S],
    ["another time", message({ timestamp: String(AT_S + 1) }), AT_S],
    ["a time that is none", message({ timestamp: "now" }), AT_S],
    ["an old message", message(), AT_S + 301],
    ["a message of the future", message(), AT_S - 301],
    ["no signature", message({ signature: "" }), AT_S],
    [
      "a signature of another kind",
      message({ signature: "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" }),
      AT_S,
    ],
    ["a part of the signature", message({ signature: "v1,g0hM9SsE" }), AT_S],
  ])("are refused with %s", (_, changed, nowS) => {
    expect(signatureProblem(changed, [secret], nowS)).toBeTypeOf("string");
  });

  it("are refused under another secret", () => {
    expect(signatureProblem(message(), [other], AT_S)).toContain("no signature is right");
  });

  it.each(["whsec_c2hvcnQ=", "whsec_not base64", "", `whsec_${Buffer.alloc(65).toString("base64")}`])(
    "are not made with a secret that is none: %s",
    (text) => {
      expect(() => WebhookSecret.parse(text)).toThrow();
    },
  );

  it("never print their secret", () => {
    const raw = SECRET.slice("whsec_".length);
    expect(JSON.stringify({ secret }) + String(secret)).not.toContain(raw);
    expect(() => WebhookSecret.parse("whsec_c2hvcnQ=")).not.toThrow(/c2hvcnQ/);
  });
});
