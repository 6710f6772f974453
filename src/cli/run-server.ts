import { maskedConfig } from "../config/print.ts";
import { configWarnings } from "../config/rules.ts";
import type { Config } from "../config/schema.ts";
import { createLogger, type Logger } from "../ops/logging.ts";
import type { RunningServer } from "../server/server.ts";
import { CommandFailure } from "./io.ts";

export interface StartedServer {
  readonly server: RunningServer;
  readonly logger: Logger;
}

/**
 * Starts a server and says where it listens. The caller stops it.
 * @throws CommandFailure where a port is taken, the recording's file exists, a demanded engine is missing, or the map
 * cannot be used
 */
export async function startFromConfig(config: Config): Promise<StartedServer> {
  const logger = createLogger(config.log);
  for (const warning of configWarnings(config)) logger.warn({}, warning);
  logger.debug({ config: maskedConfig(config) }, "effective configuration");
  // Loaded here: geometry and detectors take a second that `--help` and a wrong flag should not cost.
  const { startServer } = await import("../server/server.ts");
  const server = await startServer(config, { logger }).catch((error: unknown) => {
    throw startFailure(error, config);
  });
  logger.info(
    {
      http: server.httpUrl,
      streams: server.streamUrl,
      fastLane: server.fastLaneUrl ?? "off",
      engine: server.fastLaneEngine,
      clock: config.clock,
      ...(server.recordingPath === undefined ? {} : { recording: server.recordingPath }),
    },
    "listening",
  );
  logger.info({ console: `${server.httpUrl}/` }, "open the console in a browser");
  return { server, logger };
}

function startFailure(error: unknown, config: Config): unknown {
  if (!(error instanceof Error)) return error;
  // By name: the class itself would load the geometry.
  if (error.name === "DetectionSettingsError") {
    return new CommandFailure(error.message, "The file is set by detection.settings.");
  }
  if (error.name === "AccessError") {
    return new CommandFailure(
      error.message,
      "It is set by access.keys, access.certificates, access.accounts, access.roles, oidc.roles or oidc.clientCredentialFile.",
    );
  }
  if (error.name === "AlarmSettingsError")
    return new CommandFailure(error.message, "The file is set by centre.alarms.");
  if (error.name === "MeasureRuleError")
    return new CommandFailure(error.message, "The rules are set by centre.measures.");
  if (error.name === "WebhookFileError")
    return new CommandFailure(error.message, "The file is set by webhooks.file.");
  if (error.name === "ZoneFileError")
    return new CommandFailure(error.message, "The zones are set by roads.zones.");
  if (error.name === "RoadMapError") return new CommandFailure(error.message, "The map is set by roads.map.");
  if (error.name === "JournalError") {
    return new CommandFailure(error.message, "The folder is set by store.directory.");
  }
  const { code, path } = error as NodeJS.ErrnoException & { readonly port?: number };
  const at = (error as { readonly port?: number }).port ?? config.listen.port;
  switch (code) {
    case "EADDRINUSE":
      return new CommandFailure(
        `Port ${at} on ${config.listen.host} is taken by another program.`,
        "Stop that program, or choose other ports: --port and --fast-lane-port.",
      );
    case "EACCES":
      return path === undefined
        ? new CommandFailure(`Port ${at} may not be opened by this user.`, "Choose a port above 1023.")
        : new CommandFailure(`${path} may not be written by this user.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new CommandFailure(`listen.host ${config.listen.host} is no address of this machine.`);
    case "EEXIST":
      return new CommandFailure(
        `The recording ${path ?? config.record.file} exists already.`,
        "Choose another name.",
      );
    case "ENOENT":
      return new CommandFailure(
        `${path ?? "A path"} does not exist.`,
        "Create the directory of the recording first.",
      );
    default:
      return new CommandFailure(`The server did not start: ${error.message}.`);
  }
}
