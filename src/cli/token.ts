import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { SCOPES } from "../domain/access.ts";
import { type CliIo, usageFailure } from "./io.ts";

interface TokenFlags {
  readonly directory: string;
  readonly subject: string;
  readonly scope: readonly string[];
  readonly lifetime: string;
  readonly audience: string;
  readonly issuer?: string;
  readonly limits?: string;
}

const PRIVATE_KEY = "token-key.json";
const PUBLIC_KEYS = "token-keys.json";

const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

const EXAMPLES = `
Examples:
  roadpulse token --scope publish subscribe
  roadpulse token --subject rsu-17 --scope publish --limits '{"sources": ["rsu-17"], "station_ids": [1017]}'
  ROADPULSE_TOKEN=$(roadpulse token --scope subscribe) roadpulse tail
`;

/** Makes tokens for development. The first call makes a key pair, too. */
export function addTokenCommand(program: Command, io: CliIo): void {
  program
    .command("token")
    .summary("make a token for development")
    .description(
      "Sign a token with a key of one's own, for development and tests; the key pair is made where there is none. A server " +
        `takes such tokens with --set access.keys=<directory>/${PUBLIC_KEYS}.`,
    )
    .option("--directory <directory>", "where the keys are", "dev-credentials")
    .option("--subject <name>", "who the token is for", "developer")
    .option("--scope <scopes...>", `what it permits: ${SCOPES.join(", ")}`, ["publish", "subscribe"])
    .option("--lifetime <time>", "how long it is valid, e.g. 90s, 15m, 8h, 30d", "8h")
    .option("--audience <name>", "the server's access.audience", "roadpulse")
    .option("--issuer <name>", "the server's access.issuer")
    .option("--limits <json>", "limits, as docs/access.md describes them")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: TokenFlags) => {
      io.stdout.write(`${await makeToken(flags, io)}\n`);
    });
}

async function makeToken(flags: TokenFlags, io: CliIo): Promise<string> {
  const wrong = flags.scope.find((scope) => !SCOPES.some((known) => known === scope));
  if (wrong !== undefined) throw usageFailure(`${wrong} is no scope; there are ${SCOPES.join(", ")}.`);
  const { createSigningKeys, signToken } = await import("../access/development-tokens.ts");
  const keyPath = join(flags.directory, PRIVATE_KEY);
  if (!existsSync(keyPath)) {
    const keys = await createSigningKeys(`dev-${Date.now()}`);
    mkdirSync(flags.directory, { recursive: true, mode: 0o700 });
    writeFileSync(keyPath, `${JSON.stringify(keys.privateJwk)}\n`, { mode: 0o600 });
    writeFileSync(join(flags.directory, PUBLIC_KEYS), `${JSON.stringify(keys.publicJwks)}\n`);
    io.stderr.write(
      `Made ${keyPath}; start the server with --set access.keys=${join(flags.directory, PUBLIC_KEYS)}\n`,
    );
  }
  const request = {
    subject: flags.subject,
    scope: flags.scope.join(" "),
    audience: flags.audience,
    issuer: flags.issuer,
    lifetimeS: secondsOf(flags.lifetime),
    limits: limitsOf(flags.limits),
  };
  return await signToken(JSON.parse(readFileSync(keyPath, "utf8")), request, Date.now()).catch(
    (error: Error) => {
      throw usageFailure(`The token would be refused: ${error.message}.`);
    },
  );
}

function secondsOf(text: string): number {
  const [, count, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (UNIT_S[unit] ?? Number.NaN);
  if (seconds > 0) return seconds;
  throw usageFailure(`--lifetime takes a time such as 15m, not ${text}.`);
}

function limitsOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw usageFailure(`--limits takes JSON, not ${text}.`, `For example '{"station_ids": [7]}'.`);
  }
}
