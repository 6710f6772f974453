import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { carryOut, type Order, type Outcome } from "./order.ts";

const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));
const LOADER = new URL("../support/run-typescript.mjs", import.meta.url).href;

/**
 * Has all orders carried out, `jobs` at a time, each in a process of its own where there are several. Outcomes are told in
 * the order in which they come; every order has exactly one. Once `mayGoOn` says no, no further order is begun.
 */
export async function carryOutAll(
  orders: readonly Order[],
  jobs: number,
  onOutcome: (outcome: Outcome) => void,
  mayGoOn: () => boolean = () => true,
): Promise<void> {
  const waiting = [...orders];
  const crew = Math.min(jobs, orders.length);
  if (crew > 1) {
    await Promise.all(Array.from({ length: crew }, () => work(waiting, onOutcome, mayGoOn)));
    return;
  }
  for (const order of waiting) if (mayGoOn()) onOutcome(await carryOut(order));
}

/** One place of the crew: takes order after order; a process that dies costs its order, and another takes its place. */
async function work(
  waiting: Order[],
  onOutcome: (outcome: Outcome) => void,
  mayGoOn: () => boolean,
): Promise<void> {
  let worker: ChildProcess | undefined;
  const next = (): Order | undefined => (mayGoOn() ? waiting.shift() : undefined);
  for (let order = next(); order !== undefined; order = next()) {
    if (worker === undefined || !worker.connected) worker = startWorker();
    onOutcome(await hand(worker, order));
  }
  if (worker?.connected) worker.disconnect();
}

function startWorker(): ChildProcess {
  const worker = fork(WORKER, [], { serialization: "advanced", execArgv: ["--import", LOADER] });
  // Told by its exit; without a listener it would end the parent.
  worker.on("error", () => undefined);
  return worker;
}

function hand(worker: ChildProcess, order: Order): Promise<Outcome> {
  return new Promise((resolve) => {
    const onMessage = (outcome: unknown): void => {
      worker.off("exit", onExit);
      resolve(outcome as Outcome);
    };
    const onExit = (code: number | null, signal: string | null): void => {
      worker.off("message", onMessage);
      resolve({ order, parts: [], failure: `its process ended with ${signal ?? code}`, spentMs: 0 });
    };
    worker.once("message", onMessage);
    worker.once("exit", onExit);
    worker.send(order);
  });
}
