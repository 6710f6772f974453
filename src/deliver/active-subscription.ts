import type { Alert } from "../domain/alert.ts";
import { isTerminal } from "../domain/alert.ts";
import type { StationView } from "../domain/detector.ts";
import type { AlertFilter, Problem, StationQuery, Subscription } from "../domain/subscription.ts";
import { areaShape } from "../geo/area-shape.ts";
import { shapeProblem } from "../geo/shape-problem.ts";
import { type PreparedShape, prepareShape } from "../geo/shapes.ts";
import { isAlertAhead, isPlaceAhead } from "./ahead.ts";
import { type AlertMatch, filterOf, passAll } from "./alert-match.ts";
import type { Follower, LiveAlert } from "./live-alerts.ts";
import type { Permit } from "./permit.ts";
import type { Recipient } from "./recipient.ts";

/** A subscription in force. */
export class ActiveSubscription implements Follower, AlertMatch {
  /** Unique among all sessions: its name in the indexes. */
  readonly key: string;
  readonly session: Recipient;
  readonly subscription: Subscription;
  /** Undefined for what lies ahead of a station: that shape moves. */
  readonly shape: PreparedShape | undefined;
  readonly told = new Map<LiveAlert, number>();
  /** The filter, without the area. */
  readonly passes: (alert: Alert) => boolean;
  /** Equal for filters that let the same alerts pass. */
  readonly filterKey: string;
  readonly #stations: StationQuery;

  readonly #permit: Permit | undefined;

  constructor(
    key: string,
    session: Recipient,
    subscription: Subscription,
    stations: StationQuery,
    permit?: Permit,
  ) {
    this.key = key;
    this.#permit = permit;
    this.session = session;
    this.subscription = subscription;
    this.#stations = stations;
    const shape = areaShape(subscription.area);
    this.shape = shape === undefined ? undefined : prepareShape(shape);
    const passes = filterOf(subscription.filter);
    const ownKey = filterKey(subscription.filter);
    this.passes = permit === undefined ? passes : (alert) => permit.allows(alert) && passes(alert);
    this.filterKey = permit === undefined ? ownKey : `${ownKey};${permit.key}`;
  }

  /** Everything matches: nothing needs to be remembered. */
  get isUnconditional(): boolean {
    return this.subscription.area.form === "everywhere" && this.passes === passAll;
  }

  /** Filter and area, as they are now. */
  matches(alert: Alert): boolean {
    return this.passes(alert) && this.#holds(alert);
  }

  /** True where a follower is to hear of this transition: of every one, or, ahead of a station, while it is ahead. */
  wants(alert: Alert): boolean {
    return this.shape !== undefined || isTerminal(alert.state) || this.matches(alert);
  }

  /** Whether the session may be told of an alert at all. */
  permits(alert: Alert): boolean {
    return this.#permit?.allows(alert) ?? true;
  }

  follow(live: LiveAlert): void {
    live.followers.add(this);
    this.told.set(live, live.entry.sequence);
  }

  /** Forgets all alerts: the subscription is over. */
  unfollowAll(): void {
    for (const live of this.told.keys()) live.followers.delete(this);
    this.told.clear();
  }

  /** Stations that a position feed of this subscription shows, sorted by id. */
  stations(): readonly StationView[] {
    const found = this.#stationsThere();
    const permit = this.#permit;
    return permit === undefined ? found : found.filter((station) => permit.allowsPlace(station));
  }

  #stationsThere(): readonly StationView[] {
    const { area } = this.subscription;
    if (area.form === "ahead") {
      const own = this.#stations.get(area.stationId);
      if (own === undefined) return [];
      const near = this.#stations.within(own, area.distanceM);
      return near.filter((other) => other !== own && isPlaceAhead(own, area.distanceM, other));
    }
    return this.shape === undefined ? [] : this.#stations.inShape(this.shape);
  }

  #holds(alert: Alert): boolean {
    const { area } = this.subscription;
    if (area.form !== "ahead") return this.shape?.intersects(alert.outline) ?? false;
    const station = this.#stations.get(area.stationId);
    return station !== undefined && isAlertAhead(station, area.distanceM, alert);
  }
}

function filterKey({ causeCodes, kinds, minSeverity, minConfidencePct, confirmedOnly }: AlertFilter): string {
  const causes = [...new Set(causeCodes)].sort((a, b) => a - b);
  return [causes, [...new Set(kinds)].sort(), minSeverity, minConfidencePct, confirmedOnly].join(";");
}

/** Names of the wire for the parts of a shape that only geometry can find fault with. */
const WIRE_FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^ring/, "polygon.points"],
  [/^line/, "corridor.points"],
  [/^center/, "circle.center"],
  [/^radiusM/, "circle.radius_m"],
  [/^halfWidthM/, "corridor.half_width_m"],
  [/latitudeDeg$/, "latitude_e7"],
  [/longitudeDeg$/, "longitude_e7"],
  [/(south|west|north|east)Deg$/, "$1_e7"],
];

/** What is wrong with the shape of a subscription whose fields are in range, e.g. a polygon that crosses itself. */
export function areaProblem({ area, subscriptionId }: Subscription): Problem | undefined {
  const shape = areaShape(area);
  const fault = shape === undefined ? undefined : shapeProblem(shape);
  if (fault === undefined) return undefined;
  const within = WIRE_FIELDS.reduce((field, [ours, theirs]) => field.replace(ours, theirs), fault.field);
  const field = `subscribe.${within}`;
  return { code: "invalid-shape", field, message: `${field} ${fault.text}.`, subscriptionId };
}
