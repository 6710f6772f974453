import type { Agency } from "./agency.ts";
import { boxHolds, type GeoBox } from "./place.ts";

/**
 * What an identity may do.
 *
 * - `publish`: send messages of stations.
 * - `subscribe`: be told alerts and positions.
 * - `operate`: read metrics, quality cards and history; play recordings into a server on a recording's clock.
 * - `admin`: all of it.
 */
export const SCOPES = ["publish", "subscribe", "operate", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** Whole numbers from `first` to `last`, both included. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** Bounds on what the scopes of an identity reach. An absent one bounds nothing. */
export interface AccessLimits {
  /** Names of sources that may be used in a hello; one that ends in `*` stands for all that begin so. */
  readonly sources: readonly string[] | undefined;
  /** Stations that messages may be published of. */
  readonly stationIds: readonly IdRange[] | undefined;
  /** Places that may be published of and be told of. */
  readonly areas: readonly GeoBox[] | undefined;
  /** Causes of ETSI TS 102 894-2: of hazard notices that may be published, of alerts that are told. */
  readonly causeCodes: ReadonlySet<number> | undefined;
  /** Items published per second by all sessions of the identity together. */
  readonly itemsPerSecond: number | undefined;
}

export const NO_LIMITS: AccessLimits = {
  sources: undefined,
  stationIds: undefined,
  areas: undefined,
  causeCodes: undefined,
  itemsPerSecond: undefined,
};

/** Who is at the other end of a connection. */
export interface Identity {
  /** Name for logs and quotas, 1..128 characters. */
  readonly subject: string;
  /** Name to show to people, 1..128 characters; the subject where no other is known. */
  readonly name: string;
  /** Whose view of incidents is shown. */
  readonly agency: Agency;
  /** `session`: somebody who logged in. */
  readonly via: "token" | "certificate" | "session" | "nothing";
  readonly scopes: ReadonlySet<Scope>;
  readonly limits: AccessLimits;
  /** Unix ms after which the credentials are void; Infinity where they never are. */
  readonly expiresAtMs: number;
  /** Unix ms; where credentials are renewed in the background, the end that no renewal moves. */
  readonly longestUntilMs?: number | undefined;
}

/** Everyone, where no authentication is configured. */
export const ANYONE: Identity = {
  subject: "anyone",
  name: "anyone",
  agency: "centre",
  via: "nothing",
  scopes: new Set(SCOPES),
  limits: NO_LIMITS,
  expiresAtMs: Number.POSITIVE_INFINITY,
};

export function holdsScope({ scopes }: Identity, scope: Scope): boolean {
  return scopes.has(scope) || scopes.has("admin");
}

/** Whether a place lies in one of the boxes, borders included. */
export function isInBoxes(boxes: readonly GeoBox[], latitudeDeg: number, longitudeDeg: number): boolean {
  return boxes.some((box) => boxHolds(box, latitudeDeg, longitudeDeg));
}

/** Whether a name fits a list of names and beginnings of names (`rsu-*`). */
export function isNameListed(names: readonly string[], name: string): boolean {
  return names.some((listed) => fitsName(listed, name));
}

/** Whether a name is the one listed, or begins as it does where that ends with `*`. */
export function fitsName(listed: string, name: string): boolean {
  return listed.endsWith("*") ? name.startsWith(listed.slice(0, -1)) : name === listed;
}

/**
 * Why somebody was turned away. Bounded: the code is the label of a metric and stands in the audit log.
 *
 * - `no-credentials`: none where some are needed.
 * - `bad-credentials`: unreadable, of a wrong signature, algorithm, issuer or audience, or of an unknown certificate.
 * - `expired`: valid once.
 * - `session-ended`: logged in once, and logged out, removed or changed since.
 * - `not-yet`: valid later.
 * - `keys-unavailable`: the keys that would tell cannot be read.
 * - `provider-unavailable`: the identity provider that people log in with cannot be asked.
 * - `missing-scope`, `not-permitted`: known, but without the right; beyond the limits of the credentials.
 * - `foreign-origin`: a page of another origin.
 * - `connection-quota`, `subscription-quota`, `message-quota`, `attempt-quota`, `session-quota`: too many at a time.
 */
export type AccessRefusal =
  | "no-credentials"
  | "bad-credentials"
  | "expired"
  | "session-ended"
  | "not-yet"
  | "keys-unavailable"
  | "provider-unavailable"
  | "missing-scope"
  | "not-permitted"
  | "foreign-origin"
  | "connection-quota"
  | "subscription-quota"
  | "message-quota"
  | "attempt-quota"
  | "session-quota";
