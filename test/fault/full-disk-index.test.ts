import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openDatabase } from "../../src/store/alert-index.ts";
import { fill, smallDisk } from "./small-disk.ts";

const disk = smallDisk(4);

it.skipIf(disk === undefined)(
  "the index of the history refuses to open on a full disk, which would end the process, and opens when there is room (needs mount)",
  async () => {
    const folder = disk ?? "";
    const filler = join(folder, "filler");
    fill(filler);
    expect(() => openDatabase(join(folder, "index"), false)).toThrow("the disk has no room");
    rmSync(filler);
    const database = openDatabase(join(folder, "index"), false);
    database.putSync(["meta"], 1);
    expect(database.get(["meta"])).toBe(1);
    await database.close();
  },
);
