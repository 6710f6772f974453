import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { freePort } from "../../bench/support/free-port.ts";
import { seededRandom } from "../../bench/support/random.ts";
import { temporaryFolder } from "../store/folders.ts";
import { buildBeforehand } from "../support/process.ts";
import { Receiver, SECRET } from "../webhook/receiver.ts";
import { FallibleServer } from "./alert-world.ts";
import { auditLog, produce } from "./witness.ts";

buildBeforehand();

/** `npm run test:fault` asks for 50 kills. */
const KILLS = Number(process.env["FAULT_KILLS"] ?? 3);
const SEED = Number(process.env["FAULT_SEED"] ?? 1);
const LONGEST_LIFE_MS = 1_000;

describe("a server with webhooks that is killed under load", () => {
  it(`posts every transition, in order, and again only under the same id: ${KILLS} kills, seed ${SEED}`, {
    timeout: 60_000 + KILLS * 15_000,
  }, async () => {
    const random = seededRandom(SEED);
    const receivers = [await Receiver.start(), await Receiver.start()];
    // One that fails now and then, also after it has taken the message; one that is well and takes several at once.
    const [moody, calm] = receivers as [Receiver, Receiver];
    moody.answer = () => {
      const lot = random();
      return lot < 0.05 ? 503 : lot < 0.1 ? (response) => response.destroy() : 204;
    };
    const folder = temporaryFolder();
    const file = join(folder, "webhooks.json");
    writeFileSync(join(folder, "secret"), SECRET);
    const common = { secrets: [{ file: "secret" }], begin: "now" };
    const endpoints = [
      { ...common, name: "moody", url: moody.url, maxBatch: 10 },
      { ...common, name: "calm", url: calm.url, order: "per-alert", maxConcurrent: 8 },
    ];
    writeFileSync(file, JSON.stringify({ endpoints }));
    const server = new FallibleServer(await freePort(), folder, "--set", `webhooks.file=${file}`);
    await server.start();
    const stop = new AbortController();
    const producing = [1, 2].map((index) => produce(server.url, SEED + index, stop.signal));
    for (let kill = 0; kill < KILLS; kill++) {
      const before = receivers.map(({ messages }) => messages.length);
      const each = (i: number) => receivers[i]?.messages.length;
      for (const i of [0, 1])
        await expect.poll(() => each(i), { timeout: 20_000 }).toBeGreaterThan((before[i] ?? 0) + 20);
      await sleep(random() * LONGEST_LIFE_MS);
      await server.kill();
      await server.start();
    }
    stop.abort();
    await Promise.all(producing);
    const newest = await server.metric("roadpulse_store_newest");
    for (const receiver of receivers) {
      const reached = () => new Set(receiver.messages.map(({ sequence }) => sequence)).size;
      await expect.poll(reached, { timeout: 60_000 }).toBe(newest);
    }
    await server.process.stop("SIGTERM");

    expect(auditLog(join(folder, "alerts")).lines).toHaveLength(newest);
    for (const { arrivals, messages } of receivers) {
      expect(arrivals.map(({ problem }) => problem).filter((problem) => problem !== undefined)).toEqual([]);
      expect(arrivals.filter(({ body }) => body.type === "alert.snapshot")).toEqual([]);
      const first = new Map(messages.toReversed().map((message) => [message.sequence, message]));
      for (const message of messages) {
        expect(message.id).toBe(first.get(message.sequence)?.id);
        expect(message.alert).toEqual(first.get(message.sequence)?.alert);
      }
      expect(new Set(messages.map(({ id }) => id)).size).toBe(newest);
    }
    expect(disorder(moody.messages)).toEqual([]);
    const alertIds = new Set(calm.messages.map(({ alert }) => alert.alertId));
    for (const alertId of alertIds)
      expect(disorder(calm.messages.filter(({ alert }) => alert.alertId === alertId))).toEqual([]);
  });
});

/** First arrivals that came behind a later one. */
function disorder(messages: readonly { readonly sequence: number }[]): string[] {
  const found: string[] = [];
  const seen = new Set<number>();
  let greatest = 0;
  for (const { sequence } of messages) {
    if (!seen.has(sequence) && sequence < greatest) found.push(`${sequence} after ${greatest}`);
    seen.add(sequence);
    greatest = Math.max(greatest, sequence);
  }
  return found;
}
