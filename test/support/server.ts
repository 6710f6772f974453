import { afterEach } from "vitest";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

/** A real server on ports of the system's choice, stopped after the test. Flags by dotted path, as on the command line. */
export async function startTestServer(flags: Readonly<Record<string, unknown>> = {}): Promise<RunningServer> {
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.fastLaneEngine": "off",
      "listen.drainTimeoutMs": 1_000,
      // The test works in the same loop: what holds it up would pass for overload.
      "limits.shedWhenOverloaded": false,
      ...flags,
    },
  });
  if (isConfigProblems(config)) throw new Error(config.map(({ message }) => message).join(" "));
  const server = await startServer(config, { logger: silentLogger });
  running.push(server);
  return server;
}
