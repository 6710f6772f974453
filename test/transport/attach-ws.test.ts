import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Listener } from "../../src/transport/transport.ts";
import { attachWs, HTTP_SERVER_OPTIONS, type WsAttachment } from "../../src/transport/ws.ts";
import type { ContractClient, Refused } from "../contract/contract-client.ts";
import { Recorder } from "../contract/recorder.ts";
import { socketClients } from "../contract/socket-clients.ts";

const LIMITS = {
  maxMessageBytes: 4_096,
  maxBufferedBytes: 64 * 1024,
  idleTimeoutMs: 60_000,
  maxConnections: 10,
};

describe("attachWs", () => {
  let server: Server;
  let attachment: WsAttachment;
  let recorder: Recorder;

  beforeEach(async () => {
    recorder = new Recorder();
    server = createServer(HTTP_SERVER_OPTIONS, (_request, response) => response.end("http"));
    attachment = attachWs(server, LIMITS, recorder);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  function port(): number {
    return (server.address() as AddressInfo).port;
  }

  function get(): Promise<string> {
    return fetch(`http://127.0.0.1:${port()}/`).then((response) => response.text());
  }

  function connect(): Promise<ContractClient | Refused> {
    return socketClients.connect({ host: "127.0.0.1", port: port() } as Listener);
  }

  it("shares the port with the server's own requests", async () => {
    const client = (await connect()) as ContractClient;
    client.send(Uint8Array.of(1));
    expect([...(await recorder.nth("message")).bytes]).toEqual([1]);
    expect(await get()).toBe("http");
    expect(attachment.connectionCount()).toBe(1);
    await attachment.drain(1_000);
  });

  it("leaves HTTP open when its streams are drained, and answers handshakes with 503", async () => {
    const client = (await connect()) as ContractClient;
    await attachment.drain(1_000);
    expect((await client.closed).code).toBe(1001);
    expect(await get()).toBe("http");
    expect(await connect()).toMatchObject({ status: 503 });
    expect(recorder.all("refused")).toEqual([{ type: "refused", reason: "draining" }]);
  });
});
