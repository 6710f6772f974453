import type { SystemView as SystemState } from "../../api/contract/system.ts";
import { useResource } from "../rest/resource.ts";
import { Charts } from "./charts.tsx";
import { Health } from "./health.tsx";
import { Conservation, LatencyTable } from "./tables.tsx";

/** History grows every few seconds; asking more often shows nothing new. */
const ASK_EVERY_MS = 2_000;

/** How the server is: its health, its speed, and that it loses nothing. */
export function SystemView() {
  const { value: system, error } = useResource<SystemState>("/v1/system", ASK_EVERY_MS);
  return (
    <div class={error === undefined ? "system" : "system is-old"}>
      {error !== undefined && (
        <p class="panel panel-error" role="alert">
          {error.message}
        </p>
      )}
      {system !== undefined && (
        <>
          <div class="system-side">
            <Health system={system} />
            <LatencyTable latency={system.latency} />
          </div>
          <div class="system-main">
            <Charts history={system.history} />
            <Conservation conservation={system.conservation} />
          </div>
        </>
      )}
    </div>
  );
}
