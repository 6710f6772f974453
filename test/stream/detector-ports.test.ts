import { describe, expect, it } from "vitest";
import type { RoadRoute } from "../../src/domain/road.ts";
import { joinPorts } from "../../src/stream/detector-ports.ts";

const PLACE = { latitudeDeg: 51.4, longitudeDeg: 6.7 };
const ROUTE = {} as RoadRoute;

describe("the ports of detectors", () => {
  it("answer for nobody where no detector provides them", () => {
    const { traffic, trust, identity, conditions, signals } = joinPorts([]);
    expect(traffic.isCongested(PLACE, 0)).toBe(false);
    expect(traffic.levelOn?.(ROUTE, 0)).toBeUndefined();
    expect(trust.trustOf(1)).toBe(0.5);
    expect(identity.roadUserOf(7)).toBe(7);
    expect(conditions.frictionNear(PLACE)).toBeUndefined();
    expect(signals.mayWaitAt(PLACE, 0, 100)).toBe(false);
  });

  it("are congested where one source says so, and know what the first knows", () => {
    const { traffic } = joinPorts([
      { traffic: { isCongested: () => false, levelOn: () => undefined } },
      { traffic: { isCongested: () => true, levelOn: () => "queuing" } },
      { traffic: { isCongested: () => false, levelOn: () => "free" } },
    ]);
    expect(traffic.isCongested(PLACE, 0)).toBe(true);
    expect(traffic.levelOn?.(ROUTE, 0)).toBe("queuing");
  });

  it("take trust from the first that judges and signals from any", () => {
    const { trust, signals } = joinPorts([
      { signals: { mayWaitAt: () => false }, trust: { trustOf: () => 0.9 } },
      { signals: { mayWaitAt: () => true }, trust: { trustOf: () => 0.1 } },
    ]);
    expect(trust.trustOf(1)).toBe(0.9);
    expect(signals.mayWaitAt(PLACE, 0, 50)).toBe(true);
  });
});
