import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { readEndpoints } from "../../src/webhook/endpoint-schema.ts";
import { signedHeaders, WebhookSecret } from "../../src/webhook/signature.ts";
import { temporaryFolder } from "../store/folders.ts";
import { projectRoot } from "../support/source-tree.ts";
import { SECRET } from "../webhook/receiver.ts";

const page = readFileSync(join(projectRoot, "docs/webhooks.md"), "utf8");

function block(language: string): string {
  const [, text] = new RegExp(`\`\`\`${language}\n([^]*?)\n\`\`\``).exec(page) ?? [];
  if (text === undefined) throw new Error(`the page has no block of ${language}`);
  return text;
}

const NOW_S = 1_763_900_000;
const BODY = '{"type":"alert","text":"Straße"}';
const headers = signedHeaders(
  [WebhookSecret.parse(`whsec_${Buffer.alloc(32, 1).toString("base64")}`), WebhookSecret.parse(SECRET)],
  "alert_1_7",
  NOW_S,
  BODY,
);

/** A message and whether it is to be believed. */
const CASES: readonly (readonly [Record<string, string>, string, number, boolean])[] = [
  [headers, BODY, NOW_S, true],
  [headers, BODY, NOW_S + 300, true],
  [headers, `${BODY} `, NOW_S, false],
  [{ ...headers, "webhook-id": "alert_1_8" }, BODY, NOW_S, false],
  [{ ...headers, "webhook-signature": "v1,AAAA" }, BODY, NOW_S, false],
  [{ ...headers, "webhook-timestamp": "soon" }, BODY, NOW_S, false],
  [headers, BODY, NOW_S + 301, false],
  [headers, BODY, NOW_S - 301, false],
  [{}, BODY, NOW_S, false],
];
const expected = CASES.map(([, , , genuine]) => genuine);

describe("docs/webhooks.md", () => {
  it("has a file that the server takes", () => {
    expect(readEndpoints(JSON.parse(block("json")))).toHaveLength(1);
  });

  it("has a check for Node that believes the right messages", async () => {
    const path = join(temporaryFolder(), "verify.mjs");
    writeFileSync(path, block("js"));
    const { isGenuine } = await import(/* @vite-ignore */ pathToFileURL(path).href);
    expect(CASES.map(([shown, body, nowS]) => isGenuine(shown, Buffer.from(body), SECRET, nowS))).toEqual(
      expected,
    );
  });

  it.skipIf(spawnSync("python3", ["--version"]).status !== 0)("has a check for Python that does, too", () => {
    const lines = [
      "import json, sys",
      block("python"),
      "secret, cases = json.load(sys.stdin)",
      "print(json.dumps([is_genuine(h, b.encode(), secret, n) for h, b, n, _ in cases]))",
    ];
    const output = execFileSync("python3", ["-c", lines.join("\n")], {
      input: JSON.stringify([SECRET, CASES]),
    });
    expect(JSON.parse(output.toString())).toEqual(expected);
  });
});
