// Hours of mixed work on a real server: does anything grow? npm run soak -- --minutes 60
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { fetchText } from "../../../bench/load/metrics.ts";
import { ServerProcess } from "../../../bench/load/server-process.ts";
import { describeMachine, machineLine } from "../../../bench/support/machine.ts";
import { seededRandom } from "../../../bench/support/random.ts";
import { writeResult } from "../../../bench/support/result-file.ts";
import { readRoadMap } from "../../../src/geo/road/road-map.ts";
import { type Loss, TcpProxy } from "../../support/tcp-proxy.ts";
import { produce, Witness } from "../witness.ts";
import { type Sample, sample } from "./samples.ts";
import { mayBeFlat, type Slope, slopeOf } from "./slope.ts";
import { Gateway } from "./traffic.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    vehicles: { type: "string", default: "1500" },
    subscribers: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    // Between two hazards of a source: less brings the log to its bound, and the index with it, within the warm-up.
    "hazard-pause-ms": { type: "string", default: "250" },
    // Further configuration of the server, e.g. store.maxBytes=67108864.
    set: { type: "string", multiple: true, default: [] },
    json: { type: "string" },
    markdown: { type: "string" },
  },
});
const MINUTES = Number(values.minutes);
const SEED = Number(values.seed);

/** The server compiles, fills its rings and its heap finds its size; no part of any slope. */
const WARM_UP_SHARE = 0.25;
const SAMPLE_EVERY_MS = Math.min(60_000, (MINUTES * 60_000) / 40);
const GATEWAYS = 10;
const HAZARD_SOURCES = 2;

/** A notice is remembered until its validity ends, so that a late copy opens nothing again: that fills within the warm-up. */
const VALIDITY_S = 300;

/** A connection is lost this often, of anybody. */
const LOSS_EVERY_MS = 2_000;
const LOSSES: readonly Loss[] = ["end", "reset", "vanish"];

const MAP = "fixtures/maps/duisburg.geojson";

const gaugesOf = (text: string) => (name: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);

const folder = mkdtempSync(join(tmpdir(), "roadpulse-soak-"));
const server = await ServerProcess.start({
  core: undefined,
  probe: new URL("./probe.mjs", import.meta.url).pathname,
  settings: [
    `store.directory=${folder}`,
    `roads.map=${MAP}`,
    // Connections that vanished are noticed within the run's minutes.
    "limits.idleTimeoutMs=16000",
    ...values.set,
  ],
});
const proxies = await Promise.all([server.streamUrl, server.fastLaneUrl].map((url) => TcpProxy.open(url)));
const [slow, fast] = proxies.map((proxy, at) =>
  proxy.through([server.streamUrl, server.fastLaneUrl][at] ?? "").replace("/v1/stream", ""),
);
const stop = new AbortController();
const random = seededRandom(SEED);
let lastId = 100_000;
const roads = readRoadMap(JSON.parse(readFileSync(MAP, "utf8")), MAP);
const gateways = Array.from(
  { length: GATEWAYS },
  (_, at) =>
    new Gateway(
      (at % 2 === 0 ? slow : fast) ?? "",
      `gateway-${at}`,
      { vehicles: Math.round(Number(values.vehicles) / GATEWAYS), roads, random },
      stop.signal,
      () => ++lastId,
    ),
);
for (const gateway of gateways) gateway.run();
const producing = Array.from({ length: HAZARD_SOURCES }, (_, at) =>
  produce(fast ?? "", SEED + at, stop.signal, Number(values["hazard-pause-ms"]), VALIDITY_S),
);
const witnesses = Array.from(
  { length: Number(values.subscribers) },
  (_, at) => new Witness((at % 2 === 0 ? slow : fast) ?? "", SEED + at, false),
);
const losing = setInterval(() => {
  proxies[random() < 0.5 ? 0 : 1]
    ?.pick(random())
    ?.lose(LOSSES[Math.floor(random() * LOSSES.length)] ?? "end");
}, LOSS_EVERY_MS);

const machine = describeMachine();
const samples: Sample[] = [];
const endsAtMs = performance.now() + MINUTES * 60_000;
while (performance.now() < endsAtMs && server.end === undefined) {
  await sleep(SAMPLE_EVERY_MS);
  const gauges = gaugesOf(await fetchText(`${server.httpUrl}/metrics`));
  samples.push(await sample(server, gauges, folder));
  process.stderr.write(`${JSON.stringify(samples.at(-1))}\n`);
}
clearInterval(losing);
stop.abort();
await Promise.all(producing);
const text = await settled();
for (const { stream } of witnesses) stream.close();
const died = server.end;
await server.stop();
await Promise.all(proxies.map((proxy) => proxy.close()));
rmSync(folder, { recursive: true, force: true });
report(text);

