import { expect, test } from "vitest";
import { configFields } from "../../src/config/fields.ts";
import { renderReference } from "../../src/config/reference.ts";

// `npx vitest run test/config/reference.test.ts -u` writes the page anew.
test("docs/configuration.md is what the schema says", async () => {
  await expect(renderReference()).toMatchFileSnapshot("../../docs/configuration.md");
});

test("every key is described, and every number has a range", () => {
  for (const field of configFields) {
    expect(field.description, field.path).toMatch(/^[A-Z`].*\.$/s);
    if (field.type === "integer" || field.type === "number") {
      expect([field.least, field.most], field.path).not.toContain(undefined);
      expect(Math.abs(field.most ?? 0), field.path).toBeLessThan(Number.MAX_SAFE_INTEGER);
    }
  }
});
