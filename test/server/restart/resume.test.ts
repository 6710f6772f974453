import { mkdtempSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Alert, isTerminal } from "../../../src/domain/alert.ts";
import { Pipeline } from "../../../src/pipeline.ts";
import type { RecordedRecord } from "../../../src/recording/reader.ts";
import { advanceUntilQuiet } from "../../../src/replay.ts";
import { type MemoryFolders, passOutage, resume } from "../../../src/server/restart/resume.ts";
import { StateKeeper } from "../../../src/server/restart/state-keeper.ts";
import { INPUT_CONTENT, INPUT_CONTENT_VERSION, InputJournal } from "../../../src/store/input-journal.ts";
import { Journal } from "../../../src/store/journal.ts";
import { writeState } from "../../../src/store/saved-states.ts";
import { alertLine, alertText, goldenText, recordingNames, recordsOf } from "../../support/golden.ts";

const FINGERPRINT = "of the test";
const EVERY_MS = 10_000;

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** An alert log that outlives its server. */
class Told {
  readonly alerts: Alert[] = [];

  get text(): string {
    return alertText(this.alerts.map(alertLine));
  }

  live(): Alert[] {
    const last = new Map(this.alerts.map((alert) => [alert.alertId, alert]));
    return [...last.values()].filter(({ state }) => !isTerminal(state));
  }

  holds({ alertId, revision }: Alert): boolean {
    return this.alerts.some((told) => told.alertId === alertId && told.revision >= revision);
  }

  /** Beginnings, revisions and ends that are missing or too many. */
  faults(): string[] {
    const lives = new Map<string, Alert[]>();
    for (const alert of this.alerts) lives.set(alert.alertId, [...(lives.get(alert.alertId) ?? []), alert]);
    return [...lives].flatMap(([id, life]) => {
      const revisions = life.map(({ revision }) => revision).join();
      const rising = life.map((_, i) => i + 1).join();
      const ends = life.filter(({ state }) => isTerminal(state)).length;
      return revisions === rising && ends === 1 ? [] : [`${id}: revisions ${revisions}, ${ends} ends`];
    });
  }
}

/** What lies on the disk of a server. */
class Disk {
  readonly told = new Told();
  /** Receive time up to which inputs are kept. */
  keptMs = 0;
  readonly folders: MemoryFolders;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), "roadpulse-restart-"));
    made.push(folder);
    this.folders = { inputs: join(folder, "inputs"), states: join(folder, "states") };
  }

  start(nowMs = Number.NEGATIVE_INFINITY, fingerprint = FINGERPRINT): Server {
    return new Server(this, nowMs, fingerprint);
  }
}

/** The part of a server that remembers, and the keeper of its states. */
class Server {
  readonly disk: Disk;
  readonly resumption: ReturnType<typeof resume>;
  readonly pipeline = new Pipeline();
  readonly journal: InputJournal;
  readonly keeper: StateKeeper;
  /** Records that the disk has, of those pushed. */
  kept = 0;
  #taken = 0;
  #keepsInputs = false;

