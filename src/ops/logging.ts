import { type DestinationStream, pino } from "pino";
import { prettyStream } from "./pretty-log.ts";

/** What the program needs of a logger. Fields first, then one sentence in lower case without a full stop. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

export interface LogOptions {
  readonly level: LogLevel;
  /** `auto`: pretty where stderr is a terminal, else JSON. */
  readonly format: "auto" | "json" | "pretty";
  /** Where the lines go; stdout for JSON and stderr for pretty ones where absent. */
  readonly destination?: DestinationStream;
}

/**
 * Fields that never reach the log, at the top and one level below: a station id is a pseudonym of a person's car, and
 * credentials are credentials.
 */
const HIDDEN = [
  "stationId",
  "station_id",
  "stationIds",
  "originatingStationId",
  "originating_station_id",
  "authorization",
  "token",
  "password",
  "stationLabelKey",
];

/** JSON lines on stdout, or single coloured lines on stderr. */
export function createLogger(options: LogOptions): Logger {
  const format = options.format === "auto" ? (process.stderr.isTTY ? "pretty" : "json") : options.format;
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: HIDDEN.flatMap((name) => [name, `*.${name}`]), remove: true },
    ...(format === "json" ? { formatters: { level: (label: string) => ({ level: label }) } } : {}),
  };
  const destination = options.destination ?? (format === "json" ? pino.destination(1) : process.stderr);
  return pino(settings, format === "json" ? destination : prettyStream(destination));
}

/** Says nothing. For tests and libraries. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Kinds of repeated warnings that are told apart; further ones share the last place. */
const MAX_THROTTLED_KINDS = 256;

/**
 * A warning that may come a thousand times a second: the first of a kind is logged, then at most one per interval, with
 * the number of those kept back. `nowMs` is a monotonic clock.
 */
export class ThrottledWarnings {
  readonly #logger: Logger;
  readonly #intervalMs: number;
  readonly #nowMs: () => number;
  readonly #kinds = new Map<string, { loggedAtMs: number; suppressed: number }>();

  constructor(logger: Logger, intervalMs = 10_000, nowMs: () => number = () => performance.now()) {
    this.#logger = logger;
    this.#intervalMs = intervalMs;
    this.#nowMs = nowMs;
  }

  /** `kind` is a fixed word of the program, not text of a client. */
  warn(kind: string, fields: object, message: string): void {
    const key = this.#kinds.has(kind) || this.#kinds.size < MAX_THROTTLED_KINDS ? kind : "";
    const known = this.#kinds.get(key);
    const nowMs = this.#nowMs();
    if (known !== undefined && nowMs - known.loggedAtMs < this.#intervalMs) {
      known.suppressed++;
      return;
    }
    this.#kinds.set(key, { loggedAtMs: nowMs, suppressed: 0 });
    const suppressed = known?.suppressed ?? 0;
    this.#logger.warn(suppressed === 0 ? fields : { ...fields, suppressed }, message);
  }
}
