import type { ChildProcess } from "node:child_process";

/** Longest wait for an answer: 20,000 connections or 100,000 subscriptions take half of this. */
const ANSWER_TIMEOUT_MS = 120_000;

/** Sends one order to a child over IPC and waits for its answer; without an order, for what it says by itself. */
export function answerOf(child: ChildProcess, order?: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onExit);
    };
    const fail = (why: string): void => {
      settle();
      reject(new Error(`child process: ${why}`));
    };
    const onMessage = (answer: unknown): void => {
      const failed = answer as { readonly kind?: string; readonly reason?: string };
      if (failed.kind === "failed") return fail(failed.reason ?? "failed");
      settle();
      resolve(answer);
    };
    const onExit = (code: number | null): void => fail(`ended with ${code}`);
    const timer = setTimeout(() => fail("does not answer"), ANSWER_TIMEOUT_MS);
    child.on("message", onMessage).on("exit", onExit);
    if (order !== undefined) child.send(order);
  });
}
