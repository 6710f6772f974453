import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { operationsOf } from "../../src/api/openapi.ts";
import { startTestServer } from "../support/server.ts";

const page = readFileSync("docs/api.md", "utf8");

describe("docs/api.md", () => {
  it("names resources that are there, and leaves none of the interface out", async () => {
    const { routes } = await startTestServer();
    const there = routes.flatMap((route) => operationsOf(route).map(({ path }) => path ?? route.path));
    const table = page.slice(page.indexOf("| path |"), page.indexOf("* **Who asks**"));
    const named = [...table.matchAll(/`(\/[^`]*)`/g)].map(([, path = ""]) => path);
    const unknown = named.filter((path) => !there.some((known) => known.startsWith(path.replace("…", ""))));
    expect(unknown).toEqual([]);
    const families = new Set(
      there.filter((path) => path.startsWith("/v1/")).map((path) => path.split(/[/.]/).slice(0, 3).join("/")),
    );
    const missing = [...families].filter((family) => !page.includes(family));
    expect(missing).toEqual([]);
  });

  it("has a client that hears the live picture", async () => {
    const server = await startTestServer();
    const [, script] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
    const heard: { type: string }[] = [];
    const sockets: WebSocket[] = [];
    class Socket extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address.replace("ws://localhost:8080/v1/stream", server.streamUrl), protocols);
        sockets.push(this);
      }
    }
    new Function("WebSocket", "console", script ?? "")(Socket, {
      log: (message: { type: string }) => heard.push(message),
    });
    await expect
      .poll(() => heard.map(({ type }) => type))
      .toEqual(expect.arrayContaining(["welcome", "heartbeat", "alerts"]));
    expect(heard.some(({ type }) => type === "problem")).toBe(false);
    for (const socket of sockets) socket.close();
  });
});
