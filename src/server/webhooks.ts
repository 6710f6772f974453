import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { AuditLog } from "../access/audit-log.ts";
import { filesVersion } from "../access/file-version.ts";
import type { Config } from "../config/schema.ts";
import type { DeliveryHub } from "../deliver/delivery-hub.ts";
import { HEALTHY, type HealthCheck } from "../ops/health.ts";
import type { Logger } from "../ops/logging.ts";
import type { WebhookGauges } from "../ops/webhook-series.ts";
import { STORE_FOLDERS } from "../store/store-folders.ts";
import { StateFile } from "../store/store-state.ts";
import { version } from "../version.ts";
import type { CursorFile, SavedCursor } from "../webhook/endpoint-cursor.ts";
import type { EndpointEvent } from "../webhook/endpoint-delivery.ts";
import { readEndpointFile } from "../webhook/endpoint-file.ts";
import { Webhooks } from "../webhook/webhooks.ts";
import { alertMessages } from "./alert-messages.ts";
import type { AlertStore } from "./alert-store.ts";

/** The endpoints of a server, fed from its alert log. */
export interface ServerWebhooks {
  readonly webhooks: Webhooks;
  gauges(): readonly WebhookGauges[];
  /** What an operator should know of endpoints or their file, in sentences; undefined while all is well. */
  warning(): string | undefined;
  close(): Promise<void>;
}

const LOOK_INTERVAL_MS = 25;

/** The file and the secrets that it names are looked at so often, and cursors go to the disk. */
const CARE_INTERVAL_MS = 2_000;

/** Of all endpoints together. */
const MAX_REQUESTS = 32;

export interface WebhookParts {
  readonly config: Config;
  readonly store: AlertStore | undefined;
  readonly hub: DeliveryHub;
  readonly audit: AuditLog | undefined;
  readonly logger: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads the endpoints that the configuration names and begins to tell them; undefined where it names none.
 * @throws WebhookFileError, one sentence, where the file or what it names cannot be used
 */
export async function openWebhooks(parts: WebhookParts): Promise<ServerWebhooks | undefined> {
  const { config, store, logger, env } = parts;
  const path = config.webhooks.file;
  if (path === undefined || store === undefined || config.store.directory === undefined) return undefined;
  const folder = join(config.store.directory, STORE_FOLDERS.webhooks);
  mkdirSync(folder, { recursive: true, mode: 0o750 });
  const webhooks = webhooksOf(parts, store, folder);
  const file = new WatchedFile(path, env, webhooks, logger);
  await file.open();
  const timers = [
    setInterval(() => webhooks.look(), LOOK_INTERVAL_MS),
    setInterval(() => {
      webhooks.sync();
      void file.look();
    }, CARE_INTERVAL_MS),
  ];
  return {
    webhooks,
    gauges: () => webhooks.status().map(({ stats, ...rest }) => ({ ...rest, ...stats })),
    warning: () => warningOf(webhooks, file.fault),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await webhooks.close();
    },
  };
}

function webhooksOf(
  { config, hub, audit, logger }: WebhookParts,
  { log }: AlertStore,
  folder: string,
): Webhooks {
  const isPlayed = config.clock === "replay";
  return new Webhooks({
    sourceOf: ({ subscription }) => alertMessages(log, hub, subscription, isPlayed),
    cursorFileOf: (name) => cursorFile(folder, name),
    maxRequests: MAX_REQUESTS,
    nowMs: () => Date.now(),
    monotonicNowMs: () => performance.now(),
    random: Math.random,
    userAgent: `roadpulse/${version}`,
    onEvent: (event) => tell(event, logger, audit),
  });
}

function cursorFile(folder: string, name: string): CursorFile {
  const file = new StateFile<SavedCursor>(folder, `${name}.cursor`);
  return {
    read: () => file.read(),
    write: (cursor) => file.write(cursor),
    // Nobody waits for it, and a place that is lost only repeats messages.
    sync: () => file.sync(() => undefined),
    close: () => {
      file.syncNow();
      file.close();
    },
  };
}

function tell(event: EndpointEvent, logger: Logger, audit: AuditLog | undefined): void {
  const { kind, name: endpoint } = event;
  switch (kind) {
    case "failing":
      logger.warn({ endpoint, detail: event.detail }, "a webhook cannot be delivered; it is tried again");
      return;
    case "recovered":
      logger.info({ endpoint }, "a webhook is delivered again");
      return;
    case "gap":
      logger.warn(
        { endpoint, reason: event.detail },
        "a webhook's place is not in the log; it gets the present state",
      );
      return;
    case "disabled":
      logger.error(
        { endpoint, detail: event.detail },
        "a webhook is disabled: its receiver wants nothing more",
      );
      audit?.note({ outcome: "refused", act: `webhook ${endpoint}`, address: endpoint, answer: 410 });
  }
}

/** None where there are no webhooks. A receiver that is away makes nobody unready. */
export function webhookChecks(webhooks: ServerWebhooks | undefined): HealthCheck[] {
  if (webhooks === undefined) return [];
  const check = () => {
    const warning = webhooks.warning();
    return warning === undefined ? HEALTHY : ({ ok: true, warning } as const);
  };
  return [{ name: "webhooks", check }];
}

/** More would not be read in one line. */
const MAX_NAMED = 3;

function warningOf(webhooks: Webhooks, fault: string | undefined): string | undefined {
  const warnings = webhooks.status().flatMap(({ warning }) => (warning === undefined ? [] : [warning]));
  const more =
    warnings.length > MAX_NAMED ? [`${warnings.length - MAX_NAMED} more endpoints want a look.`] : [];
  const all = [...(fault === undefined ? [] : [fault]), ...warnings.slice(0, MAX_NAMED), ...more];
  return all.length === 0 ? undefined : all.join(" ");
}

/** The file of endpoints, read again when it or a secret that it names changes. */
class WatchedFile {
  /** Why what stands in the file is not in force. */
  fault: string | undefined;
  readonly #path: string;
  readonly #env: WebhookParts["env"];
  readonly #webhooks: Webhooks;
  readonly #logger: Logger;
  #paths: readonly string[];
  #version = "";
  #isLooking = false;

  constructor(path: string, env: WebhookParts["env"], webhooks: Webhooks, logger: Logger) {
    this.#path = path;
    this.#env = env;
    this.#webhooks = webhooks;
    this.#logger = logger;
    this.#paths = [path];
  }

  async open(): Promise<void> {
    await this.#read();
    this.#version = filesVersion(this.#paths);
  }

  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const version = filesVersion(this.#paths);
      // What was missing may lie elsewhere: a file that could not be used is read until it can be.
      if (version === this.#version && this.fault === undefined) return;
      this.#version = version;
      await this.#read();
      this.#version = filesVersion(this.#paths);
      this.fault = undefined;
    } catch (error) {
      this.#tell(`${(error as Error).message} The endpoints before it stay in force.`);
    } finally {
      this.#isLooking = false;
    }
  }

  #tell(fault: string): void {
    if (fault === this.fault) return;
    this.fault = fault;
    this.#logger.error({ fault }, "the changed file of webhooks cannot be used");
  }

  async #read(): Promise<void> {
    const { endpoints, paths } = await readEndpointFile(this.#path, this.#env);
    await this.#webhooks.apply(endpoints);
    this.#paths = paths;
    const names = endpoints.map(({ name }) => name);
    this.#logger.info({ endpoints: names.length, names: names.slice(0, 10) }, "the webhooks are read");
  }
}
