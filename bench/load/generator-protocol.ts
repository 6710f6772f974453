import type { HazardKind } from "./hazards.ts";

/** What the load generator is told and what it answers; parent and child are of the same build. */

export interface ConnectOrder {
  readonly kind: "connect";
  readonly url: string;
  readonly sockets: number;
  /** Loopback addresses that the sockets come from, in turn: each has some 28,000 ports; 1 where absent. */
  readonly sourceAddresses?: number;
  /** Whether this process takes the alerts too and measures them; true where absent. */
  readonly isSubscribed?: boolean;
}

export interface LoadPlan {
  /** Vehicles; together with the rate of each they give the reports per second. */
  readonly vehicles: number;
  /** Reports per second of one vehicle. CAMs come at 1 to 10 Hz (ETSI EN 302 637-2). */
  readonly reportsPerVehiclePerSecond: number;
  readonly reportsPerMessage: number;
  /** The first report of every vehicle takes so many times as long: a fleet enters less suddenly; 1 where absent. */
  readonly firstSweepTimes?: number;
  /** Emergency brakings per second, each a new station at a place of its own. */
  readonly hazardsPerSecond: number;
  /** Brakings that travel together, at the same moment in the same message; 1 where absent. */
  readonly hazardsPerMessage?: number;
  /** What the planted vehicles do; they brake where absent. */
  readonly hazardKind?: HazardKind;
  /** The schedule ends after this, whatever happens. */
  readonly durationMs: number;
  readonly seed: number;
  /** Poll instead of sleeping between two messages: sends within microseconds of the schedule, burns the core. */
  readonly poll: boolean;
}

export type GeneratorOrder =
  | ConnectOrder
  | { readonly kind: "load"; readonly plan: LoadPlan }
  | { readonly kind: "mark" }
  | { readonly kind: "stop" };

/** How far the generator is, and how well it kept to its schedule since the last mark. */
export interface GeneratorMark {
  /** Reports handed to sockets since the load began, hazards included. */
  readonly sentReports: number;
  readonly sentMessages: number;
  /** Sockets that ended, and why the first of them did. */
  readonly lostSockets: number;
  readonly firstLoss: string | undefined;
  /** Bytes in this process that the server's side would not take. */
  readonly waitingBytes: number;
  /** How late messages left, ms. */
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  readonly cpuSeconds: number;
  /** True once the schedule has ended or was given up. */
  readonly done: boolean;
  /** Set where the schedule was given up: the server does not take what is offered. */
  readonly gaveUp: string | undefined;
  /** Intended sending time of the deciding report to the alert in hand, ms, one per hazard since the last mark. */
  readonly alertLatenciesMs: readonly number[];
  /** The server's own part of it: socket to delivery, ms. */
  readonly serverLatenciesMs: readonly number[];
  readonly hazardsSent: number;
  readonly hazardsSeen: number;
}

export type GeneratorAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "connected"; readonly sockets: number }
  | { readonly kind: "loading" }
  | { readonly kind: "marked"; readonly mark: GeneratorMark }
  | { readonly kind: "stopped"; readonly mark: GeneratorMark }
  | { readonly kind: "failed"; readonly reason: string };
