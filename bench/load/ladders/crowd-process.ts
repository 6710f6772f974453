import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { answerOf } from "../../support/child.ts";
import { pinned } from "../pinning.ts";
import type { CrowdAnswer, CrowdMark, CrowdOrder, CrowdPlan } from "./crowd-protocol.ts";

const CROWD = fileURLToPath(new URL("./crowd.ts", import.meta.url));
const LOADER = fileURLToPath(new URL("../../support/run-typescript.mjs", import.meta.url));

/** The parent's end of the process of subscribers. */
export class CrowdProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(core: number | undefined): Promise<CrowdProcess> {
    const { command, args } = pinned(core, [process.execPath, "--import", LOADER, CROWD]);
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    await answerOf(child);
    return new CrowdProcess(child);
  }

  /** Opens all sockets and waits for the confirmation of every subscription; tells how long that took, ms. */
  async subscribe(plan: CrowdPlan): Promise<number> {
    const answer = await this.#ask({ kind: "subscribe", plan });
    return answer.kind === "subscribed" ? answer.tookMs : Number.NaN;
  }

  async mark(): Promise<CrowdMark> {
    const answer = await this.#ask({ kind: "mark" });
    if (answer.kind !== "marked") throw new Error(`subscribers: unexpected answer ${answer.kind}`);
    return answer.mark;
  }

  end(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  async #ask(order: CrowdOrder): Promise<CrowdAnswer> {
    return (await answerOf(this.#child, order)) as CrowdAnswer;
  }
}
