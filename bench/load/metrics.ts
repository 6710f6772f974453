import { get } from "node:http";

/** What the load benchmark reads off a server's `/metrics`. Counters count from the server's start. */
export interface ServerState {
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly invalid: number;
  readonly shed: number;
  readonly messages: number;
  readonly faults: number;
  readonly stations: number;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Since the last look, ms. */
  readonly loopDelayP50Ms: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
  /** Per message since the server's start, ms. */
  readonly decodeSumMs: number;
  readonly detectSumMs: number;
  /** When the answer came, on this process's monotonic clock, ms. */
  readonly readAtMs: number;
}

const MS_PER_S = 1_000;
const TIMEOUT_MS = 10_000;

export async function readServerState(httpUrl: string): Promise<ServerState> {
  const samples = parseMetrics(await fetchText(`${httpUrl}/metrics`));
  const sum = (name: string, labels = ""): number =>
    samples
      .filter((sample) => sample.name === `${name}` && sample.labels.includes(labels))
      .reduce((total, { value }) => total + value, 0);
  const items = (outcome: string): number => sum(`roadpulse_items_${outcome}_total`);
  const loopDelayMs = (quantile: string): number =>
    sum("roadpulse_event_loop_delay_seconds", `quantile="${quantile}"`) * MS_PER_S;
  const stageSumMs = (stage: string): number =>
    sum("roadpulse_stage_latency_seconds_sum", `stage="${stage}"`) * MS_PER_S;
  return {
    received: items("received"),
    accepted: items("accepted"),
    duplicate: items("duplicate"),
    invalid: items("invalid"),
    shed: items("shed"),
    messages: sum("roadpulse_messages_total"),
    faults: sum("roadpulse_faults_total"),
    stations: sum("roadpulse_stations_tracked"),
    cpuSeconds: sum("process_cpu_seconds_total"),
    residentBytes: sum("process_resident_memory_bytes"),
    heapBytes: sum("nodejs_heap_size_used_bytes"),
    loopDelayP50Ms: loopDelayMs("0.5"),
    loopDelayP99Ms: loopDelayMs("0.99"),
    loopDelayMaxMs: loopDelayMs("1"),
    decodeSumMs: stageSumMs("decode"),
    detectSumMs: stageSumMs("detect"),
    readAtMs: performance.now(),
  };
}

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

/** Samples of the Prometheus text format. */
export function parseMetrics(text: string): Sample[] {
  return text.split("\n").flatMap((line) => {
    const parts = /^([a-z_:][\w:]*)(\{[^}]*\})? (\S+)/i.exec(line);
    return parts === null ? [] : [{ name: parts[1] ?? "", labels: parts[2] ?? "", value: Number(parts[3]) }];
  });
}

/** @throws Error where the server does not answer with 200 in time */
export function fetchText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString());
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    request.on("timeout", () => request.destroy(new Error(`${url} does not answer`)));
    request.on("error", reject);
  });
}
