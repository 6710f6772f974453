import { describe, expect, it } from "vitest";
import { memoryTransport } from "../../src/transport/memory.ts";
import { MEMORY_SOCKET_BYTES, type MemoryClient } from "../../src/transport/memory-link.ts";
import type { Connection } from "../../src/transport/transport.ts";
import { PROTOCOL, Recorder } from "../contract/recorder.ts";

const LIMITS = { maxMessageBytes: 1_000, maxBufferedBytes: 1_000, idleTimeoutMs: 60_000, maxConnections: 10 };

async function connected(recorder: Recorder): Promise<{ client: MemoryClient; connection: Connection }> {
  const listener = await memoryTransport().listen({ host: "memory", port: 0 }, LIMITS, recorder);
  const result = listener.connect({ subprotocols: [PROTOCOL] });
  if (!result.accepted) throw new Error(result.reason);
  const { connection } = await recorder.nth("open");
  return { client: result.client, connection };
}

describe("in-memory engine", () => {
  it("has delivered when send returns, in both directions", async () => {
    const recorder = new Recorder();
    const { client, connection } = await connected(recorder);
    client.send(Uint8Array.of(1));
    expect(recorder.all("message").map(({ bytes }) => [...bytes])).toEqual([[1]]);
    connection.send(Uint8Array.of(2));
    expect(client.received.map((bytes) => [...bytes])).toEqual([[2]]);
  });

  it("overwrites inbound bytes after the call, so that keeping them shows", async () => {
    const kept: Uint8Array[] = [];
    const recorder = new Recorder();
    recorder.message = (_connection, bytes) => void kept.push(bytes);
    const { client } = await connected(recorder);
    const sent = Uint8Array.of(1, 2, 3);
    client.send(sent);
    expect([...(kept[0] ?? [])]).not.toEqual([1, 2, 3]);
    expect([...sent]).toEqual([1, 2, 3]);
  });

  it("takes a socket's worth before it buffers for a client that does not read", async () => {
    const { client, connection } = await connected(new Recorder());
    client.stopReading();
    const results = Array.from({ length: MEMORY_SOCKET_BYTES / 1_000 + 2 }, () =>
      connection.send(new Uint8Array(1_000)),
    );
    expect(results.filter((result) => result === "sent").length).toBe(
      Math.floor(MEMORY_SOCKET_BYTES / 1_000),
    );
    expect(results.at(-1)).toBe("dropped");
    expect(client.received).toEqual([]);
  });

  it("hands messages to a callback instead of keeping them", async () => {
    const seen: number[] = [];
    const recorder = new Recorder();
    const listener = await memoryTransport().listen({ host: "memory", port: 0 }, LIMITS, recorder);
    const result = listener.connect({
      subprotocols: [PROTOCOL],
      onMessage: (bytes) => void seen.push(bytes[0] ?? -1),
    });
    const { connection } = await recorder.nth("open");
    connection.send(Uint8Array.of(7));
    expect(seen).toEqual([]);
    await Promise.resolve();
    expect(seen).toEqual([7]);
    expect(result.accepted && result.client.received).toEqual([]);
  });
});
