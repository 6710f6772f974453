import { type Alert, isTerminal } from "../domain/alert.ts";
import type { LoggedAlert } from "../domain/alert-log.ts";
import type { GeoBox } from "../domain/place.ts";
import { AreaIndex } from "../geo/area-index.ts";
import { outlineBoxes } from "../geo/shapes.ts";
import { encodeAlertDelivery } from "../wire/server-message.ts";
import type { Recipient } from "./recipient.ts";

/** A subscription, as far as an alert knows it. */
export interface Follower {
  readonly session: Recipient;
  /** Alerts told of and not ended, with the number of the last transition told. */
  readonly told: Map<LiveAlert, number>;
  /** True where a transition of an alert that it follows is to be told. */
  wants(alert: Alert): boolean;
  /** The alert's last transition is being told. */
  follow(live: LiveAlert): void;
}

/** An alert that has not ended, and who follows it. */
export class LiveAlert {
  /** The last transition. */
  entry: LoggedAlert;
  boxes: readonly GeoBox[];
  /** Subscriptions that were told of the alert; they hear of it until it ends. */
  readonly followers = new Set<Follower>();
  /** Holds every place that the alert has ever covered. */
  #reach: GeoBox | undefined;
  #bytes: Uint8Array | undefined;

  constructor(entry: LoggedAlert) {
    this.entry = entry;
    this.boxes = outlineBoxes(entry.alert.outline);
    this.#widen();
  }

  /** True where the boxes have changed. */
  update(entry: LoggedAlert): boolean {
    this.entry = entry;
    this.#bytes = undefined;
    const boxes = outlineBoxes(entry.alert.outline);
    if (sameBoxes(boxes, this.boxes)) return false;
    this.boxes = boxes;
    this.#widen();
    return true;
  }

  /** The last transition, encoded for snapshots. */
  get bytes(): Uint8Array {
    this.#bytes ??= encodeOf(this.entry);
    return this.#bytes;
  }

  /** True where one of the boxes touches a place that the alert covers or has covered. */
  hasReached(boxes: readonly GeoBox[]): boolean {
    const reach = this.#reach;
    return reach !== undefined && boxes.some((box) => overlap(box, reach));
  }

  #widen(): void {
    for (const box of this.boxes) this.#reach = this.#reach === undefined ? box : union(this.#reach, box);
  }
}

/** The present state: every alert that has not ended, also by place. */
export class LiveAlerts {
  readonly #byId = new Map<string, LiveAlert>();
  readonly #index = new AreaIndex<LiveAlert>();

  get size(): number {
    return this.#byId.size;
  }

  /** Takes a transition over and answers the alert, which is no longer kept where the transition ends it. */
  apply(entry: LoggedAlert): LiveAlert {
    const { alertId, state } = entry.alert;
    let live = this.#byId.get(alertId);
    const moved = live === undefined || live.update(entry);
    live ??= new LiveAlert(entry);
    if (isTerminal(state)) {
      this.#byId.delete(alertId);
      this.#index.remove(alertId);
    } else {
      this.#byId.set(alertId, live);
      if (moved) this.#index.add(alertId, live.boxes, live);
    }
    return live;
  }

  get(alertId: string): LiveAlert | undefined {
    return this.#byId.get(alertId);
  }

  all(): Iterable<LiveAlert> {
    return this.#byId.values();
  }

  /** A delivery without latency; the present state is encoded once for all who ask. */
  encode(entry: LoggedAlert): Uint8Array {
    const live = this.#byId.get(entry.alert.alertId);
    return live?.entry === entry ? live.bytes : encodeOf(entry);
  }

  /** Alerts whose boxes touch one of these. */
  near(boxes: readonly GeoBox[]): readonly LiveAlert[] {
    return this.#index.candidates(boxes);
  }
}

function encodeOf({ sequence, alert, bytes }: LoggedAlert): Uint8Array {
  return bytes ?? encodeAlertDelivery({ sequence, alert, latency: undefined });
}

function sameBoxes(a: readonly GeoBox[], b: readonly GeoBox[]): boolean {
  return a.length === b.length && a.every((box, i) => sameBox(box, b[i]));
}

function sameBox(a: GeoBox, b: GeoBox | undefined): boolean {
  return (
    a.southDeg === b?.southDeg &&
    a.westDeg === b.westDeg &&
    a.northDeg === b.northDeg &&
    a.eastDeg === b.eastDeg
  );
}

/** Neither box crosses the antimeridian. */
function overlap(a: GeoBox, b: GeoBox): boolean {
  return (
    a.southDeg <= b.northDeg && b.southDeg <= a.northDeg && a.westDeg <= b.eastDeg && b.westDeg <= a.eastDeg
  );
}

function union(a: GeoBox, b: GeoBox): GeoBox {
  return {
    southDeg: Math.min(a.southDeg, b.southDeg),
    westDeg: Math.min(a.westDeg, b.westDeg),
    northDeg: Math.max(a.northDeg, b.northDeg),
    eastDeg: Math.max(a.eastDeg, b.eastDeg),
  };
}
