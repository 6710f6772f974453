import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../../src/ops/logging.ts";
import type { KeeperOrder } from "../../../src/server/restart/keeper-main.ts";
import { KeeperProcess } from "../../../src/server/restart/keeper-process.ts";
import type { SavedBlocks } from "../../../src/server/restart/state-keeper.ts";
import { temporaryFolder } from "../../store/folders.ts";

let keeper: KeeperProcess | undefined;
afterEach(() => keeper?.close());

/** A process that lacks inputs until the server has saved a state of its own, and then saves some. */
function keeperThatLacksInputs(statePath: string): URL {
  const path = join(temporaryFolder(), "keeper.mjs");
  writeFileSync(
    path,
    `import { existsSync } from "node:fs";
    process.once("message", () => {
      if (existsSync(${JSON.stringify(statePath)})) process.send({ kind: "saved", blocks: { heldThrough: 7, dropThrough: 3 } });
      else process.send({ kind: "failed", message: "inputs are missing", isFinal: true }, () => process.exit(1));
    });
    process.on("disconnect", () => process.exit());`,
  );
  return pathToFileURL(path);
}

describe("a keeper that lacks inputs", () => {
  it("goes on from a state that the server saves itself, as soon as it can", async () => {
    const statePath = join(temporaryFolder(), "state");
    const saved: SavedBlocks[] = [];
    const failures: (string | undefined)[] = [];
    keeper = new KeeperProcess({
      order: {} as KeeperOrder,
      onSaved: (blocks) => saved.push(blocks),
      renew: () => {
        failures.push(keeper?.failure);
        // The first time the disk is full.
        if (failures.length < 2) return false;
        writeFileSync(statePath, "");
        return true;
      },
      logger: silentLogger,
      entry: keeperThatLacksInputs(statePath),
      renewAfterMs: 1,
    });
    await expect.poll(() => saved, { timeout: 10_000 }).toEqual([{ heldThrough: 7, dropThrough: 3 }]);
    expect(failures).toEqual(["inputs are missing", "inputs are missing"]);
    expect(keeper.failure).toBeUndefined();
    expect(keeper.saved).toBe(1);
  });
});
