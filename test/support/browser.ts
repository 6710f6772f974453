import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import type { RunningServer } from "../../src/server/server.ts";

export { type Show, startShow } from "./show.ts";

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

const IS_REQUIRED = process.env["REQUIRE_BROWSER"] === "1";

/**
 * `describe` where Debian's Chromium is there or REQUIRE_BROWSER=1 demands it; skipped by name elsewhere. Where it is
 * demanded, a test that fails is run once more and named "(retry x1)": browser, server and other tests share two cores there.
 */
export const describeInBrowser = (name: string, ...how: HowTests): void => {
  const run = existsSync(CHROMIUM) || IS_REQUIRED ? describe : describe.skip;
  const [options, tests] = how.length === 2 ? how : [{}, how[0]];
  run(name, { retry: IS_REQUIRED ? 1 : 0, ...options }, tests);
};

type HowTests = [tests: () => void] | [options: { readonly timeout: number }, tests: () => void];

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
