import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startTestServer } from "../support/server.ts";

function saved(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "roadpulse-settings-")), "detection.json");
  writeFileSync(path, text);
  return path;
}

test("a server starts with settings of its detectors, and refuses those that cannot be used", async () => {
  const good = saved('{ "values": { "stationary-vehicle.suspectedAfterMs": 4000 } }');
  const server = await startTestServer({ "detection.settings": good });
  expect(server.pipeline).toBeDefined();
  const bad = saved('{ "values": { "stationary-vehicle.suspectedAfterMs": 4 } }');
  await expect(startTestServer({ "detection.settings": bad })).rejects.toThrow(
    `${bad}: values: stationary-vehicle.suspectedAfterMs is 4; allowed are 1000 to 60000.`,
  );
  await expect(startTestServer({ "detection.settings": saved("{") })).rejects.toThrow(
    /detection\.json: .*JSON/,
  );
});
