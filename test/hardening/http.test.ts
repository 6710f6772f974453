import { describe, expect, it } from "vitest";
import { startTestServer } from "../support/server.ts";
import { answerTo } from "../transport/raw-socket.ts";

/** Requests that no browser sends, and the status line that they get; `""` where the connection just ends. */
const REQUESTS: readonly (readonly [string, string, RegExp])[] = [
  ["a path out of the tree", "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 404/],
  ["the same, encoded", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 404/],
  ["a path with a null", "GET /livez%00 HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 404/],
  ["broken percent signs", "GET /%zz HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 400/],
  ["broken UTF-8", "GET /%c0%af HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 400/],
  ["a path of 4 KB", `GET /${"a".repeat(4_000)} HTTP/1.1\r\nHost: localhost`, /^HTTP\/1\.1 400/],
  [
    "an address instead of a path",
    "GET http://elsewhere/livez HTTP/1.1\r\nHost: localhost",
    /^HTTP\/1\.1 400/,
  ],
  ["no path", "OPTIONS * HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 400/],
  ["__proto__", "GET /__proto__ HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 404/],
  [
    "constructor in the query",
    "GET /livez?constructor[prototype][admin]=1 HTTP/1.1\r\nHost: localhost",
    /^HTTP\/1\.1 200/,
  ],
  ["another method", "DELETE /livez HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 405/],
  ["TRACE", "TRACE /livez HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 405/],
  ["CONNECT", "CONNECT elsewhere:443 HTTP/1.1\r\nHost: localhost", /^$|^HTTP\/1\.1 4/],
  ["a method that is none", "JUMP /livez HTTP/1.1\r\nHost: localhost", /^HTTP\/1\.1 400/],
  [
    "two lengths",
    "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 5",
    /^HTTP\/1\.1 400/,
  ],
  [
    "a length and chunks",
    "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
    /^HTTP\/1\.1 400/,
  ],
  ["a negative length", "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1", /^HTTP\/1\.1 400/],
  [
    "a body that nobody takes",
    "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999",
    /^HTTP\/1\.1 4(05|13)/,
  ],
  ["no host", "GET /livez HTTP/1.1\r\nX: y", /^HTTP\/1\.1 400/],
  ["a folded header", "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-A: a\r\n b", /^HTTP\/1\.1 400/],
  [
    "a header of 20 KB",
    `GET /livez HTTP/1.1\r\nHost: localhost\r\nX-A: ${"a".repeat(20_000)}`,
    /^HTTP\/1\.1 431/,
  ],
  [
    "a thousand headers",
    `GET /livez HTTP/1.1\r\nHost: localhost\r\n${"X-A: aaaaaaaaaaaaaaaa\r\n".repeat(1_000)}X: y`,
    /^HTTP\/1\.1 431/,
  ],
  ["a null in a header", "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b", /^HTTP\/1\.1 400/],
  ["a space before the colon", "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-A : a", /^HTTP\/1\.1 400/],
  [
    "an upgrade to something else",
    "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c",
    /^HTTP\/1\.1 4/,
  ],
  [
    "an old WebSocket",
    "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 7\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    /^HTTP\/1\.1 4/,
  ],
  [
    "a WebSocket without a key",
    "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13",
    /^HTTP\/1\.1 400/,
  ],
];

describe("requests of no honest client", () => {
  it("get an error each, and the server goes on", async () => {
    const server = await startTestServer();
    const { hostname, port } = new URL(server.httpUrl);
    const at = { host: hostname, port: Number(port) };
    for (const [name, head, status] of REQUESTS) {
      const answer = await answerTo(
        at,
        `${head}${head.includes("Upgrade") ? "" : "\r\nConnection: close"}\r\n\r\n`,
      );
      expect(answer, name).toMatch(status);
      // Nothing comes back that a browser would take for a page.
      expect(answer, name).not.toMatch(/<[a-z!]/i);
    }
    expect((await fetch(`${server.httpUrl}/livez`)).status).toBe(200);
  });
});
