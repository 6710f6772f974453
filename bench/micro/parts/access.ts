import { RateQuota } from "../../../src/access/quotas.ts";
import { type AccessLimits, type Identity, NO_LIMITS } from "../../../src/domain/access.ts";
import { BoundedTally } from "../../../src/domain/counters.ts";
import type { ProducerSessions } from "../../../src/ingest/producer-sessions.ts";
import { Gatekeeper } from "../../../src/server/access/gatekeeper.ts";
import { LimitedProducer } from "../../../src/server/access/limited-producer.ts";
import type { Connection } from "../../../src/transport/transport.ts";
import { type MicroCase, type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";
import { pipelineWith } from "./pipeline.ts";

const BATCH = 50;
const SWEEPS = 10;

/** Limits that every report keeps: what is measured is looking, not refusing. */
const EVERY_STATION = [{ first: 0, last: 0xffff_ffff }];
const WORLD = [{ southDeg: -90, westDeg: -180, northDeg: 90, eastDeg: 180 }];
const LIMITS: Readonly<Record<string, AccessLimits>> = {
  "sources of a hello": { ...NO_LIMITS, sources: ["bench"] },
  "stations, areas, causes": {
    ...NO_LIMITS,
    stationIds: EVERY_STATION,
    areas: WORLD,
    causeCodes: new Set([94, 97]),
  },
};

const NEVER_FULL = 1e9;

/** What the limits of a producer's credentials add to a report on its way through the whole pipeline. */
export function accessPart({ stations, settlingSweeps }: MicroSize): MicroPart {
  const vehicles = Math.max(BATCH, Math.round(stations / 10));
  const cases = [1, BATCH].flatMap((reportsPerMessage) => [
    caseOf("no limits", reportsPerMessage, vehicles, settlingSweeps, undefined, undefined),
    caseOf("items a second", reportsPerMessage, vehicles, settlingSweeps, NO_LIMITS, NEVER_FULL),
    ...Object.entries(LIMITS).map(([name, limits]) =>
      caseOf(name, reportsPerMessage, vehicles, settlingSweeps, limits, undefined),
    ),
  ]);
  return {
    name: "access",
    note: "the whole pipeline without sockets, behind the check of what the credentials of a producer permit; nothing is refused",
    cases,
  };
}

function caseOf(
  name: string,
  reportsPerMessage: number,
  vehicles: number,
  settlingSweeps: number,
  limits: AccessLimits | undefined,
  itemsPerSecond: number | undefined,
): MicroCase {
  const { pipeline, stream } = pipelineWith({ vehicles, reportsPerMessage, seed: 1 });
  let receivedAtMs = 0;
  const push = (bytes: Uint8Array): void => {
    sink.sum += pipeline.push({ kind: "message", receivedAtMs, slot: 1, bytes })?.accepted ?? 0;
  };
  const take = limits === undefined ? push : limitedBy(limits, itemsPerSecond, push);
  const work = (sweeps: number) => {
    const records = Array.from({ length: sweeps }, () => stream.sweep()).flat();
    return () => {
      for (const record of records) {
        receivedAtMs = record.receivedAtMs;
        take(record.bytes);
      }
    };
  };
  work(settlingSweeps)();
  return {
    name: `${name}, ${reportsPerMessage} per message`,
    unit: "report",
    operations: SWEEPS * vehicles,
    batch: () => work(SWEEPS),
  };
}

function limitedBy(
  limits: AccessLimits,
  itemsPerSecond: number | undefined,
  push: (bytes: Uint8Array) => void,
): (bytes: Uint8Array) => void {
  const identity: Identity = {
    subject: "bench",
    name: "bench",
    agency: "centre",
    via: "token",
    scopes: new Set(["publish"]),
    limits,
    expiresAtMs: Number.POSITIVE_INFINITY,
  };
  const gatekeeper = new Gatekeeper({
    tokens: undefined,
    certificates: undefined,
    sessions: undefined,
    secure: false,
    audit: undefined,
    refusals: new BoundedTally(),
    firstMessageMayAuthenticate: false,
    maxConnectionsPerIdentity: 1,
    maxSubscriptionsPerIdentity: 1,
    maxItemsPerSecondPerIdentity: undefined,
    nowMs: () => performance.now(),
  });
  // Only what a producer of the server would be asked for here.
  const producers = {
    message: (_: Connection, bytes: Uint8Array) => push(bytes),
  } as unknown as ProducerSessions;
  const connection = { remoteAddress: "127.0.0.1" } as Connection;
  const rate = itemsPerSecond === undefined ? undefined : new RateQuota(itemsPerSecond, itemsPerSecond);
  const producer = new LimitedProducer(producers, connection, identity, gatekeeper, rate);
  return (bytes) => producer.message(bytes);
}
