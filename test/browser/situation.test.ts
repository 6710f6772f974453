import { expect, it } from "vitest";
import type { AlertsView } from "../../src/api/contract/alerts.ts";
import { describeInBrowser, startShow, useBrowser } from "../support/browser.ts";

const SIZES = [
  { viewport: { width: 1280, height: 800 }, withLegend: true },
  { viewport: { width: 1920, height: 1080 }, withLegend: false },
] as const;
const ZONES = "fixtures/maps/duisburg-zones.geojson";

/** Of longitude, at zoom 14. */
const DEGREES_PER_PIXEL = 360 / (256 * 2 ** 14);

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

  it(
    "moves the mark of a chosen alert out from under its card",
    async () => {
      // Slowly, so that the congestion stays where it is.
      const { server, stop } = await startShow({ speed: 0.2 });
      const jam = async () => {
        const answer = await fetch(`${server.httpUrl}/v1/alerts`);
        return ((await answer.json()) as AlertsView).alerts.find(({ kind }) => kind === "congestion");
      };
      await seen(jam).toBeDefined();
      const alert = await jam();
      if (alert === undefined) throw new Error("the congestion has ended");
      // Two hundred pixels east of the middle: below the card, as soon as it is open.
      const middleDeg = alert.longitudeDeg - 200 * DEGREES_PER_PIXEL;
      const page = await browser.open(server, {
        viewport: { width: 1440, height: 900 },
        at: `/?map=14/${alert.latitudeDeg.toFixed(5)}/${middleDeg.toFixed(5)}&alert=${alert.alertId}`,
      });
      const edge = async (what: string, side: "left" | "right") => {
        const box = await page.locator(what).boundingBox();
        return box === null ? Number.NaN : box.x + (side === "right" ? box.width : 0);
      };
      await page.locator(".mark-button.is-selected").waitFor();
      await seen(
        async () => (await edge(".mark-button.is-selected", "right")) < (await edge(".map-card", "left")),
      ).toBe(true);
      await stop();
    },
    BROWSER_TEST_MS,
  );
});
