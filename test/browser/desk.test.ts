import { expect, it } from "vitest";
import { KAISERBERG, Operator } from "../server/centre/centre-world.ts";
import { seriousFindings } from "../support/axe.ts";
import { describeInBrowser, useBrowser } from "../support/browser.ts";
import { someKm } from "../support/roads.ts";
import { startTestServer } from "../support/server.ts";

const FLAGS = { "roads.map": "fixtures/maps/duisburg.geojson" };
const seen = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 });
const newIncident = (title: string) => ({ type: "crash" as const, title, place: KAISERBERG });

describeInBrowser("work at the desk", { timeout: 120_000 }, () => {
  const browser = useBrowser();

  it("an exercise is begun by road and kilometre, is marked, and what is made of its proposals never leaves", async () => {
    const server = await startTestServer(FLAGS);
    const page = await browser.open(server);
    await seen(() => page.locator(".map canvas").count()).toBeGreaterThan(2);
    await page.keyboard.press("e");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Was ist es?").selectOption("wrong-way");
    await dialog.getByLabel("Straße und Kilometer").fill(`A40 ${someKm()}`);
    await dialog.locator(".place-choices button").first().click();
    expect(await seriousFindings(page)).toEqual([]);
    await browser.shot(page, "exercise");
    await dialog.getByRole("button", { name: "Übung beginnen" }).click();
    await seen(() => page.locator(".alert-detail h2").innerText()).toContain("ÜBUNG");
    await seen(() => page.locator(".alarm-row").innerText()).toContain("ÜBUNG");
    // Priority 1 interrupts whoever listens.
    await seen(() => page.locator("[aria-live=assertive]").innerText()).toContain("Falschfahrer");
    await page.getByRole("button", { name: "Senden: Vor dem Falschfahrer warnen" }).first().click();
    await seen(() => page.locator(".measure-sent").count()).toBe(1);
    await page.getByRole("button", { name: "Ablehnen … Polizei anfordern" }).click();
    await dialog.getByLabel("Grund").fill("Streife ist vor Ort");
    await page.keyboard.press("Tab");
    await dialog.getByRole("button", { name: "Ablehnen", exact: true }).click();
    await seen(() => page.locator(".measure-refused").innerText()).toContain("Streife ist vor Ort");
    expect(await seriousFindings(page)).toEqual([]);
    await browser.shot(page, "alert-measures");
    const { body } = await new Operator(server, "Schicht A").get<{ incidents: { exercise: boolean }[] }>(
      "/v1/incidents",
    );
    expect(body.incidents.map(({ exercise }) => exercise)).toEqual([true]);
    expect([...server.hub.live()]).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    await dialog.getByRole("button", { name: /^Beenden/ }).click();
    await seen(() => dialog.getByRole("button", { name: /^Beenden/ }).count()).toBe(0);
  });

  it("incidents are shared, handed over, and merged", async () => {
    const server = await startTestServer(FLAGS);
    const setUp = new Operator(server, "Schicht A");
    const { body: first } = await setUp.open(newIncident("Zwei Pkw"));
    const { body: second } = await setUp.open(newIncident("Noch einmal die zwei Pkw"));
    const page = await browser.open(server, { at: `/incidents?incident=${second.incidentId}` });
    await seen(() => page.locator(".incident-head h2").innerText()).toContain("Noch einmal");
    const dialog = page.getByRole("dialog");
    const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click();
    const confirm = (name: string) => dialog.getByRole("button", { name, exact: true }).click();
    await press("Teilen");
    await dialog.getByLabel("Polizei").check();
    await confirm("Teilen");
    await seen(() => page.locator(".entry").allInnerTexts()).toContainEqual(
      expect.stringContaining("Polizei"),
    );
    await press("Übergeben");
    await dialog.locator("textarea").fill("Abschlepper kommt um 14 Uhr");
    await confirm("Übergeben");
    await seen(() => page.locator(".entry").allInnerTexts()).toContainEqual(
      expect.stringContaining("Abschlepper kommt um 14 Uhr"),
    );
    await press("Zusammenführen");
    await dialog.locator("select").selectOption(first.incidentId);
    await confirm("Zusammenführen");
    await seen(async () => (await setUp.get(`/v1/incidents/${second.incidentId}`)).body.mergedInto).toBe(
      first.incidentId,
    );
    await seen(() => page.locator(".incident-detail").innerText()).toContain(first.incidentId);
  });

  it("with forced colours priorities and states are still told apart by text, and nothing is serious to axe", async () => {
    const server = await startTestServer(FLAGS);
    await new Operator(server, "Schicht A").post("/v1/exercises/alerts", {
      kind: "wrong-way",
      latitudeDeg: KAISERBERG.latitudeDeg,
      longitudeDeg: KAISERBERG.longitudeDeg,
      severity: 5,
    });
    const page = await browser.open(server, { forcedColors: "active" });
    await seen(() => page.locator(".alarm-row").count()).toBe(1);
    await seen(() => page.locator(".map canvas").count()).toBeGreaterThan(2);
    await page.locator(".alarm-row").click();
    await seen(() => page.locator(".alert-detail h2").count()).toBe(1);
    await browser.shot(page, "forced-colours");
    // Colours are the system's: what axe reads of contrast is not what is shown.
    expect((await seriousFindings(page)).filter((what) => !what.startsWith("color-contrast"))).toEqual([]);
    expect(await page.locator(".alarm-row").innerText()).toContain("P1");
  });
});
