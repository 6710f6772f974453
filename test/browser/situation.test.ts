import { expect, it } from "vitest";
import { describeInBrowser, startShow, useBrowser } from "../support/browser.ts";

const SIZES = [
  { viewport: { width: 1280, height: 800 }, withLegend: true },
  { viewport: { width: 1920, height: 1080 }, withLegend: false },
] as const;
const ZONES = "fixtures/maps/duisburg-zones.geojson";

/** Two cores are shared with the browser and whatever else runs: a second is too short. */
const seen = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });

/** Starting a browser and a server takes most of it on a busy machine. */
const BROWSER_TEST_MS = 60_000;

describeInBrowser("the situation", () => {
  const browser = useBrowser();

  for (const { viewport, withLegend } of SIZES) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(
        `shows roads, traffic and alerts at ${viewport.width} × ${viewport.height}, ${colorScheme}`,
        async () => {
          const { server, stop } = await startShow({ flags: { "roads.zones": ZONES } });
          const page = await browser.open(server, {
            viewport,
            colorScheme,
            at: withLegend ? "/?legend=1" : "/",
          });
          await seen(() => page.locator(".alarm-row").count()).toBeGreaterThan(0);
          await seen(() => page.locator(".mark-button").count()).toBeGreaterThan(0);
          if (withLegend) await browser.shot(page, `situation-legend-${colorScheme}`);
          await page.locator(".alarm-row").first().dblclick();
          await seen(() => page.url()).toContain("alert=");
          await seen(() => page.locator(".alert-detail").innerText()).toContain("A40 → Dortmund");
          // The picture is for people: vehicles and cards have arrived by then.
          await page.waitForTimeout(2_500);
          if (!withLegend) await browser.shot(page, colorScheme === "light" ? "situation" : "situation-dark");
          await stop();
        },
        BROWSER_TEST_MS,
      );
    }
  }
});
