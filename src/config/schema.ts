import { z } from "zod";
import { access, oidc, session } from "./access-schema.ts";
import { playback } from "./playback.ts";
import { bytes, KIB, MIB, path, port } from "./schema-parts.ts";
import { webhooks } from "./webhooks.ts";

/** Frames are at most 256 KiB (`MAX_FRAME_BYTES` of the protocol); smaller limits shut out lawful batches. */
const FRAME_BYTES = 256 * 1024;

const listen = z.strictObject({
  host: z
    .string()
    .min(1)
    .max(255)
    .default("127.0.0.1")
    .describe("Address that both lanes listen on. Anything but loopback needs authentication."),
  port: port()
    .default(8080)
    .describe("Port of HTTP (health, metrics) and streams; 0 lets the system choose."),
  fastLanePort: port()
    .default(8081)
    .describe("Port of the fast lane: the same streams through uWebSockets.js; 0 lets the system choose."),
  fastLaneEngine: z
    .enum(["auto", "uws", "ws", "off"])
    .default("auto")
    .describe(
      "Engine of the fast lane. `auto` takes uWebSockets.js where it loads and passes its self-test, else `ws`; " +
        "`uws` refuses to start without it; `off` opens no fast lane.",
    ),
  allowUnauthenticated: z
    .boolean()
    .default(false)
    .describe("Listen beyond loopback although nobody is asked who they are. For closed networks only."),
  tlsCertFile: path()
    .optional()
    .describe("Certificate chain of the server, PEM; both lanes then speak TLS. Read again when it changes."),
  tlsKeyFile: path().optional().describe("Private key of the server, PEM. Read again when it changes."),
  tlsClientCaFile: path()
    .optional()
    .describe(
      "Certificates of the authorities whose client certificates are believed, PEM. Clients are asked for theirs then.",
    ),
  tlsClientCrlFile: path()
    .optional()
    .describe(
      "Lists of certificates that those authorities have revoked, PEM; read again when it changes. Needs one for each " +
        "authority; clients of an authority whose list is missing or outdated are not believed. The fast lane runs on ws then.",
    ),
  clientCertificates: z
    .enum(["optional", "required"])
    .default("optional")
    .describe(
      "Whether a client without a certificate may present a token instead, where listen.tlsClientCaFile is set.",
    ),
  tlsEndsAtProxy: z
    .boolean()
    .default(false)
    .describe(
      "A proxy before the server ends TLS: tokens may then come in plain text also where the server listens beyond loopback.",
    ),
  drainTimeoutMs: z
    .int()
    .min(0)
    .max(300_000)
    .default(10_000)
    .describe("Time that connections get to finish at shutdown before they are cut."),
});

const limits = z.strictObject({
  maxMessageBytes: bytes(1 * KIB, 16 * MIB)
    .default(FRAME_BYTES)
    .describe("Largest message that a client may send; larger ones close the connection."),
  maxBufferedBytes: bytes(FRAME_BYTES, 256 * MIB)
    .default(1 * MIB)
    .describe("Bytes kept per connection for the network before its outbox holds back."),
  idleTimeoutMs: z
    .int()
    .min(8_000)
    .max(960_000)
    .default(32_000)
    .describe("A connection silent for this long, pings unanswered, is cut."),
  maxConnections: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe("Connections per lane; more are refused with 503."),
  maxSessions: z
    .int()
    .min(1)
    .max(65_535)
    .default(10_000)
    .describe("Producer sessions at a time; more are refused. Recordings number them with 16 bits."),
  helloTimeoutMs: z
    .int()
    .min(100)
    .max(120_000)
    .default(10_000)
    .describe("Time that a producer has for its hello."),
  maxItemsPerSecondPerSource: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(20_000)
    .describe("Items that one source may send per second on average; items beyond it are shed and counted."),
  burstItemsPerSource: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(40_000)
    .describe("Items that one source may send at once after a pause."),
  shedWhenOverloaded: z
    .boolean()
    .default(true)
    .describe(
      "Takes less of every source while the server cannot follow, the same limit for all, so that safety messages, which " +
        "always pass, stay fast. Without it TCP holds all producers back, and everything is late.",
    ),
});

const track = z.strictObject({
  maxStations: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(500_000)
    .describe("Stations followed at a time, about 1 kB each; reports of further ones are rejected."),
});

