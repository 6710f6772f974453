import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { EVERY_ALERT, type Subscription } from "../../src/domain/subscription.ts";
import { createLogger } from "../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { encodeIngestFrame, type WireIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { encodeSubscribe, toWireSubscribe } from "../../src/wire/subscriber-message.ts";
import { Producer, StreamClient } from "../support/stream-client.ts";

/** Ids that no figure, time or place has by chance: below and above 2^31, so that signed ones would be found as well. */
const CANARIES = Array.from({ length: 40 }, (_, i) => (0x5ca1ab1e + i * 0x0101_0107) >>> 0);

let server: RunningServer | undefined;
afterEach(async () => {
  await server?.stop();
});

/** Everything that comes out of the server, as bytes. */
class Outlet {
  readonly #heard = new Map<string, Buffer[]>();

  hear(where: string, bytes: string | Uint8Array): void {
    this.#heard.set(where, [...(this.#heard.get(where) ?? []), Buffer.from(bytes)]);
  }

  listen(where: string, client: StreamClient): StreamClient {
    client.socket.on("message", (data: Buffer) => this.hear(`${where}, bytes`, data));
    client.socket.on("close", (_, reason) => this.hear(`${where}, close`, reason));
    return client;
  }

  /** Where an id is found, in any form that it could have. */
  findings(ids: readonly number[]): string[] {
    return [...this.#heard].flatMap(([where, parts]) => {
      const bytes = Buffer.concat(parts);
      const text = bytes.toString("latin1").toLowerCase();
      return ids.flatMap((id) =>
        formsOf(id).flatMap((form) => (isIn(form, bytes, text) ? [`${where}: ${id} as ${form}`] : [])),
      );
    });
  }

  get places(): string[] {
    return [...this.#heard.keys()];
  }
}

function isIn(form: string | Buffer, bytes: Buffer, text: string): boolean {
  return typeof form === "string" ? text.includes(form) : bytes.includes(form);
}

function formsOf(id: number): (string | Buffer)[] {
  const [little, big] = [Buffer.alloc(4), Buffer.alloc(4)];
  little.writeUInt32LE(id);
  big.writeUInt32BE(id);
  const hex = id.toString(16).padStart(8, "0");
  return [String(id), String(id | 0), id.toLocaleString("en"), hex, little.toString("hex"), little, big];
}

async function start(outlet: Outlet, directory: string): Promise<RunningServer> {
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.drainTimeoutMs": 1_000,
      "store.directory": directory,
      "store.keepState": false,
    },
  });
  if (isConfigProblems(config)) throw new Error(config.map(({ message }) => message).join(" "));
  const destination = { write: (line: string) => outlet.hear("log", line) };
  return startServer(config, { logger: createLogger({ level: "trace", format: "json", destination }) });
}

const wanted = (over: Partial<Subscription> = {}): Subscription => ({
  subscriptionId: "all",
  area: { form: "everywhere" },
  filter: EVERY_ALERT,
  positionsIntervalMs: 100,
  resume: undefined,
  ...over,
});

const place = (metres: number) => ({
  latitude_e7: 514_300_000,
  longitude_e7: 67_600_000 + Math.round(metres * 144),
});

/** Good and bad messages of all kinds; every one speaks of other ids. */
function messagesOf(ids: Iterator<number>): WireIngestItem[] {
  const next = (): number => ids.next().value as number;
  const cam = (over: object = {}, more: Partial<WireIngestItem> = {}): WireIngestItem => ({
    station_id: next(),
    awareness: { ...place(next() % 100), speed_cmps: 2_500, heading_ddeg: 900, station_type: 6, ...over },
    ...more,
  });
  const notice = (cause: number, over: object = {}): WireIngestItem => ({
    station_id: next(),
    hazard: {
      event: { originating_station_id: next(), sequence_number: 1 },
      position: place(500),
      cause_code: cause,
      sub_cause_code: 1,
      information_quality: 5,
      station_type: 6,
      linked_events: [{ originating_station_id: next(), sequence_number: 2 }],
      ...over,
    },
  });
  return [
    cam(),
    cam({ control_bits: 4, longitudinal_acceleration_cmps2: -900 }),
    cam({ heading_ddeg: 9_999 }),
    cam({ latitude_e7: 900_000_001 }),
    cam({}, { time_offset_ms: -86_400_000 }),
    cam({}, { original_payload: new Uint8Array(9_000) }),
    { station_id: next() },
    notice(94),
    notice(10),
    notice(0),
    notice(9, { position: null, termination: 1 }),
    { station_id: next(), perceived: { reference_position: place(0), station_type: 6, objects: [] } },
    { station_id: next(), automation: { kind: 5, position: place(700), occurrence: 1, speed_cmps: 500 } },
    { station_id: next(), automation: { kind: 0, position: place(700) } },
    { station_id: next(), sensor: { sensor_name: "" } },
  ];
}

