import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { CertificateBook } from "../../src/access/certificates.ts";
import { ClaimsError, readRights } from "../../src/access/claims.ts";
import { KeyRing } from "../../src/access/key-ring.ts";
import { readKeySet } from "../../src/access/key-set.ts";
import { TokenVerifier } from "../../src/access/tokens.ts";
import { loadConfig } from "../../src/config/load.ts";
import { DetectionSettingsError, readDetectionSettings } from "../../src/detect/settings.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { parseTruth } from "../../src/evaluate/read-truth.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { Pipeline } from "../../src/pipeline.ts";
import { importOdeFrom } from "../../src/recording/import/ode.ts";
import { importTrajectoriesFrom } from "../../src/recording/import/trajectories.ts";
import { readRecording } from "../../src/recording/reader.ts";
import { takeToken } from "../../src/wire/authenticate.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { peekFrame } from "../../src/wire/peek.ts";
import { withinLimits } from "../../src/wire/publish-limits.ts";
import {
  decodeReplayProgress,
  decodeReplayRecord,
  decodeSessionEvent,
} from "../../src/wire/replay-record.ts";
import { decodeServerMessage, encodeWelcome } from "../../src/wire/server-message.ts";
import { decodeSubscriberMessage, encodeSubscribe } from "../../src/wire/subscriber-message.ts";
import { FuzzedFrames } from "../decode/fuzzed-frames.ts";
import { inputOf } from "../recording/import/import-support.ts";
import { damagedBytes, damagedJson, hostileJson, pollution } from "./hostile.ts";
import { RUNS, survives, survivesAwaiting, TIMEOUT_MS } from "./survives.ts";

afterEach(() => {
  expect(pollution()).toEqual([]);
});

const fuzzed = new FuzzedFrames(4_711);
const frames = Array.from({ length: 200 }, () => new Uint8Array(fuzzed.next()));
const anyFrame = fc.oneof(fc.uint8Array({ maxLength: 400 }), damagedBytes(frames));
const subscribe = encodeSubscribe({
  subscriptionId: "a",
  area: { form: "circle", center: { latitudeDeg: 51, longitudeDeg: 6 }, radiusM: 500 },
  filter: {
    causeCodes: [94],
    kinds: ["congestion"],
    minSeverity: 2,
    minConfidencePct: 0,
    confirmedOnly: true,
  },
  positionsIntervalMs: 500,
  resume: { epoch: 1, sequence: 2 },
});
const welcome = encodeWelcome({
  epoch: 1,
  serverTimeMs: 2,
  version: "3",
  schemaMinor: 1,
  maxMessageBytes: 5,
  maxItems: 6,
  heartbeatMs: 7,
});
const anyMessage = fc.oneof(anyFrame, damagedBytes([subscribe, welcome]));

const DECODERS: readonly (readonly [string, (bytes: Uint8Array) => unknown])[] = [
  ["SubscriberMessage", decodeSubscriberMessage],
  ["ServerMessage", decodeServerMessage],
  ["ReplayRecord", decodeReplayRecord],
  ["ReplayProgress", decodeReplayProgress],
  ["SessionEvent", decodeSessionEvent],
  ["the look at a frame before admission", peekFrame],
  ["the token of a first message", (bytes) => takeToken(subprotocol.ingest, bytes)],
  ["limits of a token", (bytes) => withinLimits(bytes, LIMITS)],
];

const LIMITS = {
  sources: ["rsu-*"],
  stationIds: [{ first: 1, last: 9 }],
  areas: [{ southDeg: 0, westDeg: 0, northDeg: 60, eastDeg: 60 }],
  causeCodes: new Set([94]),
  itemsPerSecond: 5,
};

