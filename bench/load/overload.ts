// Overload: more than the server can take for a while, with hazard notices sent beside it all the time. With and without
// shedding, in turn. Told per phase: what was taken, what was shed, how late the notices were, memory, and how long it takes
// until notices are as fast as before.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { connectProducer } from "../../src/client/producer.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { writeResult } from "../support/result-file.ts";
import { quantile } from "../support/statistics.ts";
import { markdownTable } from "../support/table.ts";
import { GeneratorProcess } from "./generator-process.ts";
import type { ServerState } from "./metrics.ts";
import { canPin } from "./pinning.ts";
import { ServerProcess } from "./server-process.ts";

const HELP = `npm run bench:load -- --overload [options]
  --rate <n>      reports per second in the overload, 50 per message (600000)
  --calm <n>      reports per second before and after (100000)
  --seconds <n>   length of the overload (60)
  --sockets <n>   producer sockets (200)
  --only <way>    shedding or holding-back; both in turn where absent
  --profile <dir> writes a CPU profile of the server there
  --json <file>, --markdown <file>
`;

const { values } = parseArgs({
  options: {
    overload: { type: "boolean" },
    only: { type: "string" },
    rate: { type: "string", default: "600000" },
    calm: { type: "string", default: "100000" },
    seconds: { type: "string", default: "60" },
    sockets: { type: "string", default: "200" },
    profile: { type: "string" },
    json: { type: "string" },
    markdown: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const CALM_S = 10;
const NOTICES_PER_S = 20;
const REPORTS_PER_MESSAGE = 50;
const CAM_HZ = 10;
const SEED = 1;

/** Notices count as fast again when a second of them is within this. */
const FAST_MS = 50;

/** A notice without a receipt after so long will get none. */
const LAST_WAITS = 100;
const LAST_WAIT_MS = 100;

interface Second {
  readonly receivedPerSecond: number;
  readonly shedPerSecond: number;
  readonly residentBytes: number;
  /** From the intended sending to the receipt, ms. */
  readonly noticeMs: readonly number[];
}

interface Phase {
  readonly name: string;
  readonly seconds: readonly Second[];
  /** Notices on their way when the phase ended; what never gets an answer is told at the end of the run. */
  readonly unanswered: number;
}

/** Hazard notices at a steady pace on a socket of their own; each asks for a receipt. */
class Notices {
  readonly #sentAt = new Map<number, number>();
  #delays: number[] = [];
  #next = 1;
  #timer: NodeJS.Timeout | undefined;

  async start(url: string): Promise<void> {
    const producer = await connectProducer(
      url,
      { sourceId: "hazards", kind: "rsu" },
      { onReceipt: ({ frameSeq }) => this.#answered(frameSeq) },
    );
    this.#timer = setInterval(() => {
      const sequence = this.#next++;
      this.#sentAt.set(sequence, performance.now());
      producer.send({
        frame_seq: sequence,
        base_time_unix_ms: Date.now(),
        want_receipt: true,
        items: [notice(sequence)],
      });
    }, 1_000 / NOTICES_PER_S);
  }

  /** Delays since the last look, ms. */
  take(): number[] {
    const delays = this.#delays;
    this.#delays = [];
    return delays;
  }

  get unanswered(): number {
    return this.#sentAt.size;
  }

  /** All that were sent. */
  get sent(): number {
    return this.#next - 1;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  /** Sends no more and waits for what is on its way; answers how many notices never got their receipt. */
  async stop(): Promise<number> {
    this.end();
    for (let waits = 0; this.unanswered > 0 && waits < LAST_WAITS; waits++) await sleep(LAST_WAIT_MS);
    return this.unanswered;
  }

  #answered(sequence: number): void {
    const sentAt = this.#sentAt.get(sequence);
    if (sentAt === undefined) return;
    this.#sentAt.delete(sequence);
    this.#delays.push(performance.now() - sentAt);
  }
}

function notice(sequence: number) {
  return {
    station_id: 4_000_000_000,
    hazard: {
      event: { originating_station_id: 4_000_000_000, sequence_number: sequence % 65_536 },
      position: { latitude_e7: 480_000_000 + sequence * 5_000, longitude_e7: 30_000_000 },
      cause_code: 94,
      information_quality: 3,
      validity_s: 5,
    },
  };
}

async function measure(sheds: boolean): Promise<Phase[]> {
  const pinned = canPin();
  const settings = [
    "track.maxStations=2000000",
    "limits.maxItemsPerSecondPerSource=1000000",
    "limits.burstItemsPerSource=1000000",
  ];
  const server = await ServerProcess.start({
    core: pinned ? 0 : undefined,
    ...(values.profile === undefined ? {} : { profileDirectory: values.profile }),
    settings: [...settings, `limits.shedWhenOverloaded=${sheds}`],
  });
  const generator = await GeneratorProcess.start(pinned ? 1 : undefined);
  const notices = new Notices();
  try {
    await generator.connect(server.fastLaneUrl, Number(values.sockets));
    await notices.start(server.fastLaneUrl);
    const calm = Number(values.calm);
    const phases = [
      await phase("calm before", server, generator, notices, calm, CALM_S),
      await phase("overload", server, generator, notices, Number(values.rate), Number(values.seconds)),
      await phase("calm after", server, generator, notices, calm, CALM_S * 3),
    ];
    const lost = await notices.stop();
    console.log(`${notices.sent} hazard notices sent, ${lost} never answered`);
    return phases;
  } finally {
    notices.end();
    generator.end();
    await server.stop();
  }
}

async function phase(
  name: string,
  server: ServerProcess,
  generator: GeneratorProcess,
  notices: Notices,
  reportsPerSecond: number,
  seconds: number,
): Promise<Phase> {
  await generator.load({
    vehicles: Math.round(reportsPerSecond / CAM_HZ),
    reportsPerVehiclePerSecond: CAM_HZ,
    reportsPerMessage: REPORTS_PER_MESSAGE,
    hazardsPerSecond: 0,
    poll: false,
    seed: SEED,
    durationMs: (seconds + 5) * 1_000,
  });
  notices.take();
  const told: Second[] = [];
  let before: ServerState | undefined = await server.state().catch(() => undefined);
  for (let second = 0; second < seconds; second++) {
    await sleep(1_000);
    const now: ServerState | undefined = await server.state().catch(() => undefined);
    told.push(secondOf(before, now, notices.take()));
    before = now ?? before;
  }
  await generator.stop();
  return { name, seconds: told, unanswered: notices.unanswered };
}

function secondOf(before: ServerState | undefined, now: ServerState | undefined, noticeMs: number[]): Second {
  const perSecond = (of: (state: ServerState) => number): number =>
    before === undefined || now === undefined
      ? 0
      : ((of(now) - of(before)) * 1_000) / (now.readAtMs - before.readAtMs);
  return {
    receivedPerSecond: perSecond(({ received }) => received),
    shedPerSecond: perSecond(({ shed }) => shed),
    residentBytes: now?.residentBytes ?? 0,
    noticeMs,
  };
}

function row(sheds: boolean, { name, seconds, unanswered }: Phase): (string | number)[] {
  const mean = (of: (second: Second) => number): number =>
    seconds.reduce((sum, second) => sum + of(second), 0) / seconds.length;
  const delays = seconds.flatMap(({ noticeMs }) => noticeMs);
  const resident = seconds.map(({ residentBytes }) => residentBytes / 2 ** 20);
  const slow = seconds.findLastIndex(
    ({ noticeMs }) => noticeMs.length === 0 || quantile(noticeMs, 0.99) > FAST_MS,
  );
  return [
    sheds ? "yes" : "no",
    name,
    Math.round(mean(({ receivedPerSecond }) => receivedPerSecond)),
    Math.round(mean(({ shedPerSecond }) => shedPerSecond)),
    quantile(delays, 0.5),
    quantile(delays, 0.99),
    Math.max(...delays),
    unanswered,
    `${Math.min(...resident).toFixed(0)} to ${Math.max(...resident).toFixed(0)}`,
    slow + 1,
  ];
}

const HEAD = [
  "sheds",
  "phase",
  "reports/s counted",
  "of them shed",
  "notice p50 ms",
  "p99",
  "longest",
  "not yet answered",
  "resident MiB",
  `last second with p99 above ${FAST_MS} ms`,
];

const WAYS = ["holding-back", "shedding"] as const;

/** Both in turn where none is named. */
function ways(only: string | undefined): readonly (typeof WAYS)[number][] {
  const chosen = WAYS.filter((way) => only === undefined || way === only);
  if (chosen.length > 0) return chosen;
  console.error(`--only ${only} is unknown; there are ${WAYS.join(", ")}.`);
  process.exit(2);
}

async function run(): Promise<void> {
  const runs: { readonly sheds: boolean; readonly phases: readonly Phase[] }[] = [];
  for (const way of ways(values.only)) {
    const sheds = way === "shedding";
    runs.push({ sheds, phases: await measure(sheds) });
  }
  const table = markdownTable(
    HEAD,
    runs.flatMap(({ sheds, phases }) => phases.map((one) => row(sheds, one))),
  );
  const machine = describeMachine();
  const title = `# Overload: ${values.rate} reports/s for ${values.seconds} s, fast lane, 50 per message`;
  const about = `${machineLine(machine)}. Commit ${machine.commit}, seed ${SEED}.`;
  writeResult(values.json, `${JSON.stringify({ title, about, runs }, undefined, 1)}\n`);
  writeResult(values.markdown, `${title}\n\n${about}\n\n${table}\n`);
  console.log(table);
}

// An interrupted run ends by `exit`, which takes server and generator along.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
if (values.help) console.log(HELP);
else await run();