const roads = z.strictObject({
  map: path()
    .optional()
    .describe(
      "Map of the roads, a GeoJSON file as `roadpulse map build` writes it. Without one, alerts name no roads and " +
        "detectors that need a map are off.",
    ),
  zones: path()
    .optional()
    .describe(
      "Areas that people know by name, e.g. ports, for the console and `/v1/zones`: a GeoJSON file of polygons with the " +
        "properties `name` and, for ports and water, `kind` (`port`, `water`).",
    ),
  baseMap: path()
    .optional()
    .describe(
      "Tiles that the console draws below the roads: a PMTiles archive (version 3, pictures or vector tiles) or a folder of " +
        "tiles (`zoom/column/row.png`). They come from this server only. Without one, roads and zones are all that is drawn.",
    ),
  baseMapAttribution: z
    .string()
    .max(200)
    .optional()
    .describe("Who made the base map, shown at the map's foot; what the archive says where absent."),
});

const detection = z.strictObject({
  settings: path()
    .optional()
    .describe(
      "JSON file with settings of the detectors, everywhere or per area, as docs/detection-parameters.md describes them. " +
        "Their defaults where absent.",
    ),
});

const deliver = z.strictObject({
  ringTransitions: z
    .int()
    .min(100)
    .max(1_000_000)
    .default(10_000)
    .describe("Alert transitions kept for subscribers that resume, about 2 kB each."),
  outboxBytes: bytes(64 * KIB, 256 * MIB)
    .default(1 * MIB)
    .describe("Alerts kept for a subscriber that reads too slowly, on top of its connection's buffer."),
  slowConsumerAgeMs: z
    .int()
    .min(100)
    .max(600_000)
    .default(10_000)
    .describe(
      "Age of the oldest waiting alert at which a slow subscriber is disconnected; it resumes by cursor.",
    ),
  maxSubscriptionsPerSession: z
    .int()
    .min(1)
    .max(1_000)
    .default(16)
    .describe("Subscriptions that one session may hold."),
  stationLabelKey: z
    .string()
    .min(16)
    .max(1_024)
    .optional()
    .meta({ secret: true })
    .describe("Key of the hash under which stations leave the server. Random at every start where absent."),
});

const store = z.strictObject({
  directory: path()
    .optional()
    .describe(
      "Folder of the alert log, of its index for `roadpulse history` and of what a restart goes on with. Without one, " +
        "alerts are kept in memory only and a restart begins anew.",
    ),
  sync: z
    .enum(["every", "interval", "none"])
    .default("interval")
    .describe(
      "When alert transitions go from the operating system, which has them before they are announced, to the disk. " +
        "`every`: also before; `interval`: within store.syncIntervalMs, so that only a loss of power can lose them; " +
        "`none`: when the system likes.",
    ),
  syncIntervalMs: z
    .int()
    .min(1)
    .max(1_000)
    .default(5)
    .describe(
      "Alert transitions of so much time may be lost with the power, where store.sync is `interval`.",
    ),
  maxAgeDays: z
    .int()
    .min(1)
    .max(3_650)
    .default(7)
    .describe(
      "Alert transitions older than this are removed. They hold places and times, but no station ids.",
    ),
  maxBytes: bytes(64 * MIB, 1_024 * 1_024 * MIB)
    .default(1_024 * MIB)
    .describe("Size of the alert log; beyond it the oldest transitions are removed."),
  history: z
    .boolean()
    .default(true)
    .describe("Keeps an index of the alert log for `roadpulse history`, about as large as the log itself."),
  keepState: z
    .boolean()
    .default(true)
    .describe(
      "Keeps what a restart needs to go on where the server ended: all input since the last saved state, and a second " +
        "process that follows it at low priority and saves states. It takes as much memory and processor time again. " +
        "Without it a restart begins with an empty state and the alerts of the log.",
    ),
  stateIntervalMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(30_000)
    .describe("Time between two saved states: a restart reads the input of about so long again."),
  maxInputBytes: bytes(64 * MIB, 1_024 * 1_024 * MIB)
    .default(4_096 * MIB)
    .describe(
      "Input kept for a restart; beyond it, because no state could be saved, a restart begins empty.",
    ),
});

