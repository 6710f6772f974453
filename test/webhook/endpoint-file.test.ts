import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEndpointFile } from "../../src/webhook/endpoint-file.ts";
import { temporaryFolder } from "../store/folders.ts";
import { SECRET } from "./receiver.ts";

const good = { name: "centre", url: "https://centre.example/hook", secrets: [{ env: "HOOK_SECRET" }] };

function read(endpoints: unknown, env: Record<string, string> = { HOOK_SECRET: SECRET }) {
  const path = join(temporaryFolder(), "webhooks.json");
  writeFileSync(path, typeof endpoints === "string" ? endpoints : JSON.stringify({ endpoints }));
  return readEndpointFile(path, env);
}

describe("the file of endpoints", () => {
  it("is read with its defaults", async () => {
    const { endpoints } = await read([good]);
    expect(endpoints[0]).toMatchObject({
      name: "centre",
      order: "strict",
      maxConcurrent: 1,
      maxBatch: 1,
      begin: "snapshot",
      paused: false,
      subscription: {
        area: { form: "everywhere" },
        filter: { kinds: [], minSeverity: 1, confirmedOnly: false },
      },
    });
  });

  it.each([
    ["no JSON", "{", "this is no JSON"],
    ["an unknown key", [{ ...good, retries: 3 }], "retries"],
    [
      "a kind that is none",
      [{ ...good, subscription: { kinds: ["jam"] } }],
      "endpoints[0].subscription.kinds[0]",
    ],
    ["no secret", [{ ...good, secrets: [] }], "endpoints[0].secrets"],
    ["a secret in plain sight", [{ ...good, secrets: [SECRET] }], "endpoints[0].secrets[0]"],
    ["a secret that is not set", [{ ...good, secrets: [{ env: "OTHER" }] }], "OTHER is not set"],
    [
      "a secret file that is missing",
      [{ ...good, secrets: [{ file: "nowhere" }] }],
      "nowhere does not exist",
    ],
    ["two endpoints of a name", [good, good], "another endpoint of this name"],
    ["plain text to another machine", [{ ...good, url: "http://centre.example/hook" }], "only https"],
    ["another scheme", [{ ...good, url: "ftp://centre.example/hook" }], "only https"],
    ["a password in the address", [{ ...good, url: "https://a:b@centre.example/" }], "user or password"],
    ["the cloud's metadata", [{ ...good, url: "https://169.254.169.254/latest" }], "nothing is sent to"],
    ["an address in other clothes", [{ ...good, url: "https://0xa9fea9fe/" }], "nothing is sent to"],
    ["a private address unasked", [{ ...good, url: "https://10.0.0.7/hook" }], "privateNetwork"],
    [
      "a polygon that crosses itself",
      [{ ...good, subscription: { area: { form: "polygon", points: crossed() } } }],
      "subscription.area",
    ],
  ])("is refused with %s, in one sentence", async (_, endpoints, words) => {
    const error = await read(endpoints).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: "WebhookFileError", message: expect.stringContaining(words) });
  });

  it("says nothing of a secret that cannot be used", async () => {
    const error = await read([good], { HOOK_SECRET: "whsec_c2hvcnQ=" }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining("HOOK_SECRET cannot be used") });
    expect((error as Error).message).not.toContain("c2hvcnQ");
  });

  it("takes private networks and loopback where they are meant", async () => {
    const urls = [
      "https://10.0.0.7/hook",
      "http://127.0.0.1:9000/hook",
      "http://localhost:9000/",
      "http://[::1]:9000/",
    ];
    const { endpoints } = await read(
      urls.map((url, i) => ({ ...good, name: `e${i}`, url, privateNetwork: true })),
    );
    expect(endpoints).toHaveLength(urls.length);
  });
});

function crossed() {
  return [
    [51, 6],
    [52, 7],
    [51, 7],
    [52, 6],
  ].map(([latitudeDeg, longitudeDeg]) => ({ latitudeDeg, longitudeDeg }));
}
