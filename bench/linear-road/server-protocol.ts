import type { BasePlan } from "./base-traffic.ts";
import type { ServerCounts } from "./road-server.ts";

/** What the driver tells the server process. */
export type ServerOrder =
  | { readonly kind: "start"; readonly base: BasePlan; readonly copies: number }
  | { readonly kind: "mark" };

/** What it is told back. */
export type ServerAnswer =
  | { readonly kind: "ready"; readonly url: string; readonly engine: string }
  | ServerMark;

/** Where the server stands. */
export interface ServerMark {
  readonly kind: "mark";
  readonly cpuUs: number;
  readonly rssBytes: number;
  readonly counts: ServerCounts;
  readonly faults: number;
}
