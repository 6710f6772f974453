import { isIP } from "node:net";
import type { ConfigProblem } from "./problem.ts";
import type { Config } from "./schema.ts";

/** Mistakes that no single key shows. */
export function ruleProblems(config: Config): ConfigProblem[] {
  return [openDoor(config), samePort(config), twoRecordings(config)].filter(
    (problem) => problem !== undefined,
  );
}

/** Sentences for the log of a server that starts in spite of them. */
export function configWarnings(config: Config): string[] {
  const { host, allowUnauthenticated } = config.listen;
  if (isLoopback(host) || !allowUnauthenticated) return [];
  return [
    `Anyone who reaches ${host} may publish messages and read alerts: listen.allowUnauthenticated is true and nobody ` +
      "is asked who they are.",
  ];
}

/** Names and addresses that only programs on this machine can reach. */
export function isLoopback(host: string): boolean {
  const plain = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  if (plain === "localhost" || plain === "::1") return true;
  const v4 = plain.replace(/^::ffff:/, "");
  return isIP(v4) === 4 && v4.startsWith("127.");
}

function openDoor({ listen }: Config): ConfigProblem | undefined {
  if (isLoopback(listen.host) || listen.allowUnauthenticated) return undefined;
  return {
    path: "listen.host",
    message: `listen.host ${listen.host} is reachable from other machines, and no authentication is configured.`,
    hint: "Listen on 127.0.0.1, or set listen.allowUnauthenticated to true if everyone on that network may take part.",
  };
}

function samePort({ listen }: Config): ConfigProblem | undefined {
  if (listen.fastLaneEngine === "off" || listen.port === 0 || listen.port !== listen.fastLanePort)
    return undefined;
  return {
    path: "listen.fastLanePort",
    message: `listen.fastLanePort is ${listen.port}, which is also listen.port.`,
    hint: "Give the fast lane a port of its own, or set listen.fastLaneEngine to off.",
  };
}

function twoRecordings({ record }: Config): ConfigProblem | undefined {
  if (record.directory === undefined || record.file === undefined) return undefined;
  return {
    path: "record.file",
    message: "record.file and record.directory exclude each other.",
    hint: "Set one of them.",
  };
}
