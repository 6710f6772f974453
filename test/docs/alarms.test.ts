import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAlarmSettings } from "../../src/alarm/settings.ts";
import { projectRoot } from "../support/source-tree.ts";
import { withRules } from "./alarm-tables.ts";

const path = join(projectRoot, "docs/alarms.md");
if (process.env["UPDATE_DOCS"] === "1") writeFileSync(path, withRules(readFileSync(path, "utf8")));
const page = readFileSync(path, "utf8");

describe("docs/alarms.md", () => {
  // `UPDATE_DOCS=1 npx vitest run test/docs` writes the table anew.
  it("has the rules of the code", () => {
    expect(page).toBe(withRules(page));
  });

  it("shows settings that the server reads", () => {
    const [, example = ""] = page.match(/```json\n([\s\S]*?)```/) ?? [];
    const { rules, floodFrom } = readAlarmSettings(JSON.parse(example));
    expect(floodFrom).toBe(20);
    expect(rules.congestion.holdMs).toBe(120_000);
  });
});
