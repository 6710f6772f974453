import { stationTrust } from "../../src/detect/trust/station-trust.ts";
import type { Frame } from "../../src/domain/frame.ts";
import { TICK_MS, watermarkAtMs } from "../../src/domain/time.ts";
import { DetectorRuntime } from "../../src/stream/detector-runtime.ts";
import { Tracker } from "../../src/track/tracker.ts";
import { seededRandom } from "../support/random.ts";
import { motionOf } from "./listen.ts";
import type { TrueReport } from "./report.ts";

/** How pseudonyms change. */
export interface PseudonymScheme {
  readonly everyS: number;
  /** Silence at a change, drawn evenly between the two. */
  readonly silentFromS: number;
  readonly silentToS: number;
}

export interface IdentityScore {
  readonly changes: number;
  readonly right: number;
  /** New ids linked with another road user; and stations that never changed but were linked. */
  readonly wrong: number;
  readonly missed: number;
}

const SOURCE = { slot: 1, name: "gateway", kind: "gateway", timeBase: "utc" } as const;
const DELAY_MS = 40;

/** What is needed of a report under its present pseudonym. */
interface Alias {
  id: number;
  before: number | undefined;
  changeAtMs: number;
  silentUntilMs: number;
}

/** Lets every vehicle change its pseudonym, and judges each new id three seconds after its first message. */
export function scoreIdentity(
  reports: readonly TrueReport[],
  scheme: PseudonymScheme,
  seed: number,
): IdentityScore {
  const random = seededRandom(seed);
  const aliases = new Map<number, Alias>();
  const owners = new Map<number, number>();
  const due: { atMs: number; id: number; before: number | undefined }[] = [];
  const listener = new Listener();
  const score = { changes: 0, right: 0, wrong: 0, missed: 0 };
  const judgeUntil = (nowMs: number) => {
    for (let next = due[0]; next !== undefined && next.atMs <= nowMs; next = due[0]) {
      due.shift();
      judge(next.id, next.before, listener, owners, score);
    }
  };
  for (const report of reports) {
    const alias = aliasOf(aliases, report, scheme, random);
    if (report.atMs < alias.silentUntilMs) continue;
    listener.take(report, alias.id);
    if (owners.has(alias.id)) continue;
    owners.set(alias.id, report.stationId);
    due.push({ atMs: report.atMs + JUDGED_AFTER_MS, id: alias.id, before: alias.before });
    judgeUntil(report.atMs);
  }
  return score;
}

const JUDGED_AFTER_MS = 3_000;

function judge(
  id: number,
  before: number | undefined,
  listener: Listener,
  owners: ReadonlyMap<number, number>,
  score: { changes: number; right: number; wrong: number; missed: number },
): void {
  // A predecessor that nobody heard cannot be linked with.
  const known = before !== undefined && owners.has(before);
  if (known) score.changes++;
  const user = listener.roadUserOf(id);
  if (user === id) score.missed += known ? 1 : 0;
  else if (owners.get(user) === owners.get(id)) score.right++;
  else score.wrong++;
}

function aliasOf(
  aliases: Map<number, Alias>,
  { stationId, atMs }: TrueReport,
  { everyS, silentFromS, silentToS }: PseudonymScheme,
  random: () => number,
): Alias {
  const drawId = () => Math.floor(random() * 4_294_967_295) + 1;
  const known = aliases.get(stationId);
  if (known === undefined) {
    const alias: Alias = {
      id: drawId(),
      before: undefined,
      changeAtMs: atMs + random() * everyS * 1_000,
      silentUntilMs: 0,
    };
    aliases.set(stationId, alias);
    return alias;
  }
  if (atMs < known.changeAtMs) return known;
  known.before = known.id;
  known.id = drawId();
  known.changeAtMs = atMs + everyS * 1_000;
  known.silentUntilMs = atMs + (silentFromS + random() * (silentToS - silentFromS)) * 1_000;
  return known;
}

class Listener {
  readonly #tracker = new Tracker();
  readonly #detector = stationTrust();
  #state = this.#detector.init();
  readonly #runtime: DetectorRuntime;
  #tickMs = 0;

  constructor() {
    const exposed = { ...this.#detector, init: () => this.#state };
    this.#runtime = new DetectorRuntime([exposed], this.#tracker, {});
  }

  roadUserOf(stationId: number): number {
    return this.#state.users.roadUserOf(stationId);
  }

  take(report: TrueReport, stationId: number): void {
    const receivedAtMs = report.atMs + DELAY_MS;
    this.#advanceTo(receivedAtMs);
    const frame: Frame = {
      stationId,
      observedAtMs: report.atMs,
      receivedAtMs,
      source: SOURCE,
      receiver: "gateway",
      security: "unchecked",
      late: false,
      clockReplaced: false,
      observation: motionOf(report),
    };
    this.#tracker.apply(frame);
    this.#run("message", receivedAtMs, [frame]);
  }

  #advanceTo(timeMs: number): void {
    if (this.#tickMs === 0) this.#tickMs = Math.floor(timeMs / TICK_MS) * TICK_MS;
    while (this.#tickMs + TICK_MS <= timeMs) {
      this.#tickMs += TICK_MS;
      this.#tracker.onTick(this.#tickMs);
      this.#run("tick", this.#tickMs, []);
    }
  }

  #run(kind: "tick" | "message", receivedAtMs: number, frames: readonly Frame[]): void {
    const watermarkMs = watermarkAtMs(this.#tickMs);
    this.#runtime.run({ kind, receivedAtMs, watermarkMs, frames, corroborations: [] });
  }
}
