/** What the process of subscribers is told and what it answers. */

export interface CrowdPlan {
  readonly url: string;
  /** Sockets with one subscription to every alert. */
  readonly everywhere: number;
  /** Areas subscribed to besides, and how many of them share a socket. */
  readonly areas: number;
  readonly areasPerSocket: number;
  readonly seed: number;
  /** Loopback addresses that the sockets come from, in turn. */
  readonly sourceAddresses: number;
}

export type CrowdOrder = { readonly kind: "subscribe"; readonly plan: CrowdPlan } | { readonly kind: "mark" };

/** Since the last mark, where nothing else is said. */
export interface CrowdMark {
  /** Alert transitions that arrived at sockets that see every alert, and at those with areas. */
  readonly deliveries: number;
  readonly areaDeliveries: number;
  readonly messages: number;
  readonly bytes: number;
  /** New brakings that the first socket was told of. */
  readonly hazardsSeen: number;
  /** Messages that have not yet reached every socket that sees every alert, at this moment. */
  readonly incomplete: number;
  /** Intended sending time of the deciding report to the alert at the first, and at the last socket, ms. */
  readonly firstLatenciesMs: readonly number[];
  readonly lastLatenciesMs: readonly number[];
  /** First copy to last copy of one message, ms. */
  readonly spreadsMs: readonly number[];
  /** At sockets with areas. */
  readonly areaLatenciesMs: readonly number[];
  /** Since the start. */
  readonly lostSockets: number;
  readonly firstLoss: string | undefined;
  readonly cpuSeconds: number;
}

export type CrowdAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "subscribed"; readonly sockets: number; readonly tookMs: number }
  | { readonly kind: "marked"; readonly mark: CrowdMark }
  | { readonly kind: "failed"; readonly reason: string };
