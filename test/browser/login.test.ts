import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { AccountFile, PASSWORD } from "../support/accounts.ts";
import { describeInBrowser, useBrowser } from "../support/browser.ts";
import { Issuer } from "../support/credentials.ts";
import { CLIENT_ID, CLIENT_SECRET, IdentityProvider } from "../support/identity-provider.ts";
import { startTestServer } from "../support/server.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Rules of WCAG 2.1 A and AA that the page breaks, with the places. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
    const { violations: found } = await runner.run({ runOnly: { type: "tag", values: tags } });
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

/** Checking a password takes half a second, and more where others check theirs. */
const soon = <Value>(ask: () => Value | Promise<Value>) => expect.poll(ask, { timeout: 10_000 });

async function serverOf(flags: Record<string, unknown> = {}) {
  const { directory } = await Issuer.create();
  const accounts = new AccountFile(directory);
  await accounts.put("a.operator", ["operator"], { displayName: "Ada Operator" });
  const server = await startTestServer({ "access.accounts": accounts.path, ...flags });
  return { server, accounts };
}

async function logIn(page: Page, password = PASSWORD): Promise<void> {
  const name = page.getByLabel("Name", { exact: true });
  if ((await name.inputValue()) === "") await name.fill("a.operator");
  await page.getByLabel("Passwort").fill(password);
  await page.getByLabel("Passwort").press("Enter");
}

const header = (page: Page) => page.locator(".button-user");

describeInBrowser("signing in", () => {
  const browser = useBrowser();

  it("asks for name and password, says what is wrong, shows who is signed in, and signs out", async () => {
    browser.allow(/401|404/);
    const { server } = await serverOf();
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.open(server, { at: "/network", colorScheme });
      await page.getByRole("heading", { name: "Anmelden" }).waitFor();
      await soon(() => page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("username");
      await logIn(page, "wrong wrong wrong");
      await soon(() => page.getByRole("alert").innerText()).toContain("Name oder Passwort ist falsch");
      expect(await page.getByLabel("Passwort").inputValue()).toBe("");
      expect(await violations(page)).toEqual([]);
      await browser.shot(page, `login-${colorScheme}`);
      await logIn(page);
      await soon(() => header(page).innerText()).toBe("Ada Operator");
      expect(new URL(page.url()).pathname).toBe("/network");
      await header(page).click();
      const who = page.locator(".who");
      for (const text of ["Ada Operator", "a.operator", "Verkehrszentrale", "zusehen, handeln"])
        await soon(() => who.innerText()).toContain(text);
      await browser.shot(page, `who-${colorScheme}`);
      await page.getByRole("button", { name: "Abmelden" }).click();
      await page.getByRole("heading", { name: "Anmelden" }).waitFor();
      expect((await page.context().cookies()).filter(({ name }) => name.includes("session"))).toEqual([]);
    }
  });

  it("keeps what was being typed when the session ends, and goes on after signing in again", async () => {
    browser.allow(/401|404/);
    const { server, accounts } = await serverOf({ "roads.map": "fixtures/maps/duisburg.geojson" });
    const page = await browser.open(server);
    page.setDefaultTimeout(8_000);
    await logIn(page);
    const field = page.getByRole("combobox").first();
    await field.fill("A40 bei Duisburg");
    await accounts.put("a.operator", ["operator"], { displayName: "Ada O. Perator" });
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain("Ihre Eingaben sind noch da");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("password");
    expect(await violations(page)).toEqual([]);
    await browser.shot(page, "session-ended");
    await logIn(page);
    await soon(() => dialog.count()).toBe(0);
    expect(await field.inputValue()).toBe("A40 bei Duisburg");
    await soon(() => header(page).innerText()).toBe("Ada O. Perator");
  });

  it("warns before the session ends, and renews it on top of what is open", async () => {
    browser.allow(/401|404/);
    const { server } = await serverOf({ "session.longestMs": 240_000 });
    const page = await browser.open(server);
    await logIn(page);
    await page.getByText("Ihre Sitzung endet in 4 Minuten.").waitFor();
    const before = await page.context().cookies();
    await page.getByRole("button", { name: "Neu anmelden" }).click();
    await browser.shot(page, "session-ends-soon");
    await logIn(page, "wrong wrong wrong");
    await soon(() => page.locator("[role=alert]").allInnerTexts()).toContainEqual(
      expect.stringContaining("falsch"),
    );
    await logIn(page);
    await soon(() => page.getByRole("dialog").count()).toBe(0);
    expect((await page.context().cookies())[0]?.value).not.toBe(before[0]?.value);
    await soon(() => header(page).innerText()).toBe("Ada Operator");
  });

  it("goes to the identity provider and back, and opens a window of its own where work is open", async () => {
    const provider = await IdentityProvider.start();
    // The provider's own pages fetch a font from elsewhere.
    browser.allow(/401|403|request to somebody else|ERR_FAILED|404/);
    provider.people.set("ada", { name: "Ada Lovelace", groups: ["operator"] });
    provider.people.set("eve", { name: "Eve", groups: ["chess-club"] });
    const { server } = await serverOf({
      "oidc.issuer": provider.issuer,
      "oidc.clientId": CLIENT_ID,
      "oidc.clientSecret": CLIENT_SECRET,
      "oidc.name": "Stadt Duisburg",
      "oidc.rolesClaim": "groups",
    });
    await provider.register(server.httpUrl);
    const page = await browser.open(server, { at: "/network" });
    page.setDefaultTimeout(8_000);
    await page.route(/fonts/, (route) => route.abort());
    await atProvider(page, "eve", () =>
      page.getByRole("link", { name: "Anmelden mit Stadt Duisburg" }).click(),
    );
    await soon(() => page.getByRole("alert").first().innerText()).toMatch(/nicht bestätigt|keine Rolle/);
    await soon(() => page.url()).not.toContain("login=");
    await page.context().clearCookies();
    await atProvider(page, "ada", () =>
      page.getByRole("link", { name: "Anmelden mit Stadt Duisburg" }).click(),
    );
    await soon(() => header(page).innerText()).toBe("Ada Lovelace");
    expect(new URL(page.url()).pathname).toBe("/network");
    // The session ends under the open page: the provider, where Ada is still known, gets a window of its own.
    await page.evaluate(() => fetch("/v1/session", { method: "DELETE" }));
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "Anmelden mit Stadt Duisburg" }).click();
    await soon(() => dialog.count()).toBe(0);
    await soon(() => page.context().pages()).toHaveLength(1);
    await provider.stop();
  }, 60_000);
});

/** What somebody does on the provider's pages. */
async function atProvider(page: Page, login: string, go: () => Promise<void>): Promise<void> {
  await go();
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("x");
  await page.locator("button[type=submit]").click();
  await page.getByRole("button", { name: "Continue" }).click();
}
