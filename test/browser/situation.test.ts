import { expect, it } from "vitest";
import { describeInBrowser, startShow, useBrowser } from "../support/browser.ts";

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** Two cores are shared with the browser and whatever else runs: a second is too short. */
const seen = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });

/** Starting a browser and a server takes most of it on a busy machine. */
const BROWSER_TEST_MS = 60_000;

describeInBrowser("the situation", () => {
  const browser = useBrowser();

  for (const viewport of SIZES) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(
        `shows roads, traffic and alerts at ${viewport.width} × ${viewport.height}, ${colorScheme}`,
        async () => {
          const { server, stop } = await startShow();
          const page = await browser.open(server, { viewport, colorScheme, at: "/?legend=1" });
          await seen(() => page.locator(".alarm-row").count()).toBeGreaterThan(0);
          await seen(() => page.locator(".mark-button").count()).toBeGreaterThan(0);
          await browser.shot(page, `situation-${viewport.width}-${colorScheme}`);
          await page.locator(".alarm-row").first().dblclick();
          await seen(() => page.url()).toContain("alert=");
          await page.waitForTimeout(2_500);
          await browser.shot(page, `situation-close-${viewport.width}-${colorScheme}`);
          await stop();
        },
        BROWSER_TEST_MS,
      );
    }
  }
});
