import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NATIVE, profileTimes, readProfile } from "./profile.ts";
import { Rig } from "./rig.ts";
import { type Rung, rungLine } from "./rung.ts";
import type { LoadSettings, Way } from "./settings.ts";

export interface ProfileResult {
  readonly way: Way;
  readonly reportsPerSecond: number;
  /** With the profiler running, as all times here. */
  readonly cpuUsPerReport: number;
  readonly stages: readonly { readonly stage: string; readonly nsPerReport: number }[];
  readonly functions: readonly {
    readonly name: string;
    readonly where: string;
    readonly nsPerReport: number;
  }[];
}

/** Where the server's time goes at a rate. */
export async function profileWay(
  way: Way,
  rate: number,
  settings: LoadSettings,
  hazardsPerSecond = 0,
): Promise<ProfileResult> {
  const directory = mkdtempSync(join(tmpdir(), "roadpulse-profile-"));
  try {
    const rig = await Rig.open(way, settings, directory);
    const rung = await rig.run(way, rate, { hazardsPerSecond }).finally(() => rig.close());
    settings.log(`  profile at ${Math.round(rate)} reports/s: ${rungLine(rung)}`);
    return profileResult(way, rung, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** System calls on sockets are what the processor time holds beyond what the profiler saw. */
function profileResult(way: Way, rung: Rung, directory: string): ProfileResult {
  const { totalUs, stages, functions } = profileTimes(readProfile(directory), rung.window);
  const reports = (rung.receivedPerSecond * (rung.window.toUs - rung.window.fromUs)) / 1e6;
  const perReport = (us: number): number => (us * 1_000) / reports;
  const native = Math.max(0, rung.cpuUsPerReport * 1_000 - perReport(totalUs - (stages[NATIVE] ?? 0)));
  return {
    way,
    reportsPerSecond: rung.offeredPerSecond,
    cpuUsPerReport: rung.cpuUsPerReport,
    stages: Object.entries(stages)
      .map(([stage, us]) => ({ stage, nsPerReport: stage === NATIVE ? native : perReport(us) }))
      .sort((a, b) => b.nsPerReport - a.nsPerReport),
    functions: functions.map(({ name, where, us }) => ({ name, where, nsPerReport: perReport(us) })),
  };
}
