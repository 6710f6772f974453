import { fileURLToPath } from "node:url";
import type { ServerState } from "../metrics.ts";

/** The module that makes a process tell what it costs. */
export const PROBE = fileURLToPath(new URL("./probe.mjs", import.meta.url));

/** What a process tells of itself; pauses and delays are those since the last look. */
export interface ProbeMark {
  readonly atUs: number;
  readonly cpuUs: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly loopP50Ms: number;
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  readonly gc: {
    readonly minor: number;
    readonly major: number;
    readonly totalMs: number;
    readonly longestMs: number;
  };
  readonly counted: Readonly<Record<string, number>>;
}

export type ProbeOrder =
  | { readonly kind: "look" }
  | { readonly kind: "start-profile" }
  | { readonly kind: "end-profile"; readonly path: string };

/** A server under load, ours or a bare engine. */
export interface Subject {
  readonly name: string;
  readonly url: string;
  state(): Promise<ServerState>;
  probe(order: ProbeOrder): Promise<ProbeMark>;
  /** Ends the process at once. */
  end(): Promise<void>;
}