  constructor(disk: Disk, nowMs: number, fingerprint: string) {
    this.disk = disk;
    const { folders, told } = disk;
    this.journal = new InputJournal(folders.inputs, { sync: "none", maxBytes: 1e9, nowMs: () => 0 });
    const at = Number.isFinite(nowMs) ? nowMs : disk.keptMs;
    this.pipeline = new Pipeline({
      tap: (record) => {
        if (!this.#keepsInputs) return;
        this.journal.add(record);
        if (record.kind !== "tick") this.#taken++;
      },
    });
    this.resumption = resume(this.pipeline, folders, fingerprint, told, at);
    this.pipeline.alerts$.subscribe(({ record, transitions }) => {
      this.journal.processed(record, transitions.length > 0);
      if (record.kind === "tick" || transitions.length > 0) {
        this.kept = this.#taken;
        disk.keptMs = record.receivedAtMs;
      }
      told.alerts.push(...transitions);
    });
    told.alerts.push(...this.resumption.untold);
    writeState(folders.states, {
      fingerprint,
      block: this.journal.newest,
      throughMs: Math.max(0, this.pipeline.lastTickMs),
      snapshot: this.pipeline.snapshot(),
    });
    this.#keepsInputs = true;
    const { downSinceMs } = this.resumption;
    if (Number.isFinite(nowMs)) {
      if (downSinceMs !== undefined) passOutage(this.pipeline, downSinceMs, nowMs);
      this.pipeline.advanceTo(nowMs);
    }
    this.keeper = new StateKeeper(new Pipeline(), {
      folders,
      fingerprint,
      everyMs: EVERY_MS,
      onSaved: ({ dropThrough }) => this.journal.dropThrough(dropThrough),
    });
  }

  push(record: RecordedRecord): void {
    this.pipeline.push(record);
  }
}

async function play(server: Server, records: readonly RecordedRecord[], followEvery = 500): Promise<void> {
  for (const [index, record] of records.entries()) {
    server.push(record);
    if (index % followEvery === 0) await server.keeper.follow();
  }
}

const at = (count: number, share: number): number => Math.floor(count * share);

describe.each(recordingNames())("a server that is killed during %s", (name) => {
  it("goes on with the same alerts, byte for byte, from its saved state and the inputs since", async () => {
    const records = await recordsOf(name);
    const disk = new Disk();
    let done = 0;
    for (const share of [0.05, 0.3, 0.31, 0.6, 0.9, 1]) {
      const server = disk.start();
      expect(server.resumption).toMatchObject({ kind: done === 0 ? "cold" : "warm" });
      await play(server, records.slice(done, at(records.length, share)));
      // What had not reached the disk is sent again.
      if (share < 1) done += server.kept;
      else advanceUntilQuiet(server.pipeline);
    }
    expect(disk.told.faults()).toEqual([]);
    expect(disk.told.text).toBe(goldenText(name, ""));
  }, 60_000);
});

describe("after an outage", () => {
  const busy = "incident-queue";

  it.each([5, 60, 900])("of %i s every alert has one end, and silence is no hazard", async (downS) => {
    const records = await recordsOf(busy);
    const half = at(records.length, 0.5);
    const disk = new Disk();
    const first = disk.start();
    await play(first, records.slice(0, half));
    const live = disk.told.live().length;
    expect(live).toBeGreaterThan(0);
    const upAgainMs = first.pipeline.lastTickMs + downS * 1_000;
    const second = disk.start(upAgainMs);
    expect(second.resumption).toMatchObject({ kind: "warm" });
    expect(second.pipeline.sessions.size).toBe(0);
    expect(disk.told.alerts.filter(({ kind }) => kind === "blind-area")).toEqual([]);
    advanceUntilQuiet(second.pipeline);
    expect(disk.told.faults()).toEqual([]);
  });

  it("alerts that were decided but not told are told then, once", async () => {
    const records = await recordsOf(busy);
    const disk = new Disk();
    const first = disk.start();
    await play(first, records.slice(0, at(records.length, 0.5)));
    const lost = disk.told.alerts.splice(-1);
    const second = disk.start();
    expect(second.resumption.untold).toEqual(lost);
    advanceUntilQuiet(second.pipeline);
    expect(disk.told.faults()).toEqual([]);
  });
});

describe("a server that cannot have its state back", () => {
  async function broken(spoil: (disk: Disk) => void, nowMs?: (lastMs: number) => number) {
    const records = await recordsOf("incident-queue");
    const disk = new Disk();
    const first = disk.start();
    await play(first, records.slice(0, at(records.length, 0.5)));
    expect(disk.told.live().length).toBeGreaterThan(0);
    spoil(disk);
    const lastMs = first.pipeline.lastTickMs;
    const second = disk.start(nowMs?.(lastMs) ?? lastMs + 1_000, FINGERPRINT);
    advanceUntilQuiet(second.pipeline);
    expect(disk.told.faults()).toEqual([]);
    return second.resumption;
  }

  it("uses the state before a damaged one", async () => {
    const resumption = await broken(({ folders: { states } }) => {
      const newest = readdirSync(states).sort().at(-1) ?? "";
      truncateSync(join(states, newest), 1_000);
    });
    expect(resumption.kind).toBe("warm");
  });

  it.each([
    [
      "all states are damaged",
      "it is damaged",
      ({ folders: { states } }: Disk) => {
        for (const name of readdirSync(states)) truncateSync(join(states, name), 1_000);
      },
    ],
    [
      "inputs are missing",
      "lacks records",
      ({ folders: { inputs } }: Disk) => {
        const head = { content: INPUT_CONTENT, contentVersion: INPUT_CONTENT_VERSION };
        const journal = Journal.open(inputs, { ...head, sync: "none", nowMs: () => 0 });
        journal.skipTo(journal.newest + 10);
        journal.append(new Uint8Array(16));
        journal.close();
      },
    ],
  ] as const)("begins empty where %s, and ends the alerts that were told", async (_, reason, spoil) => {
    const resumption = await broken(spoil);
    expect(resumption).toMatchObject({ kind: "cold", untold: [] });
    expect(resumption.reason).toContain(reason);
  });

  it.each([
    ["an hour back", -3_600_000, "the clock was set back by "],
    ["thirty hours on", 30 * 3_600_000, "the server was down for 30 h"],
  ])("begins empty where the clock is %s", async (_, shiftMs, reason) => {
    const resumption = await broken(
      () => undefined,
      (lastMs) => lastMs + shiftMs,
    );
    expect(resumption).toMatchObject({ kind: "cold" });
    expect(resumption.reason).toContain(reason);
  });
});
