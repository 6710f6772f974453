import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMap } from "../../../src/map-build/build.ts";
import type { PlanRoad } from "../plan/road.ts";
import type { Sample } from "../samples.ts";
import type { Scenario, ScenarioRun } from "../scenario.ts";
import { deriveTruth, type KnownTruth } from "../truth/derive.ts";
import { runSumo, type SumoDrive } from "./drive.ts";
import { buildNetwork, type SumoPlan } from "./network.ts";

/** What a scenario on a network of SUMO consists of. */
export interface SumoPlay {
  readonly plan: SumoPlan;
  readonly drive: Omit<SumoDrive, "net" | "seed">;
  /** Roads on which truth is told; a road may be several edges. */
  readonly roads: readonly PlanRoad[];
  readonly truth: (samples: readonly Sample[]) => Omit<KnownTruth, "scenario" | "seed" | "source">;
}

/** A scenario whose network netconvert builds, whose map comes from that network, and whose traffic SUMO drives. */
export function sumoScenario(
  about: Pick<Scenario, "name" | "title" | "asks" | "victims" | "durationS">,
  play: (seed: number) => SumoPlay,
): Scenario {
  return { ...about, engine: "sumo", generate: (seed) => generate(about.name, seed, play(seed)) };
}

async function generate(scenario: string, seed: number, play: SumoPlay): Promise<ScenarioRun> {
  const folder = mkdtempSync(join(tmpdir(), "roadpulse-quality-"));
  try {
    const net = buildNetwork(folder, play.plan);
    const { map } = await buildMap(net, { name: scenario });
    const samples = runSumo(folder, { ...play.drive, net, seed });
    const source = "own simulation (SUMO), 100 % of vehicles";
    const truth = deriveTruth(play.roads, samples, { ...play.truth(samples), scenario, seed, source });
    return { scenario, seed, samples, extras: [], truth, map };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