/** Drives one lane with a vehicle and a roadside unit; resolves when an alert and positions were told. */
async function drive(url: string, lane: string, ids: Iterator<number>, outlet: Outlet): Promise<void> {
  const subscriber = outlet.listen(`${lane} subscriber`, await StreamClient.open(url, subprotocol.alerts));
  subscriber.send(encodeSubscribe(wanted()));
  await subscriber.next("subscribed");
  const ahead = wanted({
    subscriptionId: "ahead",
    area: { form: "ahead", stationId: ids.next().value as number, distanceM: 500 },
  });
  subscriber.send(encodeSubscribe(ahead));
  await subscriber.next("problem");
  const unit = await Producer.open(url, `${lane}-unit`);
  outlet.listen(`${lane} unit`, unit.client);
  const items = messagesOf(ids);
  await unit.sendItems(...items);
  await unit.sendItems(...items);
  const vehicle = await Producer.open(url, `${lane}-fleet`, { kind: 1 });
  outlet.listen(`${lane} vehicle`, vehicle.client);
  const own = ids.next().value as number;
  await vehicle.sendItems({
    station_id: own,
    receiver_id: own,
    hazard: {
      event: { originating_station_id: own, sequence_number: 7 },
      position: place(5_000),
      cause_code: 94,
      sub_cause_code: 2,
    },
  });
  const foreign = wanted({ area: { form: "ahead", stationId: ids.next().value as number, distanceM: 500 } });
  await send(vehicle, { subscribe: toWireSubscribe(foreign) });
  await vehicle.client.next("problem");
  await vehicle.send({ hello: { source_id: `${lane}-fleet`, kind: 3 } });
  vehicle.client.send(Buffer.from(String(ids.next().value)));
  await subscriber.next("positions", ({ positions }) => positions.length > 0);
  await subscriber.next("alerts", ({ deliveries }) => deliveries.some(({ alert }) => alert.causeCode === 94));
  for (const client of [subscriber, unit.client, vehicle.client])
    outlet.hear(`${lane}, decoded`, JSON.stringify(client.heard));
}

async function send(producer: Producer, frame: WireIngestFrame): Promise<void> {
  producer.client.send(encodeIngestFrame({ base_time_unix_ms: Date.now(), ...frame }));
}

/** All files below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

test("no station id comes out of a server: not in logs, metrics, answers, receipts, problems, alerts, positions or the alert log", async () => {
  const outlet = new Outlet();
  const directory = mkdtempSync(join(tmpdir(), "roadpulse-privacy-"));
  server = await start(outlet, directory);
  const used: number[] = [];
  let at = 0;
  const ids: Iterator<number> = {
    next: () => {
      const id = CANARIES[at++ % CANARIES.length] as number;
      used.push(id);
      return { value: id };
    },
  };
  await drive(server.streamUrl, "http", ids, outlet);
  await drive(server.fastLaneUrl ?? server.streamUrl, "fast", ids, outlet);
  for (const path of ["/livez", "/readyz", "/version", "/metrics", "/v1/sources"]) {
    const response = await fetch(server.httpUrl + path);
    outlet.hear(`GET ${path}`, await response.text());
  }
  await server.stop();
  for (const file of filesBelow(directory)) outlet.hear("alert log", readFileSync(file));
  expect(outlet.places).toEqual(
    expect.arrayContaining(["log", "alert log", "GET /metrics", "GET /v1/sources", "fast subscriber, bytes"]),
  );
  expect(outlet.findings([...new Set(used)])).toEqual([]);
});