const record = z.strictObject({
  directory: path()
    .optional()
    .describe(
      "Records all input into a new file of this directory at every start. Nothing is recorded where absent.",
    ),
  file: path().optional().describe("Records all input into exactly this file, which must not exist yet."),
  maxQueueBytes: bytes(1 * MIB, 4_096 * MIB)
    .default(64 * MIB)
    .describe("Input that waits for the disk; beyond it records are dropped from the recording and counted."),
});

const seconds = (most: number) => z.int().min(1).max(most);

const centre = z.strictObject({
  alarms: path()
    .optional()
    .describe(
      "JSON file that changes which alerts are alarms, and how urgent, as docs/alarms.md describes it. The rules that come " +
        "with Roadpulse where absent.",
    ),
  measures: path()
    .optional()
    .describe(
      "YAML file with the rules that propose measures for incidents, as docs/incidents.md describes it. The rules that come " +
        "with Roadpulse where absent.",
    ),
  language: z
    .enum(["de", "en"])
    .default("de")
    .describe(
      "Language in which incidents tell their place, and of the measures that the rules which come with Roadpulse propose; " +
        "rules of your own (centre.measures) stay as they are written. The console's language is chosen by each operator.",
    ),
  keepDays: z
    .int()
    .min(1)
    .max(3_650)
    .default(90)
    .describe(
      "What operators did (incidents with their logs, acknowledgements, verdicts) is removed when it is older; what is not " +
        "closed stays. It holds names of operators.",
    ),
  maxBytes: bytes(16 * MIB, 64 * 1_024 * MIB)
    .default(512 * MIB)
    .describe("Size of the journal of what operators did; beyond it the oldest part is removed."),
  acknowledgeWithinS: seconds(86_400)
    .default(180)
    .describe("Time to acknowledge an incident; then it escalates."),
  respondWithinS: seconds(86_400)
    .default(900)
    .describe("Time until somebody is at work on an incident; then it escalates."),
  resolveWithinS: seconds(604_800)
    .default(7_200)
    .describe("Time until an incident is resolved; then it escalates."),
  acknowledgementHoldsS: seconds(86_400)
    .default(1_800)
    .describe(
      "An acknowledged incident that is assigned to nobody for this long is new again, and escalates, unless the operator " +
        "asked for another time.",
    ),
});

const log = z.strictObject({
  level: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
    .default("info")
    .describe("Least severity that is logged."),
  format: z
    .enum(["auto", "json", "pretty"])
    .default("auto")
    .describe(
      "`json` lines on stdout or `pretty` ones on stderr; `auto` is pretty where stderr is a terminal.",
    ),
});

const demo = z.strictObject({
  recording: path()
    .optional()
    .describe("Recording that the demo plays in a loop. A recording of ours where absent."),
  speed: z
    .number()
    .min(0.1)
    .max(10)
    .default(1)
    .describe(
      "Speed of the demo; 1 is real time. At others stations seem to move so many times as fast as they report, which " +
        "plausibility checks reject when it goes too far.",
    ),
});

/** Every key of the configuration. Defaults stand here only. */
export const configSchema = z.strictObject({
  listen: listen.prefault({}).describe("Where the server listens."),
  access: access
    .prefault({})
    .describe(
      "Who may take part. Where nothing of keys, secret, certificates, accounts and oidc.issuer is set, everybody may.",
    ),
  session: session.prefault({}).describe("Sessions of people who have logged in."),
  oidc: oidc.prefault({}).describe("Logging in with an OpenID Connect provider."),
  limits: limits.prefault({}).describe("What one client may ask of the server."),
  track: track.prefault({}).describe("Following stations."),
  roads: roads.prefault({}).describe("The road network."),
  detection: detection.prefault({}).describe("What the detectors hold for a hazard."),
  deliver: deliver.prefault({}).describe("Delivery to subscribers."),
  store: store.prefault({}).describe("What outlives the server."),
  webhooks: webhooks.prefault({}).describe("Alert transitions sent to receivers over HTTP."),
  record: record.prefault({}).describe("Recording of the input."),
  centre: centre.prefault({}).describe("The work of the traffic centre."),
  playback: playback.prefault({}).describe("Recordings that operators look at again."),
  log: log.prefault({}).describe("The log."),
  demo: demo.prefault({}).describe("The demo."),
  clock: z
    .enum(["live", "replay"])
    .default("live")
    .describe("`replay` takes its time from a recording that a client plays in, instead of from the system."),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** A valid configuration, complete with defaults. */
export type Config = DeepReadonly<z.infer<typeof configSchema>>;
