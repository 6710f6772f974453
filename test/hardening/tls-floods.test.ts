import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { STREAM_PATH, subprotocol } from "../../src/domain/subprotocol.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { DevelopmentCertificates } from "../support/credentials.ts";
import { StreamClient } from "../support/stream-client.ts";

/** The same as without TLS, and its own: a handshake that never ends. Through all of them others are served. */

const LANES = ["streamUrl", "fastLaneUrl"] as const;
type Lane = (typeof LANES)[number];

/** Handshakes and headers are due within 10 s; both engines look every few seconds, and the machine may be slow. */
const PATIENCE_MS = 40_000;

/** The head of a TLS record that announces 512 bytes of a ClientHello (RFC 8446 §5.1). */
const BEGUN_HELLO = Buffer.from("16030102000100" + "01fc0303", "hex");

let server: RunningServer;
let ca: string;
beforeAll(async () => {
  const certificates = new DevelopmentCertificates(mkdtempSync(join(tmpdir(), "roadpulse-floods-")));
  ca = certificates.authority.certPem;
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.fastLaneEngine": "uws",
      "listen.drainTimeoutMs": 500,
      ...certificates.serverFlags,
    },
  });
  if (isConfigProblems(config)) throw new Error(JSON.stringify(config));
  server = await startServer(config, { logger: silentLogger });
});
afterAll(() => server.stop());

const portOf = (lane: Lane): number => Number(new URL(server[lane] ?? "").port);

async function isServed(lane: Lane): Promise<void> {
  const client = await StreamClient.open(server[lane] ?? "", subprotocol.alerts, { ca });
  await client.next("welcome");
  client.socket.terminate();
}

async function dial(lane: Lane): Promise<Socket> {
  const socket = connect(portOf(lane), "127.0.0.1");
  socket.on("error", () => undefined);
  await Promise.race([once(socket, "connect"), once(socket, "close")]);
  return socket;
}

/** A byte a second, until each has been cut. */
async function dripUntilCut(sockets: readonly Socket[]): Promise<void> {
  const drip = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write("a");
  }, 1_000);
  const open = () => sockets.filter((socket) => !socket.closed).length;
  await expect.poll(open, { timeout: PATIENCE_MS, interval: 250 }).toBe(0);
  clearInterval(drip);
}

/** Those that begin a handshake and drip what follows. */
async function slowHandshakes(lane: Lane, count: number): Promise<Socket[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => dial(lane)));
  for (const socket of sockets) {
    socket.resume();
    socket.write(BEGUN_HELLO);
  }
  return sockets;
}

/** Those that shake hands and drip their headers. */
function slowHeaders(lane: Lane, count: number): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connectTls({ port: portOf(lane), host: "127.0.0.1", ca });
      socket.on("error", () => undefined);
      await once(socket, "secureConnect");
      socket.resume();
      socket.write(`GET ${STREAM_PATH} HTTP/1.1\r\nHost: x\r\nX-Slow: `);
      return socket;
    }),
  );
}

describe("TLS on both engines", () => {
  it("cuts thousands that drip their handshakes or their headers, and serves others meanwhile", {
    timeout: 120_000,
  }, async () => {
    const sockets = await Promise.all(
      LANES.flatMap((lane) => [slowHandshakes(lane, 1_000), slowHeaders(lane, 200)]),
    );
    for (const lane of LANES) await isServed(lane);
    await dripUntilCut(sockets.flat());
    for (const lane of LANES) await isServed(lane);
  });

  it.each(LANES)(
    "survives a thousand handshakes that are cut in the middle (%s)",
    {
      timeout: 60_000,
    },
    async (lane) => {
      for (let round = 0; round < 10; round++) {
        const sockets = await Promise.all(
          Array.from({ length: 100 }, async (_, at) => {
            const socket = await dial(lane);
            // Every other one ends behind a few bytes, the rest go while the server's answer is on its way.
            if (at % 2 === 1) return socket.end(BEGUN_HELLO);
            const secure = connectTls({ socket, ca });
            secure.on("error", () => undefined);
            return socket;
          }),
        );
        for (const socket of sockets) socket.destroy();
      }
      await isServed(lane);
    },
  );
});
