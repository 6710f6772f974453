import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeCode } from "../../src/domain/close-code.ts";
import type {
  Connection,
  Listener,
  SendResult,
  ServerTransport,
  TransportLimits,
} from "../../src/transport/transport.ts";
import type {
  ConnectOptions,
  ContractClient,
  ContractClients,
  Refused,
  SilentPeer,
} from "./contract-client.ts";
import { PROTOCOL, Recorder } from "./recorder.ts";

export interface ContractEngine {
  readonly transport: ServerTransport;
  readonly clients: ContractClients;
  /** The shortest that the engine keeps to. */
  readonly idleTimeoutMs: number;
  /** What both sides see after an oversized message. */
  readonly oversizeCode: 1006 | 1009;
}

const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_BUFFERED_BYTES = 256 * 1024;
/** Many times what a kernel takes in one write. */
const LARGE_BUFFER_BYTES = 16 * 1024 * 1024;
/** Above 16 KiB, where µWS writes without its cork buffer. */
const FRAME_BYTES = 20_000;
/** More than any kernel keeps for a reader on loopback that does not read. */
const MAX_FILL_BYTES = 128 * 1024 * 1024;
/** Frame headers and µWS's cork buffer may come on top of the bound. */
const BOUND_TOLERANCE_BYTES = 17 * 1024;
const DRAIN_DEADLINE_MS = 400;

