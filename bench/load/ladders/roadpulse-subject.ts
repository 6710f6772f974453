import { ServerProcess } from "../server-process.ts";
import type { Lane } from "../settings.ts";
import { PROBE, type ProbeMark, type Subject } from "./subject.ts";

/** Limits of the product that few sockets with many vehicles, or many sockets from one machine, would meet. */
const SETTINGS = [
  "track.maxStations=2000000",
  "limits.maxItemsPerSecondPerSource=2000000",
  "limits.burstItemsPerSource=2000000",
  "limits.maxConnections=25000",
  "limits.maxSessions=25000",
];

/** The program as users start it, with higher limits and a probe. */
export async function startRoadpulse(
  lane: Lane,
  core: number | undefined,
  settings: readonly string[] = [],
): Promise<Subject> {
  const server = await ServerProcess.start({ core, probe: PROBE, settings: [...SETTINGS, ...settings] });
  return {
    name: `Roadpulse, ${lane === "fast" ? `8081 (${server.engine})` : "8080 (ws)"}`,
    url: lane === "fast" ? server.fastLaneUrl : server.streamUrl,
    state: () => server.state(),
    probe: async (order) => (await server.ask(order)) as ProbeMark,
    end: () => server.kill(),
  };
}
