import { expect, test } from "vitest";
import { configFields } from "../../src/config/fields.ts";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { printConfig } from "../../src/config/print.ts";

const SECRET = "a key that nobody may see";

test("secrets are masked when printed", () => {
  const loaded = loadConfig({ flags: { "deliver.stationLabelKey": SECRET } });
  if (isConfigProblems(loaded)) throw new Error("valid configuration refused");
  const printed = printConfig(loaded);

  expect(printed).not.toContain(SECRET);
  expect(JSON.parse(printed)).toMatchObject({ deliver: { stationLabelKey: "***" }, listen: { port: 8080 } });
});

test("keys that sound secret are marked secret", () => {
  const suspicious = configFields.filter(({ path }) => /key$|secret|token|password/i.test(path));
  expect(suspicious.filter(({ secret }) => !secret)).toEqual([]);
});

test("what is printed without secrets loads again", () => {
  const loaded = loadConfig({});
  if (isConfigProblems(loaded)) throw new Error("defaults refused");
  expect(JSON.parse(printConfig(loaded))).toEqual(loaded);
});
