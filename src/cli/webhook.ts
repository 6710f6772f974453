import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { type CliIo, CommandFailure, usageFailure } from "./io.ts";
import { askServer } from "./server-request.ts";
import { addUrlOption } from "./stream-address.ts";
import { count, printable, table } from "./style.ts";
import { wholeNumber } from "./subscription-options.ts";

interface ServerFlags {
  readonly url: string;
  readonly json?: boolean;
  readonly from?: string;
}

interface VerifyFlags {
  readonly secretFile?: string;
  readonly secretEnv?: string;
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body?: string;
  readonly anyAge?: boolean;
}

/** As far as the listing shows it. */
interface ListedWebhook {
  readonly name: string;
  readonly origin: string;
  readonly state: string;
  readonly messages: number;
  readonly failed: Readonly<Record<string, number>>;
  readonly backlog: number;
  readonly oldestS: number;
  readonly warning?: string;
}

const EXAMPLES = `
Examples:
  roadpulse webhook check webhooks.json
  roadpulse webhook list
  roadpulse webhook test traffic-centre
  roadpulse webhook replay traffic-centre --from 10234
  roadpulse webhook resume traffic-centre            after it has answered 410
  roadpulse webhook verify --secret-env WEBHOOK_SECRET --id alert_1_7 --timestamp 1763900000 \\
    --signature 'v1,…' --body body.json
`;

export function addWebhookCommand(program: Command, io: CliIo): void {
  const webhook = program
    .command("webhook")
    .summary("receivers that alerts are posted to")
    .description("Look after the receivers of webhooks.file; see docs/webhooks.md.")
    .addHelpText("after", EXAMPLES);
  webhook
    .command("check")
    .argument("<file>", "file of endpoints")
    .description("Read a file of endpoints, its secrets and certificates, and say what is wrong.")
    .action((file: string) => check(file, io));
  addUrlOption(webhook.command("list"))
    .description("Show where each receiver stands.")
    .option("--json", "as JSON")
    .action((flags: ServerFlags) => list(flags, io));
  addUrlOption(webhook.command("test"))
    .argument("<name>", "endpoint")
    .description("Let the server send a signed message of type test now.")
    .action((name: string, flags: ServerFlags) => test(name, flags, io));
  addUrlOption(webhook.command("replay"))
    .argument("<name>", "endpoint")
    .requiredOption("--from <number>", "number of the first message")
    .description("Send everything from a number on once more, with the same ids.")
    .action((name: string, flags: ServerFlags) => replay(name, flags, io));
  addUrlOption(webhook.command("resume"))
    .argument("<name>", "endpoint")
    .description("Go on with a receiver that was disabled by its 410.")
    .action((name: string, flags: ServerFlags) => resume(name, flags, io));
  webhook
    .command("verify")
    .description("Check the signature of a message that was received; the body comes from --body or stdin.")
    .option("--secret-file <file>", "the secret, whsec_…")
    .option("--secret-env <name>", "environment variable with the secret")
    .requiredOption("--id <text>", "header webhook-id")
    .requiredOption("--timestamp <seconds>", "header webhook-timestamp")
    .requiredOption("--signature <text>", "header webhook-signature")
    .option("--body <file>", "the body as it came")
    .option("--any-age", "do not mind that it was signed long ago")
    .action((flags: VerifyFlags) => verify(flags, io));
}

const token = (io: CliIo): string | undefined => io.env["ROADPULSE_TOKEN"];

const act = (name: string, action: string) =>
  ({ method: "POST", path: `/v1/webhooks/${encodeURIComponent(name)}/${action}` }) as const;

async function check(file: string, io: CliIo): Promise<void> {
  const { readEndpointFile } = await import("../webhook/endpoint-file.ts");
  const { endpoints } = await readEndpointFile(file, io.env).catch((error: Error) => {
    throw new CommandFailure(error.message);
  });
  for (const { name, url, order, paused, secrets } of endpoints)
    io.stdout.write(
      `${name}: ${url.origin}, ${order}, ${secrets.length} secret${secrets.length > 1 ? "s" : ""}${paused ? ", paused" : ""}\n`,
    );
}

