import { expect, it } from "vitest";
import { describeInBrowser, useBrowser } from "../support/browser.ts";
import { duisburg } from "../support/roads.ts";
import { startTestServer } from "../support/server.ts";

const FLAGS = { "roads.map": "fixtures/maps/duisburg.geojson" };
const seen = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 });

function middleOfA40() {
  const roads = duisburg();
  const route = roads.routes.find(({ ref, lengthM }) => ref === "A40" && lengthM > 5_000);
  if (route === undefined) throw new Error("the map has no A40");
  return roads.pointAt(route, route.lengthM / 2);
}

describeInBrowser("the place of an incident", { timeout: 90_000 }, () => {
  const browser = useBrowser();

  it("is clicked on the map, with the other carriageway to choose; then changed by keyboard", async () => {
    const server = await startTestServer(FLAGS);
    const { latitudeDeg, longitudeDeg } = middleOfA40();
    const page = await browser.open(server, { at: `/?map=15/${latitudeDeg}/${longitudeDeg}` });
    await seen(() => page.locator(".map canvas").count()).toBeGreaterThan(2);
    await page.getByRole("button", { name: "Neuer Vorfall an einem Ort auf der Karte" }).click();
    await seen(() => page.locator(".pick-bar").innerText()).toContain("Ort des Vorfalls anklicken");
    const box = await page.locator(".map").boundingBox();
    if (box === null) throw new Error("there is no map");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const dialog = page.getByRole("dialog");
    await seen(() => dialog.locator(".place-choices button").count()).toBeGreaterThan(1);
    const choices = await dialog.locator(".place-choices button").allInnerTexts();
    for (const choice of choices) expect(choice).toMatch(/^A\d+ → .+ km \d+,\d$/);
    await dialog.locator(".place-choices button").nth(1).click();
    await dialog.getByLabel("5. Titel").fill("Reifenteile");
    await dialog.getByRole("button", { name: "7. Vorfall eintragen" }).click();
    await seen(() => page.locator(".incident-head").innerText()).toContain(choices[1]);
    // By keyboard: the form sends to the map, Enter takes its middle, the form is there again.
    await page.getByRole("button", { name: "Ort", exact: true }).press("Enter");
    await dialog.getByRole("button", { name: "Auf der Karte wählen" }).press("Enter");
    await seen(() => page.locator(".map.is-picking").count()).toBe(1);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await seen(() => dialog.locator(".place-choices button").count()).toBeGreaterThan(0);
    const [moved = ""] = await dialog.locator(".place-choices button").allInnerTexts();
    await dialog.getByRole("button", { name: "Ort", exact: true }).press("Enter");
    await seen(() => page.locator(".incident-head").innerText()).toContain(moved);
    expect(page.url()).not.toContain("act=");
  });
});
