import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach } from "vitest";
import type { DeliveryHub } from "../../src/deliver/delivery-hub.ts";
import { alertMessages } from "../../src/server/alert-messages.ts";
import type { DurableAlertLog, DurableAlertLogOptions } from "../../src/store/durable-alert-log.ts";
import type { CursorFile, SavedCursor } from "../../src/webhook/endpoint-cursor.ts";
import type { EndpointEvent } from "../../src/webhook/endpoint-delivery.ts";
import { readEndpointFile } from "../../src/webhook/endpoint-file.ts";
import { Webhooks } from "../../src/webhook/webhooks.ts";
import { alert, makeHub, START_MS } from "../deliver/world.ts";
import { openLog } from "../store/alert-log-world.ts";
import { temporaryFolder } from "../store/folders.ts";
import { SECRET } from "./receiver.ts";

const open: WebhookWorld[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.end();
});

export interface WorldOptions {
  readonly folder?: string;
  readonly log?: Partial<DurableAlertLogOptions>;
  readonly random?: () => number;
  readonly nowMs?: () => number;
  readonly maxRequests?: number;
  /** Where cursors stand; another world with the same ones is the same server after a restart. */
  readonly cursors?: Map<string, SavedCursor>;
  readonly cursorFileOf?: (name: string) => CursorFile;
}

/** An alert log with its hub and the webhooks over it, in this process, against real receivers. */
export class WebhookWorld {
  readonly folder: string;
  readonly log: DurableAlertLog;
  readonly hub: DeliveryHub;
  readonly webhooks: Webhooks;
  readonly events: EndpointEvent[] = [];
  readonly cursors: Map<string, SavedCursor>;
  readonly #timer: NodeJS.Timeout;
  #alerts = 0;

  constructor(options: WorldOptions = {}) {
    this.folder = options.folder ?? temporaryFolder();
    this.log = openLog(this.folder, options.log);
    this.hub = makeHub({ log: this.log }).hub;
    this.cursors = options.cursors ?? new Map();
    this.webhooks = new Webhooks({
      sourceOf: ({ subscription }) => alertMessages(this.log, this.hub, subscription, false),
      cursorFileOf: options.cursorFileOf ?? ((name) => memoryFile(this.cursors, name)),
      maxRequests: options.maxRequests ?? 32,
      nowMs: options.nowMs ?? Date.now,
      monotonicNowMs: () => performance.now(),
      // No pause between attempts: a test waits for what happens, not for time.
      random: options.random ?? (() => 0),
      userAgent: "roadpulse/test",
      onEvent: (event) => this.events.push(event),
    });
    this.#timer = setInterval(() => this.webhooks.look(), 2);
    open.push(this);
  }

  /** Endpoints as they stand in a file. */
  async apply(...endpoints: readonly Record<string, unknown>[]): Promise<void> {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "secret"), SECRET);
    const path = join(folder, "webhooks.json");
    const full = endpoints.map((each) => ({
      name: "centre",
      secrets: [{ file: "secret" }],
      begin: "now",
      ...each,
    }));
    writeFileSync(path, JSON.stringify({ endpoints: full }));
    await this.webhooks.apply((await readEndpointFile(path, {})).endpoints);
  }

  /** Alerts that begin, each with another id; answers their numbers. */
  tell(count: number, overrides: Parameters<typeof alert>[0] = {}): number[] {
    return Array.from({ length: count }, () => {
      this.hub.publish([alert({ alertId: `a${++this.#alerts}`, ...overrides })], undefined, START_MS);
      return this.log.newest;
    });
  }

  get status() {
    const [status] = this.webhooks.status();
    if (status === undefined) throw new Error("there is no endpoint");
    return status;
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.webhooks.close();
    this.log.close();
  }
}

function memoryFile(cursors: Map<string, SavedCursor>, name: string): CursorFile {
  return {
    read: () => cursors.get(name),
    write: (cursor) => cursors.set(name, cursor),
    sync: () => undefined,
    close: () => undefined,
  };
}
