import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { runCli } from "../cli/capture.ts";
import { alert, START_MS } from "../deliver/world.ts";
import { temporaryFolder } from "../store/folders.ts";
import { Issuer } from "../support/credentials.ts";
import { startTestServer } from "../support/server.ts";
import { type Arrival, Receiver, SECRET } from "../webhook/receiver.ts";

function fileOf(endpoints: readonly Record<string, unknown>[], folder = temporaryFolder()): string {
  const path = join(folder, "webhooks.json");
  writeFileSync(join(folder, "secret"), SECRET);
  const full = endpoints.map((each) => ({
    name: "centre",
    secrets: [{ file: "secret" }],
    begin: "now",
    ...each,
  }));
  writeFileSync(path, JSON.stringify({ endpoints: full }));
  return path;
}

async function serve(file: string, more: Record<string, unknown> = {}) {
  const data = temporaryFolder();
  const server = await startTestServer({
    "webhooks.file": file,
    "store.directory": data,
    "store.keepState": false,
    ...more,
  });
  let alerts = 0;
  const tell = () => server.hub.publish([alert({ alertId: `a${++alerts}` })], undefined, START_MS);
  const url = ["--url", server.httpUrl];
  return { server, data, tell, url };
}

describe("a server with webhooks", () => {
  it("is refused without a store, in a sentence that says what to do", () => {
    const config = loadConfig({ flags: { "webhooks.file": "webhooks.json" } });
    if (!isConfigProblems(config)) throw new Error("taken");
    expect(config).toMatchObject([{ path: "webhooks.file", hint: expect.stringContaining("--data") }]);
  });

  it("does not start with a file that cannot be used, and leaves nothing open", async () => {
    const file = fileOf([{ url: "http://centre.example/" }]);
    const data = temporaryFolder();
    const start = () =>
      startTestServer({ "webhooks.file": file, "store.directory": data, "store.keepState": false });
    await expect(start()).rejects.toThrow(/centre.*only https/);
    writeFileSync(file, JSON.stringify({ endpoints: [] }));
    await start();
  });

  it("posts alerts, tells how receivers fare, and takes an operator's commands", async () => {
    const receiver = await Receiver.start();
    const { server, tell, url } = await serve(fileOf([{ url: `${receiver.url}/secret-path` }]));
    tell();
    tell();
    await receiver.until(({ messages }) => messages.length === 2);
    await expect
      .poll(async () => (await runCli(["webhook", "list", ...url])).stdout)
      .toMatch(/centre +http:\S+ +delivering +2 +0 +0/);
    expect((await runCli(["webhook", "test", "centre", ...url])).stdout).toMatch(
      /^centre answered 204 after \d+ ms/,
    );
    expect(await runCli(["webhook", "replay", "centre", "--from", "2", ...url])).toMatchObject({ code: 0 });
    await receiver.until(({ messages }) => messages.length === 3);
    expect(await runCli(["webhook", "replay", "centre", "--from", "9", ...url])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("newest"),
    });
    expect(await runCli(["webhook", "resume", "nobody", ...url])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no webhook nobody"),
    });
    const metrics = await (await fetch(`${server.httpUrl}/metrics`)).text();
    expect(metrics).toContain('roadpulse_webhook_sent_total{endpoint="centre"} 3');
    expect(metrics).toContain('roadpulse_webhook_state{endpoint="centre",state="delivering"} 1');
    const listing = await (await fetch(`${server.httpUrl}/v1/webhooks`)).text();
    expect(listing + metrics).not.toMatch(/secret-path|MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw/);
  });

  it("warns of a receiver that wants nothing more, writes it down, and stays ready", async () => {
    const receiver = await Receiver.start();
    receiver.answer = () => 410;
    const issuer = await Issuer.create();
    const { server, tell } = await serve(fileOf([{ url: receiver.url }]), {
      "access.keys": issuer.keys,
      "access.auditFile": issuer.audit,
    });
    tell();
    const readiness = async () => await (await fetch(`${server.httpUrl}/readyz`)).json();
    await expect.poll(readiness).toMatchObject({
      status: "ready",
      checks: expect.arrayContaining([
        { name: "webhooks", ok: true, warning: expect.stringContaining("centre has answered 410") },
      ]),
    });
    await expect.poll(() => readFileSync(issuer.audit, "utf8")).toContain('"act":"webhook centre"');
    const list = (scope: string) =>
      issuer
        .token({ scope })
        .then((token) =>
          runCli(["webhook", "list", "--url", server.httpUrl], { env: { ROADPULSE_TOKEN: token } }),
        );
    expect((await list("operate")).stdout).toContain("disabled");
    expect(await list("subscribe")).toMatchObject({ code: 1 });
  });

  it("takes a changed file and a changed secret over while it runs, and keeps to the old where they cannot be used", async () => {
    const [first, second] = [await Receiver.start(), await Receiver.start()];
    const folder = temporaryFolder();
    const file = fileOf([{ url: first.url }], folder);
    const { server, tell } = await serve(file);
    tell();
    await first.until(({ messages }) => messages.length === 1);
    const touch = (path: string) => utimesSync(path, new Date(), new Date(Date.now() + 5_000));
    writeFileSync(file, "{");
    touch(file);
    const warning = async () => await (await fetch(`${server.httpUrl}/readyz`)).text();
    await expect.poll(warning, { timeout: 10_000 }).toContain("stay in force");
    tell();
    await first.until(({ messages }) => messages.length === 2);
    const secrets = [{ file: "later" }];
    fileOf([{ url: second.url, secrets }], folder);
    await expect.poll(warning).toContain("later does not exist");
    // What the file names comes after it.
    writeFileSync(join(folder, "later"), SECRET);
    await expect.poll(warning, { timeout: 10_000 }).not.toContain("stay in force");
    tell();
    await second.until(({ messages }) => messages.length === 1);
    expect(second.messages[0]?.sequence).toBe(3);
    writeFileSync(join(folder, "later"), `whsec_${Buffer.alloc(32, 5).toString("base64")}`);
    const problemOfNext = async (): Promise<Arrival["problem"]> => {
      const before = second.arrivals.length;
      tell();
      await second.until(({ arrivals }) => arrivals.length > before);
      return second.arrivals.at(-1)?.problem;
    };
    await expect.poll(problemOfNext, { timeout: 10_000 }).toContain("no signature is right");
  }, 40_000);
});

describe("webhook verify and check", () => {
  it("say whether a message is to be believed", async () => {
    const body = join(temporaryFolder(), "body");
    writeFileSync(body, '{"test": 2432232314}');
    const verify = (...more: string[]) =>
      runCli(
        [
          ...[
            "webhook",
            "verify",
            "--secret-env",
            "HOOK",
            "--id",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "--body",
            body,
          ],
          ...["--timestamp", "1614265330", "--signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="],
          ...more,
        ],
        { env: { HOOK: SECRET } },
      );
    expect(await verify("--any-age")).toMatchObject({ code: 0, stdout: "The signature is right.\n" });
    expect(await verify()).toMatchObject({ code: 1, stderr: expect.stringContaining("may be a replay") });
    writeFileSync(body, '{"test": 2432232315}');
    expect(await verify("--any-age")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no signature is right"),
    });
  });

  it("read a file before a server has to", async () => {
    const good = await runCli(["webhook", "check", fileOf([{ url: "https://centre.example/x" }])]);
    expect(good).toMatchObject({ code: 0, stdout: "centre: https://centre.example, strict, 1 secret\n" });
    expect(await runCli(["webhook", "check", fileOf([{ url: "nowhere" }])])).toMatchObject({ code: 1 });
  });
});
