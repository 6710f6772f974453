import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { seededRandom } from "../../bench/support/random.ts";
import { connectProducer } from "../../src/client/producer.ts";
import type { WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { unaccounted } from "../deliver/world.ts";
import { conservationFaults } from "../support/golden.ts";
import { startTestServer } from "../support/server.ts";
import { type Loss, TcpProxy } from "../support/tcp-proxy.ts";
import { HazardSource, Witness } from "./witness.ts";

/** `npm run test:fault` asks for more of both. */
const MISHAPS = Number(process.env["FAULT_MISHAPS"] ?? 40);
const SUBSCRIBERS = Math.min(50, Number(process.env["FAULT_SUBSCRIBERS"] ?? 12));
const SEED = Number(process.env["FAULT_SEED"] ?? 1);
const PRODUCERS = 6;

const LOSSES: readonly Loss[] = ["end", "reset", "vanish"];
const ITEMS_PER_FRAME = 6;

const proxies: TcpProxy[] = [];
afterEach(() => Promise.all(proxies.splice(0).map((proxy) => proxy.close())));

async function proxyTo(url: string): Promise<TcpProxy> {
  const proxy = await TcpProxy.open(url);
  proxies.push(proxy);
  return proxy;
}

/** What producers believe to have sent, and what the server said of it. */
interface Ledger {
  sent: number;
  answered: number;
}

/** Good, repeated and impossible items, as fast as the network takes them. */
async function send(url: string, seed: number, ledger: Ledger, signal: AbortSignal): Promise<void> {
  const hazards = new HazardSource(seed);
  const random = seededRandom(seed);
  while (!signal.aborted) {
    const producer = await connectProducer(
      url,
      { sourceId: `gateway-${seed}`, kind: "gateway", receipts: true },
      {
        onReceipt({ accepted, duplicate, rejected }) {
          ledger.answered += accepted + duplicate + rejected.reduce((sum, { count }) => sum + count, 0);
        },
        highWaterBytes: 20_000,
        welcomeTimeoutMs: 1_000,
      },
    ).catch(() => undefined);
    if (producer === undefined) await sleep(20);
    while (producer?.isOpen === true && !signal.aborted) {
      // A frame with a hazard is never shed, the others are.
      const items =
        random() < 0.2
          ? [hazards.next()]
          : Array.from({ length: ITEMS_PER_FRAME }, (_, at) => item(at, seed, random));
      producer.send({ base_time_unix_ms: Date.now(), items });
      ledger.sent += items.length;
      await Promise.race([producer.ready(), producer.closed]);
      await sleep(5);
    }
    void producer?.close();
  }
}

function item(at: number, seed: number, random: () => number): WireIngestItem {
  // One is on no earth, one moves, and the same comes several times.
  const moved = at === 2 ? Math.floor(random() * 100_000) : 0;
  const latitude = at === 1 ? 1_900_000_000 : 514_300_000 + moved;
  return {
    station_id: seed * 1_000 + Math.min(at, 3),
    awareness: { latitude_e7: latitude, longitude_e7: 67_600_000, speed_cmps: 100, heading_ddeg: 900 },
  };
}

/** Something happens to the network or to one of its connections. */
function mishap(proxy: TcpProxy, random: () => number): void {
  const link = proxy.pick(random());
  const what = random();
  if (what < 0.45) link?.lose(LOSSES[Math.floor(random() * LOSSES.length)] ?? "end");
  else if (what < 0.6) {
    link?.stall();
    setTimeout(() => link?.flow(), 300);
  } else if (what < 0.75) proxy.weather.pieceBytes = 1 + Math.floor(random() * 40);
  else if (what < 0.85) proxy.weather.delayMs = Math.floor(random() * 8);
  else proxy.clear();
}

describe.each(["streamUrl", "fastLaneUrl"] as const)("over a bad network, on %s", (lane) => {
  it(`every item and every delivery is in one counter, and who comes back hears each transition once: ${MISHAPS} mishaps, seed ${SEED}`, {
    timeout: 60_000 + MISHAPS * 1_000,
  }, async () => {
    const server = await startTestServer({
      "listen.fastLaneEngine": "uws",
      "limits.maxItemsPerSecondPerSource": 20,
      "limits.burstItemsPerSource": 40,
    });
    const url = server[lane] ?? "";
    const [ups, downs] = [await proxyTo(url), await proxyTo(url)];
    const addressOf = (proxy: TcpProxy): string => proxy.through(url).replace("/v1/stream", "");
    const random = seededRandom(SEED);
    const stop = new AbortController();
    const ledger: Ledger = { sent: 0, answered: 0 };
    const witnesses = Array.from(
      { length: SUBSCRIBERS },
      (_, at) => new Witness(addressOf(downs), SEED + at, false),
    );
    await expect.poll(() => downs.links.size).toBe(SUBSCRIBERS);
    const sending = Array.from({ length: PRODUCERS }, (_, at) =>
      send(addressOf(ups), SEED + at, ledger, stop.signal),
    );
    for (let count = 0; count < MISHAPS; count++) {
      await sleep(random() * 150);
      mishap(random() < 0.5 ? ups : downs, random);
    }
    for (const proxy of proxies) proxy.clear();
    stop.abort();
    await Promise.all(sending);
    for (const link of ups.links) link.destroy();
    await expect.poll(() => server.pipeline.sessions.size, { timeout: 20_000 }).toBe(0);
    const newest = () => server.hub.cursor.sequence;
    await expect
      .poll(() => witnesses.every(({ reached }) => reached === newest()), { timeout: 60_000 })
      .toBe(true);

    const sources = [...server.pipeline.counters.sources.values()];
    const received = sources.reduce((sum, source) => sum + source.received, 0);
    expect(conservationFaults(server.pipeline.counters)).toEqual([]);
    expect(received).toBeLessThanOrEqual(ledger.sent);
    expect(ledger.answered).toBeLessThanOrEqual(received);
    for (const kind of ["accepted", "duplicate", "invalid", "shed"] as const)
      expect(
        sources.reduce((sum, source) => sum + countOf(source[kind]), 0),
        kind,
      ).toBeGreaterThan(0);
    expect(unaccounted(server.hub)).toEqual({ alerts: 0, positions: 0 });
    expect(witnesses.flatMap(({ faults }) => faults)).toEqual([]);
    expect(witnesses.reduce((sum, { gaps }) => sum + gaps, 0)).toBe(0);
    expect(witnesses.some(({ reconnects }) => reconnects > 0)).toBe(true);
    for (const { stream } of witnesses) stream.close();
  });
});

function countOf(count: number | { readonly total: number } | ReadonlyMap<string, number>): number {
  if (typeof count === "number") return count;
  return "total" in count ? count.total : [...count.values()].reduce((sum, one) => sum + one, 0);
}