async function list({ url, json }: ServerFlags, io: CliIo): Promise<void> {
  const answer = await askServer(url, { method: "GET", path: "/v1/webhooks" }, token(io));
  if (json === true) {
    io.stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  const { webhooks } = answer as { readonly webhooks: readonly ListedWebhook[] };
  if (webhooks.length === 0)
    throw new CommandFailure("The server has no webhooks.", "They are set by webhooks.file.");
  const rows = webhooks.map(({ name, origin, state, messages, failed, backlog, oldestS }) => [
    printable(name),
    printable(origin),
    state,
    count(messages),
    count(Object.values(failed).reduce((sum, each) => sum + each, 0)),
    count(backlog),
    backlog === 0 ? "–" : `${Math.round(oldestS)} s`,
  ]);
  io.stdout.write(
    table([["name", "receiver", "state", "sent", "failed", "behind", "since"], ...rows], [3, 4, 5, 6]),
  );
  for (const { warning } of webhooks) if (warning !== undefined) io.stdout.write(`\n${printable(warning)}\n`);
}

async function test(name: string, { url }: ServerFlags, io: CliIo): Promise<void> {
  const { ok, status, ms, detail } = (await askServer(url, act(name, "test"), token(io))) as {
    readonly ok: boolean;
    readonly status?: number;
    readonly ms: number;
    readonly detail?: string;
  };
  if (!ok) throw new CommandFailure(`${name} was not reached: ${detail}.`);
  io.stdout.write(`${name} answered ${status} after ${ms} ms.\n`);
}

async function replay(name: string, { url, from = "" }: ServerFlags, io: CliIo): Promise<void> {
  const body = { from: wholeNumber("--from", from, 1, Number.MAX_SAFE_INTEGER) };
  await askServer(url, { ...act(name, "replay"), body }, token(io));
  io.stdout.write(`${name} gets everything from number ${body.from} on again.\n`);
}

async function resume(name: string, { url }: ServerFlags, io: CliIo): Promise<void> {
  await askServer(url, act(name, "resume"), token(io));
  io.stdout.write(`${name} is told again, from where it stood.\n`);
}

async function verify(flags: VerifyFlags, io: CliIo): Promise<void> {
  const { signatureProblem, WebhookSecret } = await import("../webhook/signature.ts");
  const text = await secretText(flags, io);
  const secret = parsedBy(WebhookSecret.parse, text);
  const body =
    flags.body === undefined ? await readAll(io.stdin) : await readFile(flags.body).catch(unreadable);
  const { id, timestamp, signature } = flags;
  const nowS = flags.anyAge === true ? Number(timestamp) : Math.floor(Date.now() / 1_000);
  const problem = signatureProblem({ id, timestamp, signature, body }, [secret], nowS);
  if (problem !== undefined) throw new CommandFailure(`The message is not to be believed: ${problem}.`);
  io.stdout.write("The signature is right.\n");
}

function parsedBy<Secret>(parse: (text: string) => Secret, text: string): Secret {
  try {
    return parse(text);
  } catch (error) {
    throw usageFailure(`The secret cannot be used: ${(error as Error).message}.`);
  }
}

async function secretText({ secretFile, secretEnv }: VerifyFlags, io: CliIo): Promise<string> {
  if ((secretFile === undefined) === (secretEnv === undefined))
    throw usageFailure("Give the secret with one of --secret-file and --secret-env.");
  const text =
    secretFile === undefined
      ? io.env[secretEnv ?? ""]
      : (await readFile(secretFile).catch(unreadable)).toString();
  if (text === undefined) throw usageFailure(`The environment variable ${secretEnv} is not set.`);
  return text;
}

function unreadable(error: NodeJS.ErrnoException): never {
  throw usageFailure(`${error.path} cannot be read: ${error.code}.`);
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
