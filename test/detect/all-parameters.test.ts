import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ALL_PARAMETERS, documentedParameters, unitOf } from "../../src/detect/all-parameters.ts";
import { renderParameterReference } from "../../src/detect/parameter-reference.ts";
import { defaultDetectors } from "../../src/detect/registry.ts";

const FOLDER = new URL("../../src/detect", import.meta.url).pathname;

// `npx vitest run test/detect/all-parameters.test.ts -u` writes the page anew.
test("docs/detection-parameters.md is what the parameters say", async () => {
  await expect(renderParameterReference()).toMatchFileSnapshot("../../docs/detection-parameters.md");
});

test("every group of parameters is listed", async () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|[/-])parameters\.ts$/.test(file),
  );
  const groups = await Promise.all(
    files
      .filter((file) => file !== "all-parameters.ts")
      .map(async (file) => Object.entries((await import(join(FOLDER, file))) as Record<string, unknown>)),
  );
  const listed = new Set<unknown>(Object.values(ALL_PARAMETERS));
  const missing = groups.flat().filter(([, group]) => typeof group === "object" && !listed.has(group));
  expect(groups.flat().length).toBeGreaterThan(10);
  expect(missing.map(([name]) => name)).toEqual([]);
});

test("groups are named as their detectors, so that a key leads to the code", () => {
  const groups = new Set(Object.keys(ALL_PARAMETERS));
  const others = defaultDetectors()
    .map(({ name }) => name)
    .filter((name) => !groups.has(name));
  // Notices are believed as they are: the rules of EN 302 637-3 leave nothing to set.
  expect(others).toEqual(["hazard-notice"]);
});

test("every parameter has a default within its range, a sentence, a source and a unit in its name", () => {
  for (const { key, default: value, min, max, text, source, unit } of documentedParameters()) {
    expect(value, key).toBeGreaterThanOrEqual(min);
    expect(value, key).toBeLessThanOrEqual(max);
    expect(text, key).toMatch(/^[A-Z].*\.$/s);
    expect(source, key).toMatch(/\S/);
    // Numbers without a unit are counts, shares, weights: never times, lengths or speeds.
    if (unit === "") expect(text, key).not.toMatch(/^(How long|Time|Distance|Speed|Length)\b/);
  }
});

test("units are read from names", () => {
  expect(
    [
      "onSpeedMps",
      "heavyDecelerationMps2",
      "endAfterMs",
      "spreadM",
      "headingDeg",
      "sharePct",
      "slowRatio",
    ].map(unitOf),
  ).toEqual(["m/s", "m/s²", "ms", "m", "°", "%", ""]);
});
