import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { freePort } from "../../bench/support/free-port.ts";
import type { Incident, IncidentCommand, NewIncident } from "../../src/api/contract/incidents.ts";
import { KAISERBERG, Operator } from "../server/centre/centre-world.ts";
import { temporaryFolder } from "../store/folders.ts";
import { AccountFile, PASSWORD } from "../support/accounts.ts";
import { seriousFindings } from "../support/axe.ts";
import { describeInBrowser, useBrowser } from "../support/browser.ts";
import { startTestServer } from "../support/server.ts";

const OLD = "Dieses Bild ist alt";
const seen = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 });

async function logIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Passwort").fill(PASSWORD);
  await page.getByLabel("Passwort").press("Enter");
  await seen(() => page.locator(".button-user").count()).toBe(1);
}

/** What the page of somebody who is signed in asks the server for. */
function post(
  page: Page,
  path: string,
  body: NewIncident | IncidentCommand,
  revision = 0,
): Promise<Incident> {
  return page.evaluate(
    async ([to, text, match]) => {
      const headers = { "Content-Type": "application/json", "If-Match": match };
      return (await (await fetch(to, { method: "POST", headers, body: text })).json()) as Incident;
    },
    [path, JSON.stringify(body), `"${revision}"`] as const,
  );
}

describeInBrowser("incidents and others", { timeout: 120_000 }, () => {
  const browser = useBrowser();

  it("another agency sees what is shared with it, and neither names nor notes nor acts of the centre", async () => {
    browser.allow(/401|404/);
    const accounts = new AccountFile(temporaryFolder());
    await accounts.put("centre-1", ["operator"], { displayName: "Leitstelle 1" });
    await accounts.put("port-1", ["viewer", "agency:port"], { displayName: "Hafen 1" });
    const server = await startTestServer({ "access.accounts": accounts.path });
    const centre = await browser.open(server, { at: "/incidents" });
    await logIn(centre, "centre-1");
    const description = "Halter und Anschrift liegen vor";
    const crash = { type: "crash", title: "Zwei Pkw", place: KAISERBERG, description } as const;
    const opened = await post(centre, "/v1/incidents", crash);
    const hidden = await post(centre, "/v1/incidents", { ...crash, title: "Nur für die Zentrale" });
    const commands = `/v1/incidents/${opened.incidentId}/commands`;
    const noted = await post(centre, commands, { command: "note", text: "nur intern" }, opened.revision);
    const share = { command: "share", agencies: ["port"] } as const;
    const shared = await post(centre, commands, share, noted.revision);
    const told = { command: "note", text: "für den Hafen", visibleTo: ["port"] } as const;
    await post(centre, commands, told, shared.revision);

    const port = await browser.open(server, { at: `/incidents?incident=${opened.incidentId}` });
    await logIn(port, "port-1");
    await seen(() => port.locator(".incident-head h2").innerText()).toContain("Zwei Pkw");
    await seen(() => port.locator(".entry").allInnerTexts()).toContainEqual(
      expect.stringContaining("für den Hafen"),
    );
    const text = await port.locator("main").innerText();
    expect(text).toContain("Nicht für diese Stelle: andere Stellen, Zuständigkeit, Fristen, Beschreibung");
    for (const secret of [description, "nur intern", "Leitstelle 1", "Nur für die Zentrale"])
      expect(text).not.toContain(secret);
    expect(await port.locator(".incident-row").count()).toBe(1);
    expect(await port.locator(".incident-actions button").count()).toBe(0);
    expect(await port.getByRole("button", { name: "Neuer Vorfall" }).count()).toBe(0);
    await seen(() => centre.getByRole("button", { name: "Neuer Vorfall" }).count()).toBe(1);
    expect(await seriousFindings(port)).toEqual([]);
    await browser.shot(port, "incident-port");
    // Nor by its address.
    await port.goto(`${server.httpUrl}/incidents?incident=${hidden.incidentId}`);
    await seen(() => port.locator(".incident-row").count()).toBe(1);
    expect(await port.locator("main").innerText()).not.toContain("Nur für die Zentrale");
  });

  it("one is split in two, and each goes its own way", async () => {
    const server = await startTestServer();
    const setUp = new Operator(server, "Schicht A");
    const drill = async (kind: string) =>
      (
        await setUp.post<{ alertId: string }>("/v1/exercises/alerts", {
          ...KAISERBERG,
          text: undefined,
          kind,
        })
      ).body.alertId;
    const alertIds = [await drill("wrong-way"), await drill("accident")];
    const { body } = await setUp.open({ title: "Falschfahrer und Unfall", alertIds });
    const page = await browser.open(server, { at: `/incidents?incident=${body.incidentId}` });
    await page.getByRole("button", { name: "Trennen", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(alertIds[1] ?? "").check();
    await dialog.getByLabel("Titel des neuen Vorfalls").fill("Nur der Unfall");
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Trennen", exact: true }).click();
    await seen(() => page.locator(".incident-row").allInnerTexts()).toContainEqual(
      expect.stringContaining("Nur der Unfall"),
    );
    await seen(async () => (await setUp.get(`/v1/incidents/${body.incidentId}`)).body.alertIds).toEqual([
      alertIds[0],
    ]);
    await page.locator(".incident-row", { hasText: "Nur der Unfall" }).click();
    await seen(() => page.locator(".incident-detail").innerText()).toContain("Getrennt von");
  });

  it("what is typed while the server restarts is there afterwards, and the page says what happens", async () => {
    browser.allow(/ERR_|Failed to load|WebSocket/);
    const flags = {
      "store.directory": temporaryFolder(),
      "store.keepState": false,
      "listen.port": await freePort(),
      "roads.map": "fixtures/maps/duisburg.geojson",
    };
    const before = await startTestServer(flags);
    const { body } = await new Operator(before, "Schicht A").open({
      type: "crash",
      title: "Zwei Pkw",
      place: KAISERBERG,
    });
    const page = await browser.open(before, { at: `/incidents?incident=${body.incidentId}` });
    const note = page.getByLabel("Notiz für das Protokoll");
    await note.fill("Der Abschlepper");
    await before.stop();
    const isOld = async () => (await page.locator(".banner").allInnerTexts()).join().includes(OLD);
    await seen(isOld).toBe(true);
    await note.pressSequentially(" braucht 20 Minuten");
    await startTestServer(flags);
    await seen(isOld).toBe(false);
    expect(await note.inputValue()).toBe("Der Abschlepper braucht 20 Minuten");
    await page.getByRole("button", { name: "Ins Protokoll schreiben" }).click();
    await seen(() => page.locator(".entry").allInnerTexts()).toContainEqual(
      expect.stringContaining("Der Abschlepper braucht 20 Minuten"),
    );
  });
});
