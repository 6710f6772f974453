import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { RunningServer } from "../../src/server/server.ts";
import { KAISERBERG, Operator } from "../server/centre/centre-world.ts";
import { seriousFindings } from "../support/axe.ts";
import { describeInBrowser, useBrowser } from "../support/browser.ts";
import { someKm } from "../support/roads.ts";
import { startTestServer } from "../support/server.ts";

const FLAGS = { "roads.map": "fixtures/maps/duisburg.geojson" };
const EVENT_MS = 10_000;

/** A page in whose settings somebody has said their name. */
async function openAs(
  browser: ReturnType<typeof useBrowser>,
  server: RunningServer,
  name: string,
  at: string,
) {
  const page = await browser.open(server, { at });
  await page.evaluate((value) => localStorage.setItem("roadpulse.operator-name", value), name);
  await page.reload();
  await expect.poll(() => page.locator(".incident-bar").count(), { timeout: EVENT_MS }).toBe(1);
  return page;
}

const shows = (page: Page, selector: string, text: string) =>
  expect
    .poll(() => page.locator(selector).allInnerTexts(), { timeout: EVENT_MS })
    .toContainEqual(expect.stringContaining(text));

/** Two cores are shared by browser, server and other tests. */
const PATIENCE_MS = 90_000;

