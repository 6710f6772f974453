import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, get as httpGet } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { matchesTag, takesGzip } from "../../src/api/representation.ts";
import { httpHandler } from "../../src/ops/http.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { pageRoutes } from "../../src/server/console/page-routes.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), "roadpulse-page-"));
  const page = join(root, "console");
  mkdirSync(join(page, "assets"), { recursive: true });
  writeFileSync(join(root, "secret.json"), "{}");
  writeFileSync(join(page, "index.html"), `<!doctype html>${" ".repeat(2_000)}`);
  writeFileSync(join(page, "assets", "main-abc.js"), `export const a = 1;${" ".repeat(2_000)}`);
  symlinkSync(join(root, "secret.json"), join(page, "assets", "link.json"));
  return page;
}

async function serve(from: string): Promise<number> {
  const server = createServer(httpHandler(pageRoutes(from), silentLogger));
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** The path as it is, which `fetch` would tidy up. */
function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    httpGet({ host: "127.0.0.1", port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on("error", reject);
  });
}

describe("the console's files", () => {
  it("come with a strict policy; what has a hash in its name is kept for ever, the page is asked for again", async () => {
    const port = await serve(folder());
    for (const path of ["/", "/incidents", "/network", "/kpis", "/system"]) {
      const page = await fetch(`http://127.0.0.1:${port}${path}`);
      expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      expect(page.headers.get("cache-control")).toBe("no-cache");
      const policy = page.headers.get("content-security-policy") ?? "";
      for (const rule of [
        "default-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ])
        expect(policy).toContain(rule);
      expect(policy).not.toMatch(/unsafe|\*|http/);
    }
    const script = await fetch(`http://127.0.0.1:${port}/assets/main-abc.js`);
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect([script.headers.get("content-encoding"), script.headers.get("x-content-type-options")]).toEqual([
      "gzip",
      "nosniff",
    ]);
  });

  it.each([
    "/assets/../../secret.json",
    "/assets/%2e%2e/%2e%2e/secret.json",
    "/assets/..%2f..%2fsecret.json",
    "/assets//../secret.json",
    "/assets/link.json",
    "/assets/",
    "/assets/..",
    "/secret.json",
    "/assets/main-abc.js%00",
    "/index.html/../secret.json",
  ])("do not lead out of their folder: %s", async (path) => {
    expect(await statusOf(await serve(folder()), path)).toBe(404);
  });

  it("say how they are made where they are not", async () => {
    const port = await serve(join(tmpdir(), "roadpulse-no-such-folder"));
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      404,
      expect.stringContaining("npm run build"),
    ]);
  });
});

describe("negotiation", () => {
  it.each([
    ["gzip, deflate, br", true],
    ["br;q=1.0, gzip;q=0.8", true],
    ["*", true],
    ["gzip;q=0", false],
    ["gzip;q=0, *", false],
    ["identity", false],
    ["", false],
  ])("takes gzip by %s: %s", (header, takes) => expect(takesGzip(header)).toBe(takes));

  it.each([
    ['"a"', true],
    ['"a-gz"', true],
    ['W/"a"', true],
    ['"b", W/"a"', true],
    ["*", true],
    ['"b"', false],
    ["a", false],
  ])("knows its tag in %s: %s", (header, matches) => expect(matchesTag(header, "a")).toBe(matches));
});