/** What every engine must do, whatever carries its bytes. */
export function describeTransport(name: string, engine: ContractEngine): void {
  describe(`transport contract: ${name}`, () => {
    let recorder: Recorder;
    let listener: Listener;
    let clients: (ContractClient | SilentPeer)[];

    async function listen(limits: Partial<TransportLimits> = {}): Promise<void> {
      listener = await engine.transport.listen(
        { host: "127.0.0.1", port: 0 },
        {
          maxMessageBytes: MAX_MESSAGE_BYTES,
          maxBufferedBytes: MAX_BUFFERED_BYTES,
          idleTimeoutMs: 60_000,
          maxConnections: 100,
          ...limits,
        },
        recorder,
      );
    }

    async function connect(options?: ConnectOptions): Promise<ContractClient> {
      const client = await engine.clients.connect(listener, options);
      if (!("inbox" in client)) throw new Error(`refused with ${client.status}: ${client.body}`);
      clients.push(client);
      return client;
    }

    async function refusal(options?: ConnectOptions): Promise<Refused> {
      const client = await engine.clients.connect(listener, options);
      if ("inbox" in client) throw new Error("accepted");
      return client;
    }

    /** A client and the server's end of the same connection. */
    async function pair(): Promise<{ client: ContractClient; connection: Connection }> {
      const index = recorder.all("open").length;
      const client = await connect();
      const { connection } = await recorder.nth("open", index);
      return { client, connection };
    }

    async function slowPair(): Promise<{ client: ContractClient; connection: Connection }> {
      const ends = await pair();
      ends.client.stopReading();
      return ends;
    }

    beforeEach(() => {
      recorder = new Recorder();
      clients = [];
    });

    afterEach(async () => {
      for (const client of clients) client.terminate();
      await listener.drain(0);
      expect(listener.connectionCount()).toBe(0);
      expect(closedPerConnection(recorder)).toEqual(recorder.all("open").map(() => 1));
    });

    describe("handshake", () => {
      beforeEach(() => listen());

      it("goes on with the chosen subprotocol and hands over the request", async () => {
        const client = await connect({
          path: "/stream/a%20b?lane=fast&x=%2F",
          subprotocols: ["v9.unknown", PROTOCOL],
          headers: { "X-Station-Kind": "rsu" },
        });
        const { connection } = await recorder.nth("open");
        expect(client.subprotocol).toBe(PROTOCOL);
        expect(connection.subprotocol).toBe(PROTOCOL);
        expect(connection.remoteAddress).toBe("127.0.0.1");
        expect(connection.request).toMatchObject({
          path: "/stream/a%20b",
          query: "lane=fast&x=%2F",
          subprotocols: ["v9.unknown", PROTOCOL],
          remoteAddress: "127.0.0.1",
        });
        expect(connection.request.headers.get("x-station-kind")).toBe("rsu");
      });

      it("reports an absent query and absent subprotocols as empty", async () => {
        recorder.decide = () => ({ accept: false, status: 400, reason: "subprotocol missing" });
        await refusal({ subprotocols: [] });
        expect(recorder.requests[0]).toMatchObject({ path: "/", query: "", subprotocols: [] });
      });

      it.each([400, 401, 403, 404, 426, 429, 503] as const)(
        "refuses with status %i and a text",
        async (status) => {
          recorder.decide = () => ({ accept: false, status, reason: `refused: ${status}` });
          expect(await refusal()).toEqual({ status, body: `refused: ${status}` });
          expect(recorder.events).toEqual([]);
          expect(listener.connectionCount()).toBe(0);
        },
      );

      it("gives every connection its own id", async () => {
        const ends = [await pair(), await pair(), await pair()];
        expect(new Set(ends.map(({ connection }) => connection.id)).size).toBe(3);
        expect(listener.connectionCount()).toBe(3);
      });
    });

    it("refuses connections beyond the limit with 503 until one leaves", async () => {
      await listen({ maxConnections: 2 });
      const first = await pair();
      await pair();
      expect((await refusal()).status).toBe(503);
      expect(recorder.all("refused")).toEqual([{ type: "refused", reason: "full" }]);
      expect(recorder.requests.length).toBe(2);
      first.client.close(closeCode.normal);
      await recorder.nth("closed");
      await pair();
      expect(listener.connectionCount()).toBe(2);
    });

    describe("messages", () => {
      beforeEach(() => listen());

      it("echoes binary messages of every header size, in order and whole", async () => {
        recorder.react = (event) => {
          if (event.type === "message") event.connection.send(event.bytes);
        };
        const { client } = await pair();
        const sent = [0, 1, 125, 126, 65_535, MAX_MESSAGE_BYTES].map((bytes, index) => frame(index, bytes));
        for (const bytes of sent) client.send(bytes);
        const echoed = await client.inbox.atLeast(sent.length);
        expect(echoed.map(plain)).toEqual(sent.map(plain));
      });

      it("keeps the order of messages sent in one turn, whatever their sizes", async () => {
        const { client, connection } = await pair();
        const sizes = [10, 9_000, 9_000, 3, 20_000, 1, 16_384, 0, 9_000, 100];
        const sent = sizes.map((bytes, index) => frame(index, bytes));
        expect(sent.map((bytes) => connection.send(bytes))).not.toContain("dropped");
        const received = await client.inbox.atLeast(sent.length);
        expect(received.map(plain)).toEqual(sent.map(plain));
        expect(connection.bufferedBytes()).toBe(0);
      });

      it("sends the part of a buffer that a view shows", async () => {
        const { client, connection } = await pair();
        expect(connection.send(new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4))).toBe("sent");
        expect(plain((await client.inbox.atLeast(1))[0])).toEqual([1, 2, 3]);
        expect(connection.bufferedBytes()).toBe(0);
      });

      it("refuses text with 1003", async () => {
        const { client, connection } = await pair();
        client.send(frame(0, 10));
        client.sendText("hello");
        const { code, reason } = await client.closed;
        expect(code).toBe(closeCode.unsupportedData);
        expect(reason).toMatch(/binary/);
        expect(await recorder.nth("closed")).toMatchObject({ connection, code, reason });
        expect(recorder.typesOf(connection)).toEqual(["open", "message", "text", "closed"]);
      });

      it("closes on a message above the limit and leaves others alone", async () => {
        const other = await pair();
        const { client, connection } = await pair();
        client.send(frame(0, MAX_MESSAGE_BYTES + 1));
        expect((await client.closed).code).toBe(engine.oversizeCode);
        expect(await recorder.nth("closed")).toMatchObject({ connection, code: engine.oversizeCode });
        expect(recorder.typesOf(connection)).toEqual(["open", "closed"]);
        other.client.send(frame(1, 10));
        expect(await recorder.nth("message")).toMatchObject({ connection: other.connection });
      });
    });

    describe("slow readers", () => {
      beforeEach(() => listen());

      // Below, at and above the sizes at which engines change how they write.
      it.each([2_000, FRAME_BYTES, 70_000])(
        "buffers %i-byte messages up to the bound, drops beyond it, and drains once read",
        async (frameBytes) => {
          const { client, connection } = await slowPair();
          const results = fill(connection, frameBytes);
          expect(results[0]).toBe("sent");
          // In between the kernel may find more room: the results alternate then.
          expect(collapse(results).slice(-2)).toEqual(["buffered", "dropped"]);
          const buffered = connection.bufferedBytes();
          expect(buffered).toBeGreaterThan(MAX_BUFFERED_BYTES - frameBytes - BOUND_TOLERANCE_BYTES);
          expect(buffered).toBeLessThanOrEqual(MAX_BUFFERED_BYTES + BOUND_TOLERANCE_BYTES);
          client.resumeReading();
          expect((await recorder.nth("drained")).connection).toBe(connection);
          expect(connection.bufferedBytes()).toBe(0);
          expect(connection.send(frame(results.length - 1, frameBytes))).toBe("sent");
          const received = await client.inbox.atLeast(results.length);
          expect(received.length).toBe(results.length);
          expect(received.every((bytes, index) => Buffer.from(bytes).equals(frame(index, frameBytes)))).toBe(
            true,
          );
          expect(recorder.typesOf(connection)).toEqual(["open", "drained"]);
        },
      );

      it("drains again after it filled again", async () => {
        const { client, connection } = await slowPair();
        for (const round of [0, 1]) {
          client.stopReading();
          fill(connection);
          client.resumeReading();
          await recorder.nth("drained", round);
        }
        expect(recorder.typesOf(connection)).toEqual(["open", "drained", "drained"]);
      });

      it("tells each of two slow connections about its own buffer", async () => {
        const first = await slowPair();
        const second = await slowPair();
        fill(first.connection);
        fill(second.connection);
        second.client.resumeReading();
        expect((await recorder.nth("drained", 0)).connection).toBe(second.connection);
        expect(first.connection.bufferedBytes()).toBeGreaterThan(0);
        expect(first.connection.send(frame(0, MAX_BUFFERED_BYTES))).toBe("dropped");
        first.client.resumeReading();
        expect((await recorder.nth("drained", 1)).connection).toBe(first.connection);
        expect(recorder.all("drained").length).toBe(2);
      });

      it("always drops a message larger than the bound", async () => {
        const { client, connection } = await pair();
        expect(connection.send(frame(0, MAX_BUFFERED_BYTES + 1))).toBe("dropped");
        expect(connection.bufferedBytes()).toBe(0);
        expect(connection.send(frame(1, 10))).toBe("sent");
        expect(plain((await client.inbox.atLeast(1))[0])).toEqual(plain(frame(1, 10)));
      });

      it("delivers what was buffered before the close frame", async () => {
        const { client, connection } = await slowPair();
        const accepted = fill(connection).length - 1;
        connection.close(closeCode.slowConsumer, "outbox full");
        expect(connection.send(frame(0, 10))).toBe("dropped");
        client.resumeReading();
        expect(await client.closed).toEqual({ code: closeCode.slowConsumer, reason: "outbox full" });
        expect(client.inbox.messages.length).toBe(accepted);
        expect(await recorder.nth("closed")).toMatchObject({ code: closeCode.slowConsumer });
        expect(recorder.all("drained")).toEqual([]);
        expect(connection.bufferedBytes()).toBe(0);
      });
    });

    it("calls a large buffer drained only once all of it is gone", async () => {
      await listen({ maxBufferedBytes: LARGE_BUFFER_BYTES });
      const buffered: number[] = [];
      recorder.react = (event) => {
        if (event.type === "drained") buffered.push(event.connection.bufferedBytes());
      };
      const { client, connection } = await slowPair();
      fill(connection);
      client.resumeReading();
      await recorder.nth("drained");
      expect(buffered).toEqual([0]);
    });

    describe("closing", () => {
      beforeEach(() => listen());

      it("cuts the reason to 123 bytes of whole characters", async () => {
        const { client, connection } = await pair();
        connection.close(closeCode.badHello, "ü".repeat(200));
        const close = { code: closeCode.badHello, reason: "ü".repeat(61) };
        expect(await client.closed).toEqual(close);
        expect(await recorder.nth("closed")).toMatchObject(close);
      });

      it("keeps the first of several closes and never calls back from within", async () => {
        const { client, connection } = await pair();
        connection.close(closeCode.forbidden, "first");
        connection.close(closeCode.badHello, "second");
        expect(recorder.all("closed")).toEqual([]);
        expect(connection.send(frame(0, 10))).toBe("dropped");
        expect(await client.closed).toEqual({ code: closeCode.forbidden, reason: "first" });
        expect(await recorder.nth("closed")).toMatchObject({ connection, code: closeCode.forbidden });
      });

      it("passes on no message after its own close", async () => {
        recorder.react = (event) => {
          if (event.type === "message") event.connection.close(closeCode.rateLimited, "enough");
        };
        const { client } = await pair();
        for (const index of [0, 1, 2]) client.send(frame(index, 10));
        await client.closed;
        expect(recorder.all("message").length).toBe(1);
      });

      it("reports the client's code and reason", async () => {
        const { client, connection } = await pair();
        client.close(4321, "client's choice");
        expect(await recorder.nth("closed")).toMatchObject({
          connection,
          code: 4321,
          reason: "client's choice",
        });
        expect(connection.send(frame(0, 10))).toBe("dropped");
      });

      it("reports 1005 for a close frame without a code", async () => {
        const { client } = await pair();
        client.close();
        expect(await recorder.nth("closed")).toMatchObject({ code: 1005, reason: "" });
      });

      it("reports 1006 when the client vanishes without a close frame", async () => {
        const { client } = await pair();
        client.terminate();
        expect(await recorder.nth("closed")).toMatchObject({ code: 1006 });
      });

      it("cuts a connection that it terminates", async () => {
        const { client, connection } = await pair();
        connection.terminate();
        expect(recorder.all("closed")).toEqual([]);
        expect((await client.closed).code).toBe(1006);
        expect(await recorder.nth("closed")).toMatchObject({ connection, code: 1006 });
        connection.terminate();
        connection.close(closeCode.normal, "");
      });
    });

    it("cuts a half-open peer and keeps one that answers pings", async () => {
      await listen({ idleTimeoutMs: engine.idleTimeoutMs });
      const alive = await pair();
      const silent = await engine.clients.connectSilent(listener);
      clients.push(silent);
      const { connection } = await recorder.nth("open", 1);
      await silent.ended;
      expect(await recorder.nth("closed")).toMatchObject({ connection, code: 1006 });
      alive.client.send(frame(0, 10));
      expect(await recorder.nth("message")).toMatchObject({ connection: alive.connection });
    });

    describe("drain", () => {
      beforeEach(() => listen());

      it("closes everyone with 1001 and accepts nobody new", async () => {
        const ends = [await pair(), await pair()];
        await listener.drain(DRAIN_DEADLINE_MS);
        expect(listener.connectionCount()).toBe(0);
        for (const { client } of ends) expect((await client.closed).code).toBe(closeCode.goingAway);
        expect(recorder.all("closed").map(({ code }) => code)).toEqual([1001, 1001]);
        await expect(connect()).rejects.toThrow();
      });

      it("ends in time with a peer that answers nothing and one that reads nothing", async () => {
        const silent = await engine.clients.connectSilent(listener);
        clients.push(silent);
        const slow = await slowPair();
        fill(slow.connection);
        await listener.drain(DRAIN_DEADLINE_MS);
        expect(listener.connectionCount()).toBe(0);
        await silent.ended;
        expect(recorder.all("closed").length).toBe(2);
      });

      it("may be asked for twice, and with nobody there", async () => {
        await Promise.all([listener.drain(DRAIN_DEADLINE_MS), listener.drain(DRAIN_DEADLINE_MS)]);
        await listener.drain(DRAIN_DEADLINE_MS);
      });
    });
  });
}

/** Bytes that tell their place, so that a loss or a swap shows. */
function frame(index: number, bytes = FRAME_BYTES): Uint8Array {
  const made = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i += 1) made[i] = index * 31 + i * 7 + (i >> 8);
  return made;
}

/** Sends numbered frames until one is dropped; returns the result of each. */
function fill(connection: Connection, frameBytes = FRAME_BYTES): SendResult[] {
  const results: SendResult[] = [];
  while (results.at(-1) !== "dropped") {
    if (results.length * frameBytes > MAX_FILL_BYTES) throw new Error("the connection never filled");
    results.push(connection.send(frame(results.length, frameBytes)));
  }
  return results;
}

function collapse(results: readonly SendResult[]): SendResult[] {
  return results.filter((result, index) => result !== results[index - 1]);
}

function plain(bytes: Uint8Array | undefined): number[] {
  return [...(bytes ?? [])];
}

function closedPerConnection(recorder: Recorder): number[] {
  const closed = recorder.all("closed");
  return recorder
    .all("open")
    .map(({ connection }) => closed.filter((event) => event.connection === connection).length);
}
