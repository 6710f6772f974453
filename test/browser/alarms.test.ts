import { expect, it } from "vitest";
import type { AlarmView } from "../../src/api/contract/alarms.ts";
import { seriousFindings } from "../support/axe.ts";
import { describeInBrowser, type Show, startShow, useBrowser } from "../support/browser.ts";
import { buildBeforehand } from "../support/process.ts";

async function alarmsOf({ server }: Show): Promise<readonly AlarmView[]> {
  const answer = await fetch(`${server.httpUrl}/v1/alarms`);
  return ((await answer.json()) as { alarms: AlarmView[] }).alarms;
}

const stateOf = async (show: Show, alarmId: string | null) =>
  (await alarmsOf(show)).find((alarm) => alarm.alarmId === alarmId);

describeInBrowser("alarms in the console", () => {
  // Playbacks run in threads of the built program.
  buildBeforehand();
  const browser = useBrowser();

  it("are acknowledged, shelved with a reason and taken back by keys alone, and open into their detail", async () => {
    const show = await startShow();
    const page = await browser.open(show.server);
    const row = page.locator(".alarm-row.is-unacknowledged").first();
    await row.waitFor();
    const alarmId = await row.getAttribute("data-row");
    await page.keyboard.press("n");
    await page.locator(".alert-detail h2").waitFor();
    await browser.shot(page, "alarms-detail");
    expect(await seriousFindings(page)).toEqual([]);
    const chosen = await page.locator(".alarm-row[aria-selected=true]").getAttribute("data-row");
    await page.keyboard.press("a");
    await expect.poll(async () => (await stateOf(show, chosen))?.state).toBe("acknowledged");
    await page.keyboard.press("s");
    await page.locator("#shelve-reason").fill("Baustelle bekannt");
    await browser.shot(page, "alarms-shelve");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await stateOf(show, chosen))?.shelved?.reason).toBe("Baustelle bekannt");
    await page.goto(`${show.server.httpUrl}/?list=shelf&alarm=${chosen}`);
    await page.locator(".alarm-row", { hasText: "Baustelle bekannt" }).waitFor();
    await page.keyboard.press("u");
    await expect.poll(async () => (await stateOf(show, chosen))?.shelved).toBeUndefined();
    expect(alarmId).not.toBe("");
    await show.stop();
  }, 60_000);

  it("of the past are shown from a recording, marked as past, judged, and left again", async () => {
    const show = await startShow({ flags: { "playback.directory": "fixtures/recordings" } });
    const page = await browser.open(show.server, { locale: "en-GB" });
    await page.locator(".alarm-row").first().waitFor();
    await page.keyboard.press("t");
    const entry = page.locator(".recordings li", { hasText: "incident-queue" });
    await entry.getByRole("button").click();
    const slider = page.locator(".playback input[type=range]");
    await slider.waitFor({ timeout: 30_000 });
    const from = Number(await slider.getAttribute("min"));
    await slider.evaluate((element, value) => {
      (element as HTMLInputElement).value = String(value);
      element.dispatchEvent(new Event("change", { bubbles: true }));
    }, from + 170_000);
    await expect
      .poll(async () => Number(await slider.inputValue()), { timeout: 30_000 })
      .toBeGreaterThan(from + 165_000);
    await expect.poll(() => page.locator(".alarm-row").count(), { timeout: 30_000 }).toBeGreaterThan(0);
    expect(await page.locator(".past-mark").innerText()).toBe("PAST");
    await page.locator(".alarm-row").first().click();
    await page.locator(".verdict button", { hasText: "Confirmed" }).click();
    await page.locator(".verdict", { hasText: "said by" }).waitFor();
    await browser.shot(page, "time-machine");
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Back to now" }).click();
    await expect.poll(() => page.locator(".past-mark").count()).toBe(0);
    // Ending takes a request of its own, which the page does not wait for.
    const playbacks = async (): Promise<unknown[]> =>
      ((await (await fetch(`${show.server.httpUrl}/v1/playbacks`)).json()) as { playbacks: unknown[] })
        .playbacks;
    await expect.poll(async () => (await playbacks()).length, { timeout: 10_000 }).toBe(0);
    await show.stop();
  }, 120_000);

  it("are counted against what people can take, as bars and as tables", async () => {
    const show = await startShow();
    const page = await browser.open(show.server, { at: "/kpis?hours=6" });
    await page.locator(".kpi-figures dd").first().waitFor();
    await page.locator(".kpis canvas").waitFor();
    await expect.poll(() => page.locator(".kpi-tables tbody tr").count()).toBeGreaterThan(3);
    await browser.shot(page, "kpis");
    expect(await seriousFindings(page)).toEqual([]);
    await show.stop();
  }, 60_000);
});