describe("decoders take any bytes", () => {
  it.each(DECODERS)("%s", { timeout: TIMEOUT_MS }, (_name, decode) => survives(anyMessage, decode));

  it("the whole pipeline, with every item in one counter", { timeout: TIMEOUT_MS }, () => {
    const pipeline = new Pipeline();
    let nowMs = 1_790_000_000_000;
    const subscription = pipeline.alerts$.subscribe();
    pipeline.push({ kind: "session-opened", receivedAtMs: pipeline.stamp(nowMs), slot: 1 });
    const hello = encodeIngestFrame({ hello: { source_id: "fuzz", kind: 3 }, items: [] });
    pipeline.push({ kind: "message", receivedAtMs: pipeline.stamp(nowMs), slot: 1, bytes: hello });
    survives(anyFrame, (bytes) => {
      nowMs += 3;
      pipeline.push({ kind: "message", receivedAtMs: pipeline.stamp(nowMs), slot: 1, bytes });
    });
    subscription.unsubscribe();
    for (const source of pipeline.counters.sources.values()) expect(source.unaccounted).toBe(0);
    expect([...pipeline.counters.faults.counts]).toEqual([]);
  });
});

const smallMap = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { kind: "link", id: "a", route: "A1", direction: "north", fromM: 0, toM: 1000, lanes: 2 },
      geometry: {
        type: "LineString",
        coordinates: [
          [6.7, 51.4],
          [6.71, 51.41],
        ],
      },
    },
  ],
};
const duisburg = JSON.parse(readFileSync("fixtures/maps/duisburg.geojson", "utf8"));
const partOfDuisburg = { ...duisburg, features: duisburg.features.slice(0, 6) };

const isNamed =
  (...names: string[]) =>
  (error: Error): boolean =>
    names.includes(error.name);

/** Reads JSON as a file's reader does. */
const parsed =
  (take: (value: unknown) => unknown) =>
  (text: string): unknown => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    return take(value);
  };

describe("readers of JSON take any document, or say in a sentence what is wrong", () => {
  it.each([
    ["a small map", smallMap],
    ["a part of a real one", partOfDuisburg],
  ])("maps: %s", { timeout: TIMEOUT_MS }, (_name, map) =>
    survives(fc.oneof(hostileJson, damagedJson(map)), parsed(readRoadMap), isNamed("RoadMapError")),
  );

  it("truth", { timeout: TIMEOUT_MS }, () => {
    const truth = { version: 1, durationS: 60, hazards: [{ kind: "stationary-vehicle", fromS: 3, toS: 9 }] };
    survives(fc.oneof(hostileJson, damagedJson(truth)), parsed(parseTruth), isNamed("EvaluationError"));
  });

  it("settings of detectors", { timeout: TIMEOUT_MS }, () => {
    const settings = { "emergency-braking": { minDurationMs: 500 } };
    survives(
      fc.oneof(hostileJson, damagedJson(settings)),
      parsed(readDetectionSettings),
      (error) => error instanceof DetectionSettingsError,
    );
  });

  it("the configuration", { timeout: TIMEOUT_MS }, () => {
    const file = join(mkdtempSync(join(tmpdir(), "roadpulse-fuzz-")), "config.json");
    survives(fc.oneof(hostileJson, damagedJson({ listen: { port: 1 }, access: { keys: "x" } })), (text) => {
      writeFileSync(file, text);
      loadConfig({ file });
    });
  });

  it("claims of a token", { timeout: TIMEOUT_MS }, () => {
    const claims = {
      sub: "a",
      scope: "publish",
      roadpulse: {
        sources: ["x*"],
        station_ids: [1, "2-3"],
        areas: [[1, 2, 3, 4]],
        causes: [94],
        items_per_second: 5,
      },
    };
    survives(
      fc.oneof(hostileJson, damagedJson(claims)),
      parsed(
        (value) =>
          typeof value === "object" && value !== null && readRights(value as Record<string, unknown>),
      ),
      (error) => error instanceof ClaimsError,
    );
  });

  it("key sets and the file of certificates", { timeout: TIMEOUT_MS }, () => {
    const jwks = {
      keys: [
        { kty: "oct", k: "A".repeat(60), kid: "k" },
        { kty: "EC", crv: "P-256", x: "A", y: "B" },
      ],
    };
    survives(
      fc.oneof(hostileJson, damagedJson(jwks)),
      (text) => readKeySet(text, true),
      () => true,
    );
    const file = join(mkdtempSync(join(tmpdir(), "roadpulse-fuzz-")), "identities.json");
    const identities = { identities: [{ match: { commonName: "a*" }, scope: "publish" }] };
    survives(
      fc.oneof(hostileJson, damagedJson(identities)),
      (text) => {
        writeFileSync(file, text);
        return new CertificateBook(
          file,
          () => 0,
          () => undefined,
        );
      },
      (error) => error.message.startsWith(file),
    );
  });
});

