import { expect, it } from "vitest";
import { describeInBrowser, startShow, useBrowser } from "../support/browser.ts";

/** Two cores are shared with the browser and whatever else runs: a second is too short. */
const seen = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });

/** Starting a browser and a server takes most of it on a busy machine. */
const BROWSER_TEST_MS = 60_000;

describeInBrowser("network and system", () => {
  const browser = useBrowser();

  it(
    "tells of every road, worst first, and of every source with its quality card",
    async () => {
      const zones = "fixtures/maps/duisburg-zones.geojson";
      const { server, stop } = await startShow({ flags: { "roads.zones": zones } });
      const page = await browser.open(server, { at: "/network", viewport: { width: 1920, height: 1080 } });
      const roads = page.locator(".roads tbody tr");
      await seen(() => roads.first().innerText()).toMatch(/A40\s+Dortmund/);
      await roads.first().click();
      await seen(() => page.locator(".road-detail li").count()).toBeGreaterThan(0);
      await page.locator(".sources tbody tr").first().click();
      await seen(() => page.locator(".source-card").innerText()).toContain("Uhrabweichung");
      expect(new URL(page.url()).searchParams.get("source")).toMatch(/rsu/);
      await seen(() => page.locator(".zones tbody tr").count()).toBeGreaterThan(0);
      await browser.shot(page, "network");
      await page.emulateMedia({ colorScheme: "dark" });
      await page.setViewportSize({ width: 1280, height: 800 });
      await browser.shot(page, "network-1280-dark");
      await stop();
    },
    BROWSER_TEST_MS,
  );

  it(
    "shows health, latency, and that nothing is missing",
    async () => {
      const { server, stop } = await startShow();
      const page = await browser.open(server, { at: "/system", viewport: { width: 1920, height: 1080 } });
      await seen(() => page.locator(".system").innerText()).toContain("Nichts fehlt");
      await seen(() => page.locator(".chart canvas").count()).toBe(4);
      await page.waitForTimeout(6_000);
      await browser.shot(page, "system");
      await page.emulateMedia({ colorScheme: "dark" });
      await page.setViewportSize({ width: 1280, height: 800 });
      await browser.shot(page, "system-1280-dark");
      await stop();
    },
    BROWSER_TEST_MS,
  );
});
