import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { playOnRecordedClock } from "../../src/client/replay-client.ts";
import { type RecordedRecord, readRecording } from "../../src/recording/reader.ts";
import type { RunningServer } from "../../src/server/server.ts";
import { startTestServer } from "./server.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Two cores are shared by the browser, the server and other tests. */
const BUILD_TIMEOUT_MS = 120_000;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--mute-audio",
  "--autoplay-policy=no-user-gesture-required",
];

/** `describe` where Debian's Chromium is there or REQUIRE_BROWSER=1 demands it; skipped by name elsewhere. */
export const describeInBrowser =
  existsSync(CHROMIUM) || process.env["REQUIRE_BROWSER"] === "1" ? describe : describe.skip;

/** Pictures go here; `BROWSER_SHOTS` names another folder. */
const shotFolder = (): string => {
  const folder = process.env["BROWSER_SHOTS"] ?? mkdtempSync(join(tmpdir(), "roadpulse-shots-"));
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** What no page of ours may do: errors on the console, violations of its policy, requests to anybody else. */
class Misdeeds {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  watch(page: Page, origin: string): void {
    page.on("console", (message) => {
      if (message.type() === "error") this.#found.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.#found.push(`error: ${error.stack ?? error.message}`));
    page.on("request", (request) => {
      const url = request.url();
      const isOwn = url.startsWith(`${origin}/`) || url.startsWith("data:") || url.startsWith("blob:");
      if (!isOwn) this.#found.push(`request to somebody else: ${url}`);
    });
    page.on("crash", () => this.#found.push("the page crashed"));
  }

  /** A test that breaks something on purpose says what the page may then complain about. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  get list(): readonly string[] {
    return this.#found.filter((what) => !this.#allowed.some((pattern) => pattern.test(what)));
  }
}

export interface PageOptions extends BrowserContextOptions {
  /** Address below the server's, e.g. `/incidents?wall=1`. */
  readonly at?: string;
}

/**
 * A browser for the tests of one `describe`: call it in its body. After each test its pages are closed, and the test fails
 * if one of them complained, broke its content security policy or asked anybody else.
 */
export function useBrowser() {
  let browser: Browser | undefined;
  let folder: string | undefined;
  let misdeeds = new Misdeeds();
  beforeAll(() => {
    execFileSync(process.execPath, ["tools/build.mjs", "--if-stale", "--only", "console"], {
      stdio: "inherit",
    });
  }, BUILD_TIMEOUT_MS);
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterEach(async () => {
    const { list } = misdeeds;
    misdeeds = new Misdeeds();
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
    expect(list).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    /** Opens a page of a server, German and 1366 × 768 unless told otherwise. */
    async open(server: RunningServer, { at = "/", ...options }: PageOptions = {}): Promise<Page> {
      if (browser === undefined) throw new Error("the browser did not start");
      const context = await browser.newContext({
        viewport: { width: 1366, height: 768 },
        locale: "de-DE",
        timezoneId: "Europe/Berlin",
        ...options,
      });
      const page = await context.newPage();
      misdeeds.watch(page, new URL(server.httpUrl).origin);
      await page.goto(`${server.httpUrl}${at}`);
      return page;
    },
    /** What the pages may complain about in this test. */
    allow: (pattern: RegExp) => misdeeds.allow(pattern),
    /** Writes a picture and returns its path. */
    async shot(page: Page, name: string): Promise<string> {
      folder ??= shotFolder();
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
}

export interface ShowOptions {
  /** Name in `fixtures/recordings`. */
  readonly recording?: string;
  /** Seconds of the recording that have passed when the show is ready. */
  readonly readyAtS?: number;
  /** Speed from then on. */
  readonly speed?: number;
  readonly flags?: Readonly<Record<string, unknown>>;
}

/** A server with a recording in it. */
export interface Show {
  readonly server: RunningServer;
  /** Ends the recording; the server ends with the test by itself. */
  stop(): Promise<void>;
}

/**
 * A real server on the recording's clock, with Duisburg's map, into which a recording is played: the first part as fast as
 * the server takes it, then on at a speed. By 150 s the default one has a jam with a queue end and vehicles that stand in it.
 */
export async function startShow(options: ShowOptions = {}): Promise<Show> {
  const { recording = "incident-queue", readyAtS = 150, speed = 1, flags = {} } = options;
  const server = await startTestServer({
    clock: "replay",
    "roads.map": "fixtures/maps/duisburg.geojson",
    ...flags,
  });
  const stop = new AbortController();
  const path = `fixtures/recordings/${recording}.mcap`;
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const paced = pacedFrom(readRecording(path), { readyAtS, speed, signal: stop.signal, ready });
  const played = playOnRecordedClock(server.streamUrl, paced, { signal: stop.signal }).catch(() => undefined);
  await Promise.race([isReady, played]);
  return {
    server,
    async stop() {
      stop.abort();
      await played;
    },
  };
}

interface Pace {
  readonly readyAtS: number;
  readonly speed: number;
  readonly signal: AbortSignal;
  /** The server has taken nearly all of the first part. */
  readonly ready: () => void;
}

/** Records in small pieces, those after the first part at the speed that is wanted. */
async function* pacedFrom(
  batches: AsyncIterable<readonly RecordedRecord[]>,
  { readyAtS, speed, signal, ready }: Pace,
): AsyncGenerator<readonly RecordedRecord[]> {
  let fromMs: number | undefined;
  let startedAtMs: number | undefined;
  for await (const batch of batches) {
    for (const record of batch) {
      fromMs ??= record.receivedAtMs + readyAtS * 1_000;
      const aheadMs = record.receivedAtMs - fromMs;
      if (aheadMs > 0) {
        if (startedAtMs === undefined) ready();
        startedAtMs ??= performance.now();
        const waitMs = aheadMs / speed - (performance.now() - startedAtMs);
        if (waitMs > 0) await delay(waitMs, signal);
      }
      if (signal.aborted) return;
      yield [record];
    }
  }
  ready();
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