it("tokens: any text is refused, never believed", { timeout: TIMEOUT_MS }, async () => {
  const ring = new KeyRing({ secret: "s".repeat(40), nowMs: Date.now, onFault: () => undefined });
  const verifier = new TokenVerifier(ring, { audience: "roadpulse", clockToleranceS: 0 }, Date.now);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { sub: "a", aud: "roadpulse", exp: 9e9, scope: "admin" };
  const good = ["HS256", "none", "RS256", "ES256", "hs256"].map(
    (alg) => `${part({ alg })}.${part(claims)}.AAAA`,
  );
  const texts = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.constantFrom(...good),
    damagedBytes(good.map((token) => Buffer.from(token))).map((bytes) =>
      Buffer.from(bytes).toString("latin1"),
    ),
    hostileJson.map((text) => `${part({ alg: "HS256" })}.${Buffer.from(text).toString("base64url")}.AAAA`),
  );
  await survivesAwaiting(texts, async (token) => {
    verifier.screen(token);
    expect(await verifier.verify(token)).toHaveProperty("refused");
  });
});

/** Files are written for each input: dearer by a thousand. */
const FILE_RUNS = Math.max(20, Math.floor(RUNS / 10));

describe("importers take any file", () => {
  const out = () => join(mkdtempSync(join(tmpdir(), "roadpulse-fuzz-")), "out.mcap");
  const csv =
    "t_ms,id,lat,lon,type,speed_mps\n1790000000000,7,51.4,6.7,car,12\n1790000000100,7,51.4001,6.7,car,12\n";
  const ode = JSON.stringify({
    metadata: {
      recordGeneratedAt: "2026-01-01T00:00:00Z",
      payloadType: "us.dot.its.jpo.ode.model.OdeBsmPayload",
    },
    payload: {
      data: { coreData: { id: "A1", secMark: 5, position: { latitude: 41, longitude: -105 }, speed: 3 } },
    },
  });

  it.each([
    ["CSV", csv, importTrajectoriesFrom],
    ["JSON of the ODE", ode, importOdeFrom],
  ] as const)("%s", { timeout: TIMEOUT_MS }, async (_name, sample, importFrom) => {
    const file = out();
    await survivesAwaiting(
      fc.oneof(damagedBytes([Buffer.from(sample)]), fc.uint8Array()),
      (bytes) => importFrom(inputOf(bytes, 64), file),
      { runs: FILE_RUNS },
    );
  });

  it("recordings", { timeout: TIMEOUT_MS }, async () => {
    const name = readdirSync("fixtures/recordings").find((file) => file.endsWith(".mcap")) ?? "";
    const whole = readFileSync(join("fixtures/recordings", name)).subarray(0, 60_000);
    const file = out();
    await survivesAwaiting(
      damagedBytes([whole]),
      async (bytes) => {
        writeFileSync(file, bytes);
        for await (const records of readRecording(file)) expect(records.length).toBeGreaterThan(0);
      },
      { runs: FILE_RUNS, mayThrow: ({ message }) => /^.{10,400}$/s.test(message) },
    );
  });
});
