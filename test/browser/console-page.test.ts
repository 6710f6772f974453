import { expect, it } from "vitest";
import { describeInBrowser, startShow, useBrowser } from "../support/browser.ts";

describeInBrowser("the console in a browser", () => {
  const browser = useBrowser();

  it("shows the live picture of a server, asking nobody else and within its policy", async () => {
    const { server, stop } = await startShow();
    const page = await browser.open(server);
    await expect.poll(() => page.evaluate(() => document.body.innerText)).toMatch(/A40/);
    await browser.shot(page, "situation");
    await stop();
  });
});
