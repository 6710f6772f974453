import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { answerOf } from "../../support/child.ts";
import type { ServerState } from "../metrics.ts";
import { pinned } from "../pinning.ts";
import { PROBE, type ProbeMark, type ProbeOrder, type Subject } from "./subject.ts";

const BARE_ENGINE = fileURLToPath(new URL("./bare-engine.mjs", import.meta.url));

const US_PER_S = 1e6;

/** An engine whose message handler only counts. */
export async function startBareEngine(engine: "uws" | "ws", core: number | undefined): Promise<Subject> {
  const { command, args } = pinned(core, [process.execPath, "--import", PROBE, BARE_ENGINE, engine]);
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  process.once("exit", () => child.kill("SIGKILL"));
  const { port } = (await answerOf(child)) as { readonly port: number };
  const probe = async (order: ProbeOrder): Promise<ProbeMark> => (await answerOf(child, order)) as ProbeMark;
  return {
    name: `bare ${engine}`,
    url: `ws://127.0.0.1:${port}/v1/stream`,
    probe,
    state: async () => stateOf(await probe({ kind: "look" })),
    async end() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** One report per message: what it counted was accepted. */
function stateOf({ counted, cpuUs, residentBytes, heapBytes, ...loop }: ProbeMark): ServerState {
  const messages = counted["messages"] ?? 0;
  return {
    received: messages,
    accepted: messages,
    duplicate: 0,
    invalid: 0,
    shed: 0,
    messages,
    faults: 0,
    stations: 0,
    cpuSeconds: cpuUs / US_PER_S,
    residentBytes,
    heapBytes,
    loopDelayP50Ms: loop.loopP50Ms,
    loopDelayP99Ms: loop.loopP99Ms,
    loopDelayMaxMs: loop.loopMaxMs,
    decodeSumMs: 0,
    detectSumMs: 0,
    readAtMs: performance.now(),
  };
}
