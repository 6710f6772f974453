import { describe, expect, it } from "vitest";
import { ClientError, closedBy } from "../../src/client/client-error.ts";
import { openSocket, streamUrl } from "../../src/client/socket.ts";
import { closeCode, closeGuide } from "../../src/domain/close-code.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { refusingServer, scriptedServer, welcome } from "./scripted-server.ts";

async function failure(attempt: Promise<unknown>): Promise<ClientError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ClientError)) throw new Error(`no ClientError: ${String(error)}`);
  return error;
}

describe("an address", () => {
  it.each([
    ["ws://127.0.0.1:8080", "ws://127.0.0.1:8080/v1/stream"],
    ["http://localhost:8080/", "ws://localhost:8080/v1/stream"],
    ["https://roadpulse.example", "wss://roadpulse.example/v1/stream"],
    ["wss://proxy.example/traffic/v1/stream?token=x", "wss://proxy.example/traffic/v1/stream?token=x"],
  ])("%s leads to %s", (text, url) => {
    expect(streamUrl(text)).toBe(url);
  });

  it.each(["", "localhost:8080", "ftp://host", "//host"])("'%s' is refused in one sentence", (text) => {
    expect(() => streamUrl(text)).toThrow(`"${text}" is no address of a server; write ws://host:port`);
  });
});

describe("opening a stream", () => {
  it("offers the subprotocol and loses nothing that comes with the handshake", async () => {
    const server = await scriptedServer((socket) => socket.send(welcome()));
    for (let i = 0; i < 20; i++) {
      const socket = await openSocket(server.url, subprotocol.alerts);
      await new Promise<void>((resolve) => socket.once("message", () => resolve()));
      socket.terminate();
    }
    expect(new Set(server.paths)).toEqual(new Set(["/v1/stream"]));
    expect(new Set(server.protocols)).toEqual(new Set([subprotocol.alerts]));
  });

  it("tells why a server refuses, and whether trying again helps", async () => {
    const missing = await refusingServer(404, "streams are served at /v1/stream");
    const busy = await refusingServer(503, "the server is full");
    expect(await failure(openSocket(`${missing}/other`, subprotocol.alerts))).toMatchObject({
      message: `${missing}/other refused the stream with HTTP 404: streams are served at /v1/stream`,
      mayRetry: false,
    });
    expect(await failure(openSocket(busy, subprotocol.alerts))).toMatchObject({ mayRetry: true });
  });

  it("tells that nobody listens", async () => {
    const error = await failure(openSocket("ws://127.0.0.1:1", subprotocol.alerts));
    expect(error.message).toBe(
      "cannot reach ws://127.0.0.1:1/v1/stream: nothing listens there; is the server running?",
    );
    expect(error.mayRetry).toBe(true);
  });
});

describe("a close of the server", () => {
  it.each(Object.entries(closeCode))("%s is read as the protocol says", (name, code) => {
    const error = closedBy(code, "because");
    const guide = closeGuide[name as keyof typeof closeGuide];
    expect(error.retry).toBe(guide.retry);
    expect(error.message).toBe(
      `The server closed the stream with ${code} (because). ${guide.meaning} ${guide.advice}`,
    );
  });

  it("without a frame, or with a code of a newer server, is worth another attempt", () => {
    expect(closedBy(1006, "")).toMatchObject({
      message: "The server closed the stream with 1006.",
      mayRetry: true,
    });
    expect(closedBy(4999, "").mayRetry).toBe(true);
  });
});
