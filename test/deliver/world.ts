import { DeliveryHub, type DeliveryOptions, type SubscriberSession } from "../../src/deliver/delivery-hub.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { StationView } from "../../src/domain/detector.ts";
import type { GeoPoint } from "../../src/domain/place.ts";
import {
  EVERY_ALERT,
  type Region,
  type StationQuery,
  type Subscription,
  type SubscriptionArea,
} from "../../src/domain/subscription.ts";
import { distanceM } from "../../src/geo/geodesy.ts";
import { FakeOutlet } from "./fake-outlet.ts";

export const START_MS = 1_760_000_000_000;
export const EPOCH = 77;

/** A40 at the Kaiserberg junction. */
export const KAISERBERG: GeoPoint = { latitudeDeg: 51.4351, longitudeDeg: 6.8107 };

export function alert(overrides: Partial<Alert> & { readonly place?: GeoPoint } = {}): Alert {
  const { place = KAISERBERG, ...rest } = overrides;
  return {
    alertId: "a",
    revision: 1,
    state: "new",
    tier: "confirmed",
    kind: "stationary-vehicle",
    causeCode: 94,
    subCauseCode: 0,
    severity: 4,
    confidencePct: 80,
    beganAtMs: START_MS,
    detectedAtMs: START_MS,
    referencedAtMs: START_MS,
    validUntilMs: START_MS + 60_000,
    position: place,
    headingDeg: undefined,
    outline: { form: "point", points: [place] },
    road: undefined,
    evidence: { stations: 1, observations: 3, receivers: 1, sources: ["rsu-1"], marks: [] },
    why: { rule: "standstill", text: "A vehicle stands.", measures: [] },
    ...rest,
  };
}

export function subscription(overrides: Partial<Subscription> = {}): Subscription {
  return {
    subscriptionId: "s",
    area: { form: "everywhere" },
    filter: EVERY_ALERT,
    positionsIntervalMs: undefined,
    resume: undefined,
    ...overrides,
  };
}

export const boxAround = (center: GeoPoint, halfDeg: number): SubscriptionArea => ({
  form: "box",
  box: {
    southDeg: center.latitudeDeg - halfDeg,
    northDeg: center.latitudeDeg + halfDeg,
    westDeg: center.longitudeDeg - halfDeg,
    eastDeg: center.longitudeDeg + halfDeg,
  },
});

export function station(stationId: number, overrides: Partial<StationView> = {}): StationView {
  return {
    stationId,
    stationType: "passenger-car",
    ...KAISERBERG,
    speedMps: 25,
    headingDeg: 0,
    accelerationMps2: 0,
    lengthM: 4.5,
    observedAtMs: START_MS,
    receivedAtMs: START_MS,
    firstReceivedAtMs: START_MS,
    recentTopSpeedMps: 25,
    receiverCount: 1,
    road: undefined,
    ...overrides,
  };
}

/** Stations by brute force. */
export class FakeStations implements StationQuery {
  readonly #byId = new Map<number, StationView>();

  put(view: StationView): void {
    this.#byId.set(view.stationId, view);
  }

  remove(stationId: number): void {
    this.#byId.delete(stationId);
  }

  get size(): number {
    return this.#byId.size;
  }

  get(stationId: number): StationView | undefined {
    return this.#byId.get(stationId);
  }

  within(center: GeoPoint, radiusM: number): readonly StationView[] {
    return this.#select((view) => distanceM(center, view) <= radiusM);
  }

  inShape(region: Region): readonly StationView[] {
    return this.#select((view) => region.contains(view.latitudeDeg, view.longitudeDeg));
  }

  #select(holds: (view: StationView) => boolean): readonly StationView[] {
    return [...this.#byId.values()].filter(holds).sort((a, b) => a.stationId - b.stationId);
  }
}

export function makeHub(options: Partial<DeliveryOptions> = {}) {
  const stations = new FakeStations();
  const hub = new DeliveryHub({ epoch: EPOCH, stations, labelOf: (id) => id + 1_000, ...options });
  return { hub, stations };
}

export interface Client {
  readonly outlet: FakeOutlet;
  readonly session: SubscriberSession;
}

export function connect(hub: DeliveryHub, outlet = new FakeOutlet(), ownStation?: number): Client {
  const session = hub.openSession(outlet, START_MS, { reportsStation: (id) => id === ownStation });
  outlet.onDrained = () => session.onDrained();
  return { outlet, session };
}

/** What a client was told of, in order: `id revision state`, a snapshot's alerts with an asterisk. */
export function told({ outlet }: Client): string[] {
  return outlet
    .of("alerts")
    .flatMap(({ deliveries, snapshot }) =>
      deliveries.map(
        ({ alert: { alertId, revision, state } }) => `${alertId} ${revision} ${state}${snapshot ? " *" : ""}`,
      ),
    );
}

/** Alerts are never conflated except by a replaced subscription, and nothing is lost between the counters. */
export function unaccounted(hub: DeliveryHub): { alerts: number; positions: number } {
  const balance = (counters: typeof hub.counters.alertDeliveries) =>
    counters.matched - counters.sent - counters.queued - counters.conflated - counters.dropped;
  return {
    alerts: balance(hub.counters.alertDeliveries),
    positions: balance(hub.counters.positionDeliveries),
  };
}
