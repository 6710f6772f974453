import { DeliveryHub } from "../../../src/deliver/delivery-hub.ts";
import type { Outlet } from "../../../src/deliver/outlet.ts";
import type { Alert, Severity } from "../../../src/domain/alert.ts";
import { EVERY_ALERT, type SubscriptionArea } from "../../../src/domain/subscription.ts";
import { Tracker } from "../../../src/track/tracker.ts";
import { seededRandom } from "../../support/random.ts";
import { type MicroCase, type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";
import { brakingAlerts } from "./alert.ts";

const START_MS = 1_790_000_000_000;
const AREAS_PER_SESSION = 10;

/** About 5 km across: a district. */
const AREA_SIDE_DEG = 0.06;

/** Fan-out to many costs microseconds per alert: fewer alerts fill a batch. */
const FANNED_OUT_ALERTS = 100;

/** Matching of alerts against subscriptions and fan-out, into connections that take everything. */
export function deliverPart({ alerts, areas, sessions }: MicroSize): MicroPart {
  const nobody = newHub();
  const matching = newHub();
  openAreas(matching, areas);
  const filtered = newHub();
  openFiltered(filtered, areas);
  const seeAll = newHub();
  for (let i = 0; i < sessions; i++) subscribe(seeAll, "all", { form: "everywhere" });
  const fannedOut = Math.min(alerts, FANNED_OUT_ALERTS);
  return {
    name: "deliver",
    note: `${areas} boxes of 5 km on 200 km × 200 km; ${sessions} sessions`,
    cases: [
      publishing("log only, nobody subscribes", "alert", nobody, alerts, alerts),
      publishing(`match against ${areas} areas and send`, "alert", matching, alerts, alerts),
      publishing(`pass by ${areas} filters without area`, "alert", filtered, fannedOut, fannedOut),
      publishing(`fan out to ${sessions}`, "delivery", seeAll, fannedOut, fannedOut * sessions),
    ],
  };
}

function newHub(): DeliveryHub {
  const limits = { maxSubscriptionsPerSession: AREAS_PER_SESSION };
  return new DeliveryHub({ epoch: 1, stations: new Tracker(), labelOf: (id) => id, limits });
}

/** A connection that takes everything at once. */
const OUTLET: Outlet = {
  send(bytes) {
    sink.sum += bytes.length;
    return "sent";
  },
  bufferedBytes: () => 0,
  close() {},
  terminate() {},
};

/** Subscribers to the whole country that want other causes than the alerts' one, in four ways. */
function openFiltered(hub: DeliveryHub, subscriptions: number): void {
  for (let i = 0; i < subscriptions; i++) {
    const filter = { ...EVERY_ALERT, causeCodes: [1, 94], minSeverity: (1 + (i % 4)) as Severity };
    const area = { form: "everywhere" } as const;
    const subscription = { subscriptionId: "filtered", area, filter, resume: undefined };
    hub.openSession(OUTLET, START_MS).subscribe({ ...subscription, positionsIntervalMs: undefined });
  }
}

function subscribe(hub: DeliveryHub, subscriptionId: string, ...subscriptionAreas: SubscriptionArea[]): void {
  const session = hub.openSession(OUTLET, START_MS);
  for (const [i, area] of subscriptionAreas.entries()) {
    session.subscribe({
      subscriptionId: `${subscriptionId}-${i}`,
      area,
      filter: EVERY_ALERT,
      positionsIntervalMs: undefined,
      resume: undefined,
    });
  }
}

function openAreas(hub: DeliveryHub, areas: number): void {
  const random = seededRandom(3);
  for (let opened = 0; opened < areas; opened += AREAS_PER_SESSION) {
    const boxes = Array.from({ length: AREAS_PER_SESSION }, (): SubscriptionArea => {
      const southDeg = 50 + random() * 2;
      const westDeg = 6 + random() * 2;
      const box = {
        southDeg,
        westDeg,
        northDeg: southDeg + AREA_SIDE_DEG,
        eastDeg: westDeg + AREA_SIDE_DEG,
      };
      return { form: "box", box };
    });
    subscribe(hub, `areas-${opened}`, ...boxes);
  }
}

function publishing(
  name: string,
  unit: string,
  hub: DeliveryHub,
  alerts: number,
  operations: number,
): MicroCase {
  let atMs = START_MS;
  return {
    name,
    unit,
    operations,
    batch: () => {
      atMs += 1_000;
      const begun = brakingAlerts(alerts, atMs);
      return () => {
        for (const alert of begun) hub.publish([alert], undefined, atMs);
        // Ended at once, so that live alerts do not pile up: half of the time is that of the end.
        for (const alert of begun) hub.publish([ended(alert)], undefined, atMs);
      };
    },
  };
}

function ended(alert: Alert): Alert {
  return { ...alert, state: "ended", revision: alert.revision + 1 };
}