describeInBrowser("incidents in the console", { timeout: PATIENCE_MS }, () => {
  const browser = useBrowser();

  it("an operator opens one by hand, closes lanes, sends a measure, and brings it to its end by keyboard and mouse", async () => {
    const server = await startTestServer(FLAGS);
    const page = await openAs(browser, server, "Leitstelle 1", "/incidents");
    await expect.poll(() => page.locator(".incident-none").count()).toBe(1);
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Unfall" }).click();
    await dialog.getByLabel("Straße und Kilometer").fill(`A40 ${someKm()}`);
    await dialog.locator(".type-buttons button").nth(7).click();
    await dialog.getByRole("button", { name: /^2\. Fahrstreifen: frei$/ }).click();
    await dialog.getByRole("button", { name: /^2\. Fahrstreifen: behindert$/ }).click();
    await dialog.getByLabel("5. Titel").fill("Zwei Pkw");
    expect(await seriousFindings(page)).toEqual([]);
    await browser.shot(page, "incident-new");
    await dialog.getByRole("button", { name: "7. Vorfall eintragen" }).click();
    await shows(page, ".incident-head h2", "Unfall: Zwei Pkw");
    await shows(page, ".incident-head .severity", "mittel");
    await shows(page, ".incident-row", "Zwei Pkw");
    await page.keyboard.press("a");
    await shows(page, ".entry", "quittiert Leitstelle 1");
    await page.keyboard.press("z");
    await page.getByRole("dialog").getByLabel("Person oder Einheit").fill("Streife 12");
    await page.keyboard.press("Enter");
    await shows(page, ".entry", "Polizei: Streife 12");
    await page.getByRole("button", { name: "Senden: Fahrzeuge vor dem Hindernis warnen" }).click();
    await shows(page, ".measure-sent", "Fahrzeuge vor dem Hindernis warnen");
    await expect.poll(() => [...server.hub.live()].map(({ kind }) => kind)).toEqual(["notice"]);
    // The centre's own words do not make a silent feed look alive.
    await shows(page, "header", "p99");
    expect(await page.getByText("Noch hat keine Quelle gesendet").count()).toBe(1);
    await page.getByLabel("Notiz für das Protokoll").fill("Abschlepper bestellt");
    await page.getByRole("button", { name: "Ins Protokoll schreiben" }).click();
    await shows(page, ".entry", "Abschlepper bestellt");
    expect(await seriousFindings(page)).toEqual([]);
    await browser.shot(page, "incident-detail");
    await page.locator("h3").first().click();
    await page.keyboard.press("r");
    await page.getByRole("dialog").getByLabel("Was getan wurde").fill("Geräumt");
    await page.getByRole("dialog").getByRole("button", { name: "Beheben" }).click();
    await shows(page, ".entry", "behoben Leitstelle 1");
    await expect.poll(() => [...server.hub.live()]).toEqual([]);
    await page.getByRole("button", { name: "Schließen", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Schließen", exact: true }).last().click();
    await shows(page, ".incident-head", "geschlossen");
  });

  it("two operators at once: the later one compares both versions, keeps what was typed, and decides", async () => {
    const server = await startTestServer(FLAGS);
    browser.allow(/412/);
    const setUp = new Operator(server, "Schicht A");
    const { body } = await setUp.open({ type: "crash", title: "Zwei Pkw", place: KAISERBERG });
    const at = `/incidents?incident=${body.incidentId}`;
    const [first, second] = [
      await openAs(browser, server, "Leitstelle 1", at),
      await openAs(browser, server, "Leitstelle 2", at),
    ];
    await shows(first, ".incident-head h2", "Zwei Pkw");
    await shows(second, ".incident-head h2", "Zwei Pkw");
    await first.getByRole("button", { name: "Zuweisen" }).click();
    await first.getByRole("dialog").getByLabel("Person oder Einheit").fill("Streife 12");
    // The picture of both may be a moment old: the second decides on what he saw before the change of the first arrived.
    const hold = "**/v1/incidents/*";
    await second.route(hold, (route) => (route.request().method() === "GET" ? undefined : route.continue()));
    await first.getByRole("dialog").getByRole("button", { name: "Zuweisen" }).click();
    await shows(first, ".entry", "Streife 12");
    await second.getByRole("button", { name: "Zuweisen" }).click();
    await second.getByRole("dialog").getByLabel("Zuweisen an").selectOption("fire-brigade");
    await second.getByRole("dialog").getByLabel("Person oder Einheit").fill("Löschzug 3");
    await second.getByRole("dialog").getByRole("button", { name: "Zuweisen" }).click();
    await shows(second, "dialog", "Jemand anderes war schneller");
    await shows(second, ".conflict", "Streife 12");
    await shows(second, ".conflict-mine", "Löschzug 3");
    expect(await seriousFindings(second)).toEqual([]);
    await browser.shot(second, "incident-conflict");
    await second.getByRole("button", { name: "Weiter bearbeiten" }).click();
    await second.getByRole("button", { name: "Zuweisen" }).click();
    expect(await second.getByRole("dialog").getByLabel("Person oder Einheit").inputValue()).toBe(
      "Löschzug 3",
    );
    await second.getByRole("dialog").getByRole("button", { name: "Zuweisen" }).click();
    await shows(second, ".incident-head", "Löschzug 3");
    await shows(first, ".incident-head", "Löschzug 3");
    const now = await setUp.get(`/v1/incidents/${body.incidentId}`);
    expect(now.body.log.filter(({ what }) => what === "assigned").map(({ by }) => by)).toEqual([
      "Leitstelle 1",
      "Leitstelle 2",
    ]);
  });

  it("what is typed outlives a reload and a server that is away", async () => {
    const server = await startTestServer(FLAGS);
    browser.allow(/ERR_|Failed to load|WebSocket/);
    const setUp = new Operator(server, "Schicht A");
    const { body } = await setUp.open({ type: "crash", title: "Zwei Pkw", place: KAISERBERG });
    const page = await openAs(browser, server, "Leitstelle 1", `/incidents?incident=${body.incidentId}`);
    const note = page.getByLabel("Notiz für das Protokoll");
    await note.fill("Der Abschlepper braucht");
    await page.reload();
    await expect.poll(() => note.inputValue()).toBe("Der Abschlepper braucht");
    await page.context().setOffline(true);
    await note.fill("Der Abschlepper braucht 20 Minuten");
    await page.getByRole("button", { name: "Ins Protokoll schreiben" }).click();
    await shows(page, ".toast-error", "Was getippt ist, bleibt erhalten");
    expect(await note.inputValue()).toBe("Der Abschlepper braucht 20 Minuten");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Ins Protokoll schreiben" }).click();
    await shows(page, ".entry", "Der Abschlepper braucht 20 Minuten");
    await expect.poll(() => note.inputValue()).toBe("");
  });

  it("a note that meets another change is written all the same: it overwrites nothing", async () => {
    const server = await startTestServer(FLAGS);
    browser.allow(/412/);
    const setUp = new Operator(server, "Schicht A");
    const { body } = await setUp.open({ type: "crash", title: "Zwei Pkw", place: KAISERBERG });
    const page = await openAs(browser, server, "Leitstelle 1", `/incidents?incident=${body.incidentId}`);
    await shows(page, ".incident-head h2", "Zwei Pkw");
    await page.route("**/v1/incidents/*", (route) =>
      route.request().method() === "GET" ? undefined : route.continue(),
    );
    await setUp.act(body, { command: "acknowledge" });
    await page.getByLabel("Notiz für das Protokoll").fill("gesehen");
    await page.getByRole("button", { name: "Ins Protokoll schreiben" }).click();
    await shows(page, ".entry", "gesehen");
    await shows(page, ".entry", "quittiert Schicht A");
  });
});
