import { readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Alert, isTerminal } from "../../src/domain/alert.ts";
import { alertLine } from "../../src/domain/alert-json.ts";
import { type LoggedAlert, transitionsAfter } from "../../src/domain/alert-log.ts";
import { AlertLives, change } from "../deliver/alert-lives.ts";
import { alert } from "../deliver/world.ts";
import { copyAfterKill, openLog } from "./alert-log-world.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { temporaryFolder } from "./folders.ts";

const lines = (entries: Iterable<LoggedAlert>): string[] =>
  [...entries].map(
    ({ sequence, previousSequence, alert }) => `${sequence} ${previousSequence} ${alertLine(alert)}`,
  );

/** Coordinates as detection rounds them. */
function onGrid(told: Alert): Alert {
  const position = {
    latitudeDeg: Math.round(told.position.latitudeDeg * 1e7) / 1e7,
    longitudeDeg: Math.round(told.position.longitudeDeg * 1e7) / 1e7,
  };
  return { ...told, position, outline: { form: "point", points: [position] } };
}

const many = (count: number, prefix = "a"): Alert[] =>
  Array.from({ length: count }, (_, i) => alert({ alertId: `${prefix}${i}` }));

describe("the durable alert log", () => {
  it("has everything after being killed or ended at any moment, and goes on with the next number", () => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 80 }),
        fc.array(fc.nat({ max: 80 }), { maxLength: 4 }),
        fc.boolean(),
        (changes, cuts, killed) => {
          let folder = temporaryFolder();
          let log = openLog(folder, { ringTransitions: 4, segmentBytes: 2_000 });
          const { epoch } = log;
          const lives = new AlertLives();
          const all: LoggedAlert[] = [];
          for (const [i, each] of changes.entries()) {
            all.push(...log.append([onGrid(lives.apply(each))]));
            if (!cuts.includes(i)) continue;
            const copy = copyAfterKill(folder);
            log.close();
            if (killed) folder = copy;
            log = openLog(folder, { ringTransitions: 4, segmentBytes: 2_000 });
            expect(log.repairs).toEqual([]);
            expect(log.epoch).toBe(epoch);
            const live = new Map<string, LoggedAlert>();
            for (const entry of all) {
              if (isTerminal(entry.alert.state)) live.delete(entry.alert.alertId);
              else live.set(entry.alert.alertId, entry);
            }
            const expected = [...live.values()].sort((a, b) => a.sequence - b.sequence);
            expect(lines(log.liveAtOpening)).toEqual(lines(expected));
          }
          expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, i) => i + 1));
          expect(lines(transitionsAfter(log, 0))).toEqual(lines(all));
          for (const { alert, previousSequence } of all) {
            expect(log.holds(alert)).toBe(true);
            expect(all[previousSequence - 1]?.alert.alertId ?? alert.alertId).toBe(alert.alertId);
          }
          log.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it("knows after a restart which revisions have been told", () => {
    const folder = temporaryFolder();
    const first = openLog(folder);
    first.append([alert({ alertId: "x" }), alert({ alertId: "y", revision: 3, state: "ended" })]);
    first.close();
    const log = openLog(folder);
    expect(log.holds(alert({ alertId: "x" }))).toBe(true);
    expect(log.holds(alert({ alertId: "x", revision: 2 }))).toBe(false);
    expect(log.holds(alert({ alertId: "y", revision: 3 }))).toBe(true);
    expect(log.holds(alert({ alertId: "z" }))).toBe(false);
    log.close();
  });

  it("leaves numbers out after a loss of power and says which, so that none stands for two transitions", () => {
    const folder = temporaryFolder();
    const log = openLog(folder);
    log.append(many(20));
    const copy = copyAfterKill(folder);
    log.close();
    const names = readdirSync(copy).filter((name) => name.endsWith(".seg"));
    const last = join(copy, names.sort().at(-1) ?? "");
    truncateSync(last, statSync(last).size - 1_000);
    const again = openLog(copy, { bootId: "boot-2" });
    expect(again.epoch).toBe(log.epoch);
    const [kept] = lines(transitionsAfter(again, 0))
      .slice(-1)
      .map((line) => Number(line.split(" ")[0]));
    expect(kept).toBeLessThan(20);
    expect(again.repairs.join(" ")).toContain("an interrupted write");
    expect(again.repairs.join(" ")).toContain(
      `Numbers ${(kept ?? 0) + 1} to 10000 are left out, because power has failed`,
    );
    const [next] = again.append([alert({ alertId: "next" })]);
    expect(next?.sequence).toBe(10_001);
    for (const cursor of [0, kept ?? 0, 20, 9_999]) expect(again.lacksAfter(cursor)).toBe(true);
    expect(again.lacksAfter(10_000)).toBe(false);
    again.close();
    const third = openLog(copy, { bootId: "boot-2" });
    expect(third.repairs).toEqual([]);
    expect(third.lacksAfter(20)).toBe(true);
    expect(third.append([alert({ alertId: "more" })])[0]?.sequence).toBe(10_002);
    third.close();
  });

  it("does the same where the disk was full before the process was killed", () => {
    const folder = temporaryFolder();
    const files = new FaultyFiles();
    const log = openLog(folder, { files });
    log.append(many(3));
    files.roomBytes = 100;
    // The state lies in blocks that it has already.
    const inPlace = files.write.bind(files);
    files.write = (file, bytes, from, length, position) => {
      if (length === 4_096) files.roomBytes += 4_096;
      return inPlace(file, bytes, from, length, position);
    };
    log.append(many(3, "b"));
    expect(log.failure).toContain("ENOSPC");
    expect(lines(transitionsAfter(log, 0))).toHaveLength(6);
    const killed = openLog(copyAfterKill(folder));
    expect(killed.newest).toBe(10_000);
    expect(killed.repairs.join(" ")).toContain("could not be written");
    expect(killed.lacksAfter(3)).toBe(true);
    killed.close();
    files.roomBytes = Number.POSITIVE_INFINITY;
    log.append(many(1, "c"));
    const whole = openLog(copyAfterKill(folder));
    expect(whole.newest).toBe(7);
    expect(whole.lacksAfter(0)).toBe(false);
    whole.close();
    log.close();
  });

  it("keeps live alerts however long ago their last transition was, and removes what is too old or too much", () => {
    const folder = temporaryFolder();
    let nowMs = 1_760_000_000_000;
    const log = openLog(folder, { nowMs: () => nowMs, maxBytes: 30_000, maxAgeMs: 86_400_000 });
    log.append([alert({ alertId: "roadworks" })]);
    for (let i = 0; i < 300; i++) {
      log.append([alert({ alertId: `a${i}` }), alert({ alertId: `a${i}`, revision: 2, state: "ended" })]);
      log.retain();
    }
    expect(log.journal.bytes).toBeLessThan(40_000);
    expect(log.oldest).toBeGreaterThan(400);
    expect(log.at(1)).toBeUndefined();
    expect(log.lacksAfter(log.oldest - 1)).toBe(false);
    nowMs += 2 * 86_400_000;
    log.retain();
    log.append(many(1, "b"));
    nowMs += 2 * 86_400_000;
    log.retain();
    log.append(many(1, "c"));
    log.retain();
    expect(log.oldest).toBeGreaterThan(600);
    expect(log.journal.stats.removedSegments).toBeGreaterThan(10);
    log.close();
    const again = openLog(folder);
    expect(again.liveAtOpening.map(({ sequence, alert: { alertId } }) => [sequence, alertId])).toEqual([
      [1, "roadworks"],
      [602, "b0"],
      [603, "c0"],
    ]);
    again.close();
  });

  it("begins a new epoch where its state is lost", () => {
    const folder = temporaryFolder();
    const log = openLog(folder);
    log.append(many(2));
    log.close();
    rmSync(join(folder, "state"));
    const again = openLog(folder);
    expect(again.epoch).toBe(log.epoch + 1);
    expect(again.newest).toBe(2);
    expect(again.repairs).toEqual(["The state of the store is lost: the numbering has a new epoch."]);
    again.close();
  });

  it("survives a state of which one half is damaged", () => {
    const folder = temporaryFolder();
    const log = openLog(folder);
    log.append(many(2));
    const copy = copyAfterKill(folder);
    log.close();
    writeFileSync(join(copy, "state"), Buffer.alloc(4_096, 7), { flag: "r+" });
    const again = openLog(copy);
    expect([again.epoch, again.newest, again.repairs]).toEqual([log.epoch, 2, []]);
    again.close();
  });

  it("is written by one process at a time", () => {
    const folder = temporaryFolder();
    const log = openLog(folder);
    expect(() => openLog(folder)).toThrow(`is in use by process ${process.pid}`);
    log.close();
    openLog(folder).close();
  });

  it("reads what version 1 wrote", () => {
    const folder = temporaryFolder();
    const log = openLog(folder);
    const [first] = log.append([alert({ alertId: "old" })]);
    const told = { previousSequence: 1, alert: alert({ alertId: "old", revision: 2, state: "updated" }) };
    log.journal.append(Buffer.concat([Buffer.from([1]), Buffer.from(JSON.stringify(told))]));
    log.close();
    const again = openLog(folder);
    expect(lines(transitionsAfter(again, 0))).toEqual(
      lines([first as LoggedAlert, { sequence: 2, ...told }]),
    );
    expect(again.liveAtOpening).toHaveLength(1);
    again.close();
  });
});
