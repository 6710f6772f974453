import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alertLine } from "../../src/domain/alert-json.ts";
import { transitionsAfter } from "../../src/domain/alert-log.ts";
import { AlertIndex } from "../../src/store/alert-index.ts";
import { alert, START_MS } from "../deliver/world.ts";
import { openLog } from "../store/alert-log-world.ts";
import { temporaryFolder } from "../store/folders.ts";
import { runCli } from "./capture.ts";

const road = { ref: "A40", direction: "Venlo", fromKm: 12, toKm: 13, text: "A40 towards Venlo" };
const TOLD = Array.from({ length: 60 }, (_, i) =>
  alert({
    alertId: `alert-${i}`,
    detectedAtMs: START_MS + i * 60_000,
    kind: i % 3 === 0 ? "congestion" : "obstacle",
    road: i % 2 === 0 ? road : undefined,
  }),
);

/** A store with a log in several segments and its index. */
async function someStore(): Promise<string> {
  const data = temporaryFolder();
  const log = openLog(join(data, "alerts"));
  for (const told of TOLD) log.append([told]);
  const index = new AlertIndex(join(data, "alerts"), log);
  while (index.follow());
  await index.close();
  log.close();
  return data;
}

const capture = (...args: string[]) => runCli(args);

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");

describe("roadpulse history", () => {
  it("answers by time, road and kind, in lines of the alert file", async () => {
    const data = await someStore();
    const from = new Date(START_MS + 10 * 60_000).toISOString();
    const { code, stdout } = await capture(
      "history",
      "--data",
      data,
      "--from",
      from,
      "--route",
      "A40",
      "--kind",
      "congestion",
      "--json",
    );
    const expected = TOLD.filter(
      ({ road, kind }, i) => i >= 10 && road !== undefined && kind === "congestion",
    );
    expect(code).toBe(0);
    expect(linesOf(stdout)).toEqual(expected.map(alertLine));
    const last = await capture("history", "--data", data, "--last", "2", "--json");
    expect(linesOf(last.stdout)).toEqual(TOLD.slice(-2).map(alertLine));
    const one = await capture("history", "--data", data, "--alert", "alert-17");
    expect(linesOf(one.stdout)).toHaveLength(1);
  });

  it("tells what is wrong with a question", async () => {
    expect((await capture("history")).stderr).toContain("Name its folder with --data");
    expect((await capture("history", "--data", temporaryFolder())).stderr).toContain(
      "holds no index of alerts",
    );
    expect((await capture("history", "--data", "x", "--from", "yesterday")).stderr).toContain(
      "--from yesterday is no time.",
    );
  });
});

describe("roadpulse store", () => {
  it("checks a log and names damage", async () => {
    const data = await someStore();
    const whole = await capture("store", "check", "--data", data);
    expect([whole.code, whole.stdout]).toEqual([
      0,
      expect.stringMatching(/^60 transitions, 1 to 60, in \d+ files of \d+ bytes; 60 alerts live\n$/),
    ]);
    const [first = ""] = readdirSync(join(data, "alerts"))
      .filter((name) => name.endsWith(".seg"))
      .sort();
    const path = join(data, "alerts", first);
    const bytes = readFileSync(path);
    bytes[bytes.length - 30] = 0xff;
    writeFileSync(path, bytes);
    const damaged = await capture("store", "check", "--data", data);
    expect(damaged.code).toBe(1);
    expect(damaged.stdout).toContain("damaged:");
    expect(damaged.stderr).toContain("store compact");
    expect((await capture("store", "compact", "--data", data)).code).toBe(0);
    const mended = await capture("store", "check", "--data", data, "--json");
    expect([mended.code, mended.stdout, mended.stderr]).toEqual([0, expect.anything(), ""]);
    expect(JSON.parse(mended.stdout)).toMatchObject({
      transitions: 59,
      segments: 1,
      damage: [],
      holes: [expect.anything()],
    });
    const again = openLog(join(data, "alerts"));
    expect([again.newest, again.repairs]).toEqual([60, []]);
    again.close();
  });

  it("takes a backup beside a running server and restores it under a new epoch", async () => {
    const data = await someStore();
    const running = openLog(join(data, "alerts"));
    const backup = join(temporaryFolder(), "copy");
    expect((await capture("store", "backup", "--data", data, "--out", backup)).stderr).toContain(
      "60 transitions up to 60",
    );
    expect((await capture("store", "compact", "--data", data)).stderr).toContain("is in use by process");
    running.append([alert({ alertId: "after the backup" })]);
    running.close();
    expect((await capture("store", "restore", "--data", data, "--from", backup)).stderr).toContain(
      "is not empty",
    );
    const fresh = temporaryFolder();
    expect((await capture("store", "restore", "--data", fresh, "--from", backup)).code).toBe(0);
    const restored = openLog(join(fresh, "alerts"), { nowMs: () => START_MS + 1 });
    expect(restored.newest).toBe(60);
    expect(restored.epoch).toBeGreaterThan(running.epoch);
    expect(restored.liveAtOpening).toHaveLength(60);
    restored.close();
  });

  it("exports an alert file", async () => {
    const data = await someStore();
    const out = join(temporaryFolder(), "alerts.ndjson");
    await capture("store", "export", "--data", data, "--out", out);
    expect(linesOf(readFileSync(out, "utf8"))).toEqual(TOLD.map(alertLine));
  });

  it("writes a log of version 1 anew in the present version, with the same transitions", async () => {
    const data = temporaryFolder();
    const log = openLog(join(data, "alerts"));
    for (const told of TOLD.slice(0, 5)) {
      log.journal.append(
        Buffer.concat([Buffer.from([1]), Buffer.from(JSON.stringify({ previousSequence: 0, alert: told }))]),
      );
    }
    log.close();
    expect((await capture("store", "check", "--data", data)).stdout).toContain(
      "5 transitions in an older version",
    );
    expect((await capture("store", "migrate", "--data", data)).code).toBe(0);
    expect(JSON.parse((await capture("store", "check", "--data", data, "--json")).stdout)).toMatchObject({
      transitions: 5,
      oldRecords: 0,
    });
    const again = openLog(join(data, "alerts"));
    expect([...transitionsAfter(again, 0)].map(({ alert }) => alertLine(alert))).toEqual(
      TOLD.slice(0, 5).map(alertLine),
    );
    expect(again.epoch).toBe(log.epoch);
    again.close();
    expect((await capture("store", "migrate", "--data", data)).stderr).toContain(
      "in the present version already",
    );
  });

  it("refuses what a later version wrote", async () => {
    const data = await someStore();
    const log = openLog(join(data, "alerts"));
    log.journal.append(Buffer.from([9, 9, 9]));
    log.close();
    appendFileSync(join(data, "alerts", "note.txt"), "not a segment");
    expect((await capture("store", "check", "--data", data)).stderr).toContain("later version");
  });
});
