import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { fetchText } from "../../bench/load/metrics.ts";
import { ServerProcess } from "../../bench/load/server-process.ts";
import { seededRandom } from "../../bench/support/random.ts";
import { temporaryFolder } from "../store/folders.ts";
import { buildBeforehand } from "../support/process.ts";
import { type Loss, TcpProxy } from "../support/tcp-proxy.ts";
import { type Sample, sample } from "./soak/samples.ts";
import { produce, Witness } from "./witness.ts";

/** Seconds of what `npm run soak` does for hours: connections come and are lost, and nothing may stay of them. */

buildBeforehand();

const SEED = 1;
const WARM_UP_MS = 2_000;
const WORK_MS = 6_000;
const SUBSCRIBERS = 12;
const LOSS_EVERY_MS = 50;
const LOSSES: readonly Loss[] = ["end", "reset"];
const PAUSE_MS = 150;

/** A hundred connections are lost while it works: one thing kept of each would be far beyond these. */
const MORE_HANDLES = 4;
const MORE_EMITTERS = 25;

/** Alerts kept for resuming, a few kB each, grow by some 500; compiled code grows a little. */
const MORE_HEAP_BYTES = 16 * 2 ** 20;

const open: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of open.reverse()) await close();
});

function gaugesOf(text: string): (name: string) => number {
  return (name) =>
    text
      .split("\n")
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

class ShortSoak {
  readonly server: ServerProcess;
  /** The server's store. */
  readonly #folder: string;
  readonly #proxies: readonly TcpProxy[];
  readonly #random = seededRandom(SEED);

  constructor(server: ServerProcess, folder: string, proxies: readonly TcpProxy[]) {
    this.server = server;
    this.#folder = folder;
    this.#proxies = proxies;
  }

  get lost(): number {
    return this.#proxies.reduce((sum, { lost }) => sum + lost, 0);
  }

  async gauges(): Promise<(name: string) => number> {
    return gaugesOf(await fetchText(`${this.server.httpUrl}/metrics`));
  }

  /** Works for a while, lets everybody hear everything, and sends them home. */
  async work(forMs: number): Promise<readonly Witness[]> {
    const urls = [this.server.streamUrl, this.server.fastLaneUrl].map(
      (url, at) => this.#proxies[at]?.through(url).replace("/v1/stream", "") ?? "",
    );
    const stop = new AbortController();
    const producing = urls.map((url, at) => produce(url, SEED + at, stop.signal, PAUSE_MS));
    const witnesses = Array.from(
      { length: SUBSCRIBERS },
      (_, at) => new Witness(urls[at % 2] ?? "", SEED + at, false),
    );
    const losing = setInterval(() => {
      const proxy = this.#proxies[this.#random() < 0.5 ? 0 : 1];
      proxy?.pick(this.#random())?.lose(LOSSES[this.#random() < 0.5 ? 0 : 1] ?? "end");
    }, LOSS_EVERY_MS);
    await sleep(forMs);
    clearInterval(losing);
    stop.abort();
    await Promise.all(producing);
    const newest = async () => (await this.gauges())("roadpulse_store_newest");
    await expect
      .poll(async () => (await newest()) - Math.min(...witnesses.map(({ reached }) => reached)), {
        timeout: 60_000,
      })
      .toBe(0);
    for (const { stream } of witnesses) stream.close();
    return witnesses;
  }

  /** What is held when all have gone. */
  async rest(): Promise<Sample> {
    const gone = async () => (await this.gauges())("roadpulse_sessions");
    await expect.poll(gone, { timeout: 60_000 }).toBe(0);
    return sample(this.server, await this.gauges(), this.#folder);
  }
}

describe("a server whose connections are lost all the time", () => {
  it("loses and repeats nothing and keeps nothing of them", { timeout: 180_000 }, async () => {
    const folder = temporaryFolder();
    const server = await ServerProcess.start({
      core: undefined,
      probe: new URL("./soak/probe.mjs", import.meta.url).pathname,
      settings: [`store.directory=${folder}`],
    });
    open.push(() => server.kill());
    const proxies = await Promise.all(
      [server.streamUrl, server.fastLaneUrl].map((url) => TcpProxy.open(url)),
    );
    open.push(() => Promise.all(proxies.map((proxy) => proxy.close())));
    const soak = new ShortSoak(server, folder, proxies);
    await soak.work(WARM_UP_MS);
    const before = await soak.rest();
    const lostBefore = soak.lost;
    const witnesses = await soak.work(WORK_MS);
    expect(soak.lost - lostBefore).toBeGreaterThan(40);
    expect(witnesses.flatMap(({ faults }) => faults)).toEqual([]);
    expect(witnesses.reduce((sum, { gaps }) => sum + gaps, 0)).toBe(0);

    const held = async () => {
      const after = await soak.rest();
      return {
        handles: after.handles - before.handles <= MORE_HANDLES,
        files: after.openFiles - before.openFiles <= MORE_HANDLES,
        timers: after.timers - before.timers <= MORE_HANDLES,
        emitters: after.emitters - before.emitters <= MORE_EMITTERS,
        heap: after.heapBytes - before.heapBytes <= MORE_HEAP_BYTES,
        listeners: after.processListeners === before.processListeners,
        warnings: after.leakWarnings,
      };
    };
    await expect.poll(held, { timeout: 30_000, interval: 500 }).toEqual({
      handles: true,
      files: true,
      timers: true,
      emitters: true,
      heap: true,
      listeners: true,
      warnings: 0,
    });
    const of = await soak.gauges();
    const sum = (names: readonly string[]): number => names.reduce((total, name) => total + of(name), 0);
    const parts = ["accepted", "duplicate", "invalid", "shed"].map((kind) => `roadpulse_items_${kind}_total`);
    expect(sum(parts)).toBe(of("roadpulse_items_received_total"));
    const ways = ["sent", "conflated", "dropped"].map((kind) => `roadpulse_deliveries_${kind}_total`);
    expect(sum([...ways, "roadpulse_deliveries_queued"])).toBe(of("roadpulse_deliveries_matched_total"));
    expect(of("roadpulse_faults_total")).toBe(0);
  });
});
