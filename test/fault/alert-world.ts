import { type Roadpulse, startRoadpulseWith } from "../support/process.ts";

/** A server process with its alert log in a folder; it can be killed and started again on the same port. */
export class FallibleServer {
  readonly url: string;
  readonly #args: readonly string[];
  /** Variables of the environment of the next start. */
  env: NodeJS.ProcessEnv = {};
  #process: Roadpulse | undefined;

  constructor(port: number, folder: string, ...more: string[]) {
    this.url = `ws://127.0.0.1:${port}`;
    const fixed = ["--port", String(port), "--fast-lane-engine", "off", "--log-format", "json"];
    this.#args = ["serve", "--data", folder, ...fixed, ...more];
  }

  get process(): Roadpulse {
    if (this.#process === undefined) throw new Error("the server was not started");
    return this.#process;
  }

  async start(): Promise<void> {
    this.#process = startRoadpulseWith(this.env, this.#args);
    await this.#process.logged("listening");
  }

  async kill(): Promise<void> {
    await this.process.stop("SIGKILL");
  }

  /** Value of a metric without labels. @throws Error where the server has ended, with its exit code or signal */
  async metric(name: string): Promise<number> {
    const { exitCode, signalCode } = this.process.child;
    const end = exitCode ?? signalCode;
    if (end !== null) throw new Error(`the server has ended by itself: ${end}`);
    const text = await (await fetch(`${this.url.replace("ws", "http")}/metrics`)).text();
    const line = text.split("\n").find((each) => each.startsWith(`${name} `));
    if (line === undefined) throw new Error(`no metric ${name}`);
    return Number(line.slice(name.length + 1));
  }
}