/** Every subscriber has heard the last transition. */
async function settled(): Promise<string> {
  for (let left = 60; left > 0; left--) {
    const metrics = await fetchText(`${server.httpUrl}/metrics`);
    const newest = gaugesOf(metrics)("roadpulse_store_newest");
    if (witnesses.every(({ reached }) => reached === newest)) return metrics;
    await sleep(1_000);
  }
  return fetchText(`${server.httpUrl}/metrics`);
}

function report(metrics: string): void {
  const of = gaugesOf(metrics);
  const kept = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const times = kept.map(({ atMs }) => atMs);
  const slope = (read: (one: Sample) => number): Slope => slopeOf(times, kept.map(read));
  const MIB = 2 ** 20;
  const rows: readonly (readonly [string, (one: Sample) => number])[] = [
    ["resident, MiB", (one) => one.residentBytes / MIB],
    ["resident and no file's, MiB", (one) => one.anonymousBytes / MIB],
    ["resident and shared memory's, MiB", (one) => one.sharedBytes / MIB],
    ["resident pages of the history's index, MiB", (one) => one.indexBytes / MIB],
    ["of these not backed by its file, MiB", (one) => one.indexOwnBytes / MIB],
    ["file of the history's index, MiB", (one) => one.indexFileBytes / MIB],
    ["alert log, MiB", (one) => one.logBytes / MIB],
    ["resident pages of other files, MiB", (one) => one.programBytes / MIB],
    ["heap behind a full collection, MiB", (one) => one.heapBytes / MIB],
    ["resident, keeper of states, MiB", (one) => one.keeperBytes / MIB],
    ["open files", (one) => one.openFiles],
    ["handles", (one) => one.handles],
    ["timers", (one) => one.timers],
    ["event emitters", (one) => one.emitters],
    ["listeners of the process", (one) => one.processListeners],
    ["warnings of listeners that pile up", (one) => one.leakWarnings],
    ["stations", (one) => one.stations],
    ["live alerts", (one) => one.alerts],
  ];
  const table = rows.map(([name, read]) => {
    const { perHour, plusMinus } = slope(read);
    const all = kept.map(read);
    const cells = [Math.min(...all), Math.max(...all), perHour, plusMinus].map((value) => value.toFixed(2));
    return `| ${name} | ${cells.join(" | ")} | ${mayBeFlat({ perHour, plusMinus, points: 0 }) ? "yes" : "no"} |`;
  });
  const items = ["accepted", "duplicate", "invalid", "shed"].map((kind) =>
    of(`roadpulse_items_${kind}_total`),
  );
  const received = of("roadpulse_items_received_total");
  const balance = ["sent", "queued", "conflated", "dropped"].map((kind) =>
    of(kind === "queued" ? "roadpulse_deliveries_queued" : `roadpulse_deliveries_${kind}_total`),
  );
  const matched = of("roadpulse_deliveries_matched_total");
  const faults = witnesses.flatMap((witness) => witness.faults);
  const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
  const lines = [
    `# Soak: ${MINUTES} min, ${values.vehicles} vehicles, ${values.subscribers} subscribers`,
    "",
    `${machineLine(machine)}, commit ${machine.commit}, seed ${SEED}. The first ${100 * WARM_UP_SHARE} % count as warm-up.`,
    "",
    "| what | least | most | slope per hour | ± (95 %) | may be flat |",
    "| --- | ---: | ---: | ---: | ---: | --- |",
    ...table,
    "",
    `* server ended by itself: ${died ?? "no"}`,
    `* items: ${received} received = ${items.join(" + ")} (accepted, duplicate, invalid, shed): ${received === sum(items) ? "conserved" : "NOT conserved"}`,
    `* deliveries: ${matched} matched = ${balance.join(" + ")} (sent, queued, conflated, dropped): ${matched === sum(balance) ? "conserved" : "NOT conserved"}`,
    `* transitions ${of("roadpulse_store_newest")}; connections lost ${sum(proxies.map(({ lost }) => lost))}, subscribers came back ${sum(witnesses.map(({ reconnects }) => reconnects))} times, gateways connected ${sum(gateways.map(({ connects }) => connects))} times; names given ${lastId - 100_000}`,
    `* told twice or left out: ${faults.length} ${faults.slice(0, 3).join("; ")}; gaps ${sum(witnesses.map(({ gaps }) => gaps))}; faults ${of("roadpulse_faults_total")}`,
  ];
  writeResult(values.json, `${JSON.stringify({ machine, samples }, undefined, 1)}\n`);
  writeResult(values.markdown, `${lines.join("\n")}\n`);
  process.stdout.write(`${lines.join("\n")}\n`);
  const isFine =
    died === undefined && faults.length === 0 && received === sum(items) && matched === sum(balance);
  process.exitCode = isFine ? 0 : 1;
}
