import { describe, expect, it } from "vitest";
import { bearer, Issuer } from "../../support/credentials.ts";
import { startTestServer } from "../../support/server.ts";

async function sessionOf(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/v1/session`, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("who asks", () => {
  it("is anyone with every scope where nobody is asked, under the name that they give themselves", async () => {
    const server = await startTestServer();
    const { body } = await sessionOf(server.httpUrl);
    expect(body).toEqual({
      subject: "anyone",
      name: "anyone",
      agency: "centre",
      scopes: ["publish", "subscribe", "operate", "admin"],
      open: true,
    });
    const named = await sessionOf(server.httpUrl, { "X-Operator-Name": encodeURIComponent("Jürgen Müller") });
    expect(named.body["name"]).toBe("Jürgen Müller");
    const spelled = ["ev%0ail", "%ZZ", "x".repeat(65)].map((name) => ({ "X-Operator-Name": name }));
    for (const headers of spelled)
      expect((await sessionOf(server.httpUrl, headers)).body["name"]).toBe("anyone");
  });

  it("is whom the token names, and nobody without one", async () => {
    const issuer = await Issuer.create();
    const server = await startTestServer({ "access.keys": issuer.keys });
    expect((await sessionOf(server.httpUrl, { "X-Operator-Name": "me" })).status).toBe(401);
    const claims = { sub: "u-17", name: "A. Operator", agency: "police", scope: "subscribe" };
    const { status, body } = await sessionOf(server.httpUrl, bearer(await issuer.token(claims)).headers);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      subject: "u-17",
      name: "A. Operator",
      agency: "police",
      scopes: ["subscribe"],
    });
    expect(body).toMatchObject({ open: false, expiresAtMs: expect.any(Number) });
    const stranger = await issuer.token({ ...claims, agency: "circus" });
    expect((await sessionOf(server.httpUrl, bearer(stranger).headers)).status).toBe(401);
  });
});
