import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { seriousFindings } from "../support/axe.ts";
import { describeInBrowser, startShow, useBrowser } from "../support/browser.ts";

/** Two cores are shared with the browser and whatever else runs: a second is too short. */
const seen = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });

/** Starting a browser and a server takes most of it on a busy machine. */
const BROWSER_TEST_MS = 60_000;

describeInBrowser("the console's life", () => {
  const browser = useBrowser();

  it("has no serious fault of accessibility on any view, in light and dark", async () => {
    const { server, stop } = await startShow();
    const page = await browser.open(server, { at: "/?legend=1" });
    await seen(() => page.locator(".mark-button").count()).toBeGreaterThan(0);
    const found: string[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const key of ["s", "i", "n", "k", "y"]) {
        await page.keyboard.press("g");
        await page.keyboard.press(key);
        await page.waitForTimeout(400);
        found.push(...(await seriousFindings(page)).map((what) => `${colorScheme} ${page.url()} ${what}`));
      }
    }
    expect(found).toEqual([]);
    await stop();
  }, 90_000);

  it(
    "says at once, across the page and over the map, that the picture is old when the server goes",
    async () => {
      const { server, stop } = await startShow();
      const page = await browser.open(server);
      browser.allow(/ERR_CONNECTION_REFUSED|WebSocket connection|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
      await seen(() => page.locator(".alarm-row").count()).toBeGreaterThan(0);
      expect(await page.locator(".banner-old").count()).toBe(0);
      await page.locator(".find input").fill("A40 36");
      await server.stop();
      await seen(() => page.locator(".banner-old").innerText()).toContain("Dieses Bild ist alt");
      expect(await page.locator(".old-stamp").innerText()).toContain("Altes Bild, Stand");
      expect(await page.locator(".picture-state").innerText()).toContain("Bild ist alt");
      // What was shown stays to be read, and what was typed stays, too.
      expect(await page.locator(".alarm-row").count()).toBeGreaterThan(0);
      expect(await page.locator(".find input").inputValue()).toBe("A40 36");
      await browser.shot(page, "old-picture");
      await stop();
    },
    BROWSER_TEST_MS,
  );

  it(
    "finds a kilometre by keyboard alone, and keeps the place in the URL",
    async () => {
      const { server, stop } = await startShow();
      const page = await browser.open(server);
      await seen(() => page.locator(".map canvas").count()).toBeGreaterThan(2);
      await page.keyboard.press("/");
      await page.keyboard.type("A40 33,5");
      await seen(() => page.locator(".findings [role=option]").count()).toBe(2);
      await page.keyboard.press("Enter");
      await seen(() => page.url()).toMatch(/map=14%2F51\.4\d+%2F6\.6\d+/);
      const { href } = new URL(page.url());
      await page.keyboard.press("0");
      await seen(() => page.url()).not.toBe(href);
      await page.goto(href);
      await seen(() => page.locator(".scale").innerText()).toContain("500 m");
      await stop();
    },
    BROWSER_TEST_MS,
  );

  it(
    "follows a vehicle that is clicked, and lets it go",
    async () => {
      const { server, stop } = await startShow();
      const page = await browser.open(server, { at: "/?map=16/51.4345/6.7333" });
      const vehicles = page.locator("canvas[data-vehicles]");
      await seen(async () => Number(await vehicles.getAttribute("data-vehicles"))).toBeGreaterThan(5);
      await clickVehicle(page);
      await seen(() => page.url()).toContain("follow=");
      await seen(() => page.locator(".follow-card").innerText()).toContain("km/h");
      await browser.shot(page, "follow");
      await page.keyboard.press("Escape");
      await seen(() => page.url()).not.toContain("follow=");
      await stop();
    },
    BROWSER_TEST_MS,
  );

  it(
    "shows the wall without controls",
    async () => {
      const { server, stop } = await startShow();
      const page = await browser.open(server, {
        at: "/?wall=1",
        viewport: { width: 1920, height: 1080 },
        colorScheme: "dark",
      });
      await seen(() => page.locator(".alarm-row").count()).toBeGreaterThan(0);
      expect(await page.locator(".map-tools, .find, nav").count()).toBe(0);
      await page.waitForTimeout(1_500);
      await browser.shot(page, "wall");
      await stop();
    },
    BROWSER_TEST_MS,
  );
});

/** Looks for the pixels of a vehicle away from marks and cards, and clicks there. */
async function clickVehicle(page: Page): Promise<void> {
  const at = await page.locator("canvas[data-vehicles]").evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const box = canvas.getBoundingClientRect();
    const data = canvas.getContext("2d")?.getImageData(0, 0, width, height).data;
    for (let i = 3; data !== undefined && i < data.length; i += 4) {
      const pixel = (i - 3) / 4;
      const [x, y] = [box.x + (pixel % width), box.y + Math.floor(pixel / width)];
      if (data[i] === 255 && document.elementFromPoint(x, y)?.closest(".map") !== null) return { x, y };
    }
    return undefined;
  });
  if (at === undefined) throw new Error("no vehicle is drawn");
  await page.mouse.click(at.x, at.y);
}
