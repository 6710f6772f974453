import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type {
  ConnectOrder,
  GeneratorAnswer,
  GeneratorMark,
  GeneratorOrder,
  LoadPlan,
} from "./generator-protocol.ts";
import { pinned } from "./pinning.ts";

const GENERATOR = fileURLToPath(new URL("./generator.ts", import.meta.url));
const LOADER = fileURLToPath(new URL("../support/run-typescript.mjs", import.meta.url));

/** Connecting 20,000 sockets takes half of this; every other answer comes at once. */
const ANSWER_TIMEOUT_MS = 60_000;

/** The parent's end of the load generator. */
export class GeneratorProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(core: number | undefined): Promise<GeneratorProcess> {
    const { command, args } = pinned(core, [process.execPath, "--import", LOADER, GENERATOR]);
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const generator = new GeneratorProcess(child);
    await generator.#next();
    return generator;
  }

  async connect(url: string, sockets: number, more: Partial<Omit<ConnectOrder, "kind">> = {}): Promise<void> {
    await this.#ask({ kind: "connect", url, sockets, ...more });
  }

  async load(plan: LoadPlan): Promise<void> {
    await this.#ask({ kind: "load", plan });
  }

  async mark(): Promise<GeneratorMark> {
    return markOf(await this.#ask({ kind: "mark" }));
  }

  async stop(): Promise<GeneratorMark> {
    return markOf(await this.#ask({ kind: "stop" }));
  }

  end(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  #ask(order: GeneratorOrder): Promise<GeneratorAnswer> {
    const answer = this.#next();
    this.#child.send(order);
    return answer;
  }

  #next(): Promise<GeneratorAnswer> {
    return new Promise((resolve, reject) => {
      const child = this.#child;
      const settle = (): void => {
        clearTimeout(timer);
        child.off("message", onMessage).off("exit", onExit);
      };
      const fail = (why: string): void => {
        settle();
        reject(new Error(`load generator: ${why}`));
      };
      const onMessage = (answer: GeneratorAnswer): void => {
        if (answer.kind === "failed") return fail(answer.reason);
        settle();
        resolve(answer);
      };
      const onExit = (code: number | null): void => fail(`ended with ${code}`);
      const timer = setTimeout(() => fail("does not answer"), ANSWER_TIMEOUT_MS);
      child.on("message", onMessage).on("exit", onExit);
    });
  }
}

function markOf(answer: GeneratorAnswer): GeneratorMark {
  if (answer.kind === "marked" || answer.kind === "stopped") return answer.mark;
  throw new Error(`load generator: unexpected answer ${answer.kind}`);
}
