// Loaded into a process under test before its own first module (`node --import`): tells over IPC what the process costs,
// where its collector and its event loop stop it, and takes profiles of it. JavaScript, so that no compiler of types is
// loaded with it and counted as the server's memory.
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { constants, monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";

const LOOP_RESOLUTION_MS = 10;
const NS_PER_MS = 1e6;

/** Microseconds between two samples: 4,000 a second keep the profiler below 5 % of the time. */
const PROFILE_INTERVAL_US = 250;

const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
loop.enable();

/** Pauses since the last look. Only their sums and the longest are kept. */
let gc = freshPauses();

function freshPauses() {
  return { minor: 0, major: 0, totalMs: 0, longestMs: 0 };
}

new PerformanceObserver((list) => {
  for (const { duration, detail } of list.getEntries()) {
    if (detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) gc.minor++;
    else gc.major++;
    gc.totalMs += duration;
    gc.longestMs = Math.max(gc.longestMs, duration);
  }
}).observe({ entryTypes: ["gc"] });

let session;

function post(method, parameters) {
  return new Promise((resolve, reject) => {
    session.post(method, parameters, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

async function startProfile() {
  session = new Session();
  session.connect();
  await post("Profiler.enable");
  await post("Profiler.setSamplingInterval", { interval: PROFILE_INTERVAL_US });
  await post("Profiler.start");
}

async function endProfile(path) {
  const { profile } = await post("Profiler.stop");
  session.disconnect();
  writeFileSync(path, JSON.stringify(profile));
}

function look() {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  // The monitor measures the whole interval of its timer: what exceeds the interval is delay.
  const delayMs = (ns) => Math.max(0, ns / NS_PER_MS - LOOP_RESOLUTION_MS);
  const seen = {
    atUs: Number(process.hrtime.bigint() / 1_000n),
    cpuUs: user + system,
    residentBytes: rss,
    heapBytes: heapUsed + external,
    loopP50Ms: delayMs(loop.percentile(50)),
    loopP99Ms: delayMs(loop.percentile(99)),
    loopMaxMs: delayMs(loop.max),
    gc,
    counted: globalThis.benchCounts?.() ?? {},
  };
  loop.reset();
  gc = freshPauses();
  return seen;
}

async function obey({ kind, path }) {
  if (kind === "start-profile") await startProfile();
  else if (kind === "end-profile") await endProfile(path);
  return { kind: "seen", ...look() };
}

process.on("message", (order) => {
  obey(order).then(
    (answer) => process.send(answer),
    (error) => process.send({ kind: "failed", reason: String(error) }),
  );
});
// The channel must not keep a process alive that wants to end.
process.channel?.unref();
