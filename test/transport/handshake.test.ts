import { describe, expect, it } from "vitest";
import {
  addHeader,
  offeredSubprotocols,
  plainAddress,
  refusalHeaders,
} from "../../src/transport/handshake.ts";

describe("handshake", () => {
  it("joins repeated headers under their lower-case name", () => {
    const headers = new Map<string, string>();
    addHeader(headers, "X-Forwarded-For", "10.0.0.1");
    addHeader(headers, "x-forwarded-for", "10.0.0.2");
    expect([...headers]).toEqual([["x-forwarded-for", "10.0.0.1, 10.0.0.2"]]);
  });

  it("reads offered subprotocols in the client's order", () => {
    const headers = new Map([["sec-websocket-protocol", "b, a ,,c"]]);
    expect(offeredSubprotocols(headers)).toEqual(["b", "a", "c"]);
    expect(offeredSubprotocols(new Map())).toEqual([]);
  });

  it.each([
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["192.0.2.7", "192.0.2.7"],
    ["::1", "::1"],
    ["2001:db8::ffff:1", "2001:db8::ffff:1"],
  ])("spells %s as %s", (address, expected) => {
    expect(plainAddress(address)).toBe(expected);
  });

  it("adds the headers that RFC 9110 demands to a refusal", () => {
    const headersOf = (status: 401 | 426 | 503) => refusalHeaders({ accept: false, status, reason: "" });
    expect(headersOf(401)).toHaveProperty("WWW-Authenticate");
    expect(headersOf(426)).toMatchObject({ Upgrade: "websocket", "Sec-WebSocket-Version": "13" });
    expect(headersOf(503)).toHaveProperty("Retry-After");
  });
});
