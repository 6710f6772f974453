import { readFile, stat } from "node:fs/promises";
import { isIP } from "node:net";
import { dirname, resolve } from "node:path";
import { areaShape } from "../geo/area-shape.ts";
import { shapeProblem } from "../geo/shape-problem.ts";
import { addressProblem, isLoopbackHost } from "./addresses.ts";
import type { Endpoint } from "./endpoint.ts";
import { readEndpoints, type WrittenEndpoint, type WrittenSecret } from "./endpoint-schema.ts";
import { WebhookSecret } from "./signature.ts";

/** The file of endpoints, or a file that it names, cannot be used: one sentence that begins with the path. */
export class WebhookFileError extends Error {
  override readonly name = "WebhookFileError";
}

export interface EndpointFile {
  readonly endpoints: readonly Endpoint[];
  /** The file itself and all that it names. */
  readonly paths: readonly string[];
}

/** A file of a hundred endpoints with large areas has some MiB. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/**
 * Reads endpoints with their secrets and certificates; paths in the file are relative to its folder.
 * @throws WebhookFileError, never with anything of a secret
 */
export async function readEndpointFile(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<EndpointFile> {
  const paths = new Set([path]);
  const read = async (named: string): Promise<string> => {
    const found = resolve(dirname(path), named);
    paths.add(found);
    return readBounded(found);
  };
  const written = readEndpoints(parsed(path, await readBounded(path).catch((error) => refuse(path, error))));
  if ("problem" in written) throw new WebhookFileError(`${path}: ${written.problem}.`);
  const endpoints: Endpoint[] = [];
  for (const [index, each] of written.entries()) {
    const at = `endpoints[${index}] (${each.name})`;
    if (endpoints.some(({ name }) => name === each.name))
      throw new WebhookFileError(`${path}: ${at}: there is another endpoint of this name.`);
    endpoints.push(
      await endpointOf(each, read, env).catch((error: Error) => refuse(`${path}: ${at}`, error)),
    );
  }
  return { endpoints, paths: [...paths] };
}

async function endpointOf(
  written: WrittenEndpoint,
  read: (path: string) => Promise<string>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Endpoint> {
  const { area, ...filter } = written.subscription;
  const shape = areaShape(area);
  const fault = shape === undefined ? undefined : shapeProblem(shape);
  if (fault !== undefined) throw new Error(`subscription.area: ${fault.field} ${fault.text}`);
  const secrets: WebhookSecret[] = [];
  for (const [index, secret] of written.secrets.entries())
    secrets.push(await secretOf(secret, `secrets[${index}]`, read, env));
  return {
    name: written.name,
    url: checkedUrl(written),
    secrets,
    subscription: { area, filter },
    order: written.order,
    maxBatch: written.maxBatch,
    maxConcurrent: written.order === "strict" ? 1 : written.maxConcurrent,
    begin: written.begin,
    timeoutMs: written.timeoutMs,
    ca: written.caFile === undefined ? undefined : await read(written.caFile),
    privateNetwork: written.privateNetwork,
    paused: written.paused,
  };
}

async function secretOf(
  written: WrittenSecret,
  at: string,
  read: (path: string) => Promise<string>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<WebhookSecret> {
  const name = "file" in written ? written.file : written.env;
  const text = "file" in written ? await read(written.file) : env[written.env];
  if (text === undefined) throw new Error(`${at}: the environment variable ${name} is not set`);
  try {
    return WebhookSecret.parse(text);
  } catch (error) {
    throw new Error(`${at}: the secret in ${name} cannot be used: ${(error as Error).message}`);
  }
}

/** Whoever reads along in plain text learns where people are in danger, and a path may be a secret itself. */
function checkedUrl({ url: text, privateNetwork }: WrittenEndpoint): URL {
  const url = new URL(text);
  const isLoopback = isLoopbackHost(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback))
    throw new Error(
      "url: only https is spoken, but for receivers on this machine (http://127.0.0.1, http://localhost)",
    );
  if (url.username !== "" || url.password !== "")
    throw new Error("url: it holds a user or password; the signature says who sends");
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const problem =
    isIP(host) === 0 ? undefined : addressProblem(host, { privateNetwork, loopback: isLoopback });
  if (problem !== undefined) throw new Error(`url: ${problem}`);
  url.hash = "";
  return url;
}

async function readBounded(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_FILE_BYTES) throw new Error(`${path} is larger than ${MAX_FILE_BYTES} bytes`);
  return readFile(path, "utf8");
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 adds an excerpt of the text.
    throw new WebhookFileError(
      `${path}: this is no JSON: ${/^[^,\n]*/.exec((error as Error).message)?.[0]}.`,
    );
  }
}

function refuse(at: string, error: NodeJS.ErrnoException): never {
  const missing = error.code === "ENOENT" ? `${error.path ?? "a file"} does not exist` : error.message;
  throw new WebhookFileError(`${at}: ${missing}.`);
}
