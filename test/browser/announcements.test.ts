import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeInBrowser, useBrowser } from "../support/browser.ts";
import { notice } from "../support/hazard-notice.ts";
import { startTestServer } from "../support/server.ts";
import { Producer } from "../support/stream-client.ts";

const seen = <T>(read: () => T) => expect.poll(read, { timeout: 40_000 });

/** What a screen reader was told since the page was opened, with the time in ms. */
interface Told {
  readonly how: string;
  readonly text: string;
  readonly atMs: number;
}

async function listen(page: Page): Promise<() => Promise<readonly Told[]>> {
  await page.evaluate(() => {
    const told: object[] = [];
    Object.assign(globalThis, { told });
    for (const region of document.querySelectorAll(".unseen [aria-live]"))
      new MutationObserver(() => {
        const text = region.textContent ?? "";
        if (text !== "") told.push({ how: region.getAttribute("aria-live"), text, atMs: performance.now() });
      }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { told: Told[] }).told);
}

describeInBrowser("many alarms at once", { timeout: 120_000 }, () => {
  const browser = useBrowser();

  it("are a flood that says so and hides nothing; priority 1 interrupts a reader, the rest is told at most every 5 s", async () => {
    // Without a map: places are told by coordinates.
    browser.allow(/404/);
    const server = await startTestServer();
    const page = await browser.open(server);
    await seen(() => page.locator(".unseen [aria-live]").count()).toBe(2);
    const told = await listen(page);
    const gateway = await Producer.open(server.streamUrl, "gateway-1");
    const heard = async (how: string) => (await told()).filter((one) => one.how === how);
    const accidents = Array.from({ length: 14 }, (_, i) => notice(2, 51.4 + i / 50));
    for (const accident of accidents.slice(0, 7)) await gateway.sendItems(accident);
    await seen(async () => (await heard("polite")).length).toBeGreaterThan(0);
    for (const accident of accidents.slice(7)) await gateway.sendItems(accident);
    await seen(() => page.locator(".flood").allInnerTexts()).toContainEqual(
      expect.stringMatching(/Alarmflut.*4 unterdrückt/s),
    );
    await gateway.sendItems(notice(14, 52.1));
    await seen(async () => (await heard("assertive")).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Priorität 1: Falschfahrer/),
    ]);
    await browser.shot(page, "flood");
    // Nothing of the header is cut off, whatever it has to tell.
    expect(await page.locator("header").evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
    await page.locator(".flood button").click();
    await seen(() => page.locator(".alarm-row").count()).toBe(4);
    await seen(async () => (await heard("polite")).length).toBeGreaterThan(1);
    const polite = await heard("polite");
    expect(polite.every(({ text }) => !text.includes("Priorität 1"))).toBe(true);
    const gapsMs = polite.slice(1).map(({ atMs }, i) => atMs - (polite[i]?.atMs ?? 0));
    // Timers of a browser may be a little early, never by seconds.
    expect(Math.min(...gapsMs)).toBeGreaterThan(4_500);
  });
});
