import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Scope } from "../domain/access.ts";
import type { Logger } from "./logging.ts";
import { type Unwanted, unwantedChange } from "./origin.ts";
import type { RouteDescription } from "./route-description.ts";

/** One resource. Several routes may share a path with different methods. GET answers HEAD too. */
export interface HttpRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Exact path, or, where it ends in `/*`, everything below it. Exact paths win, then longer ones. */
  readonly path: string;
  /** What stands there, for people who come by; left out of the listing where absent. */
  readonly title?: string;
  /**
   * The scope that is needed where a guard stands before the routes; `known` where it is enough to say who one is; `anyone`
   * for those that tell nothing worth keeping. `operate` where absent, so that a forgotten line opens no door.
   */
  readonly access?: Scope | "known" | "anyone";
  /** Most bytes of body that the route takes; 0 where absent. */
  readonly maxBodyBytes?: number;
  /** What it does, for programs and those who write them; several where one route serves several paths. */
  readonly describe?: RouteDescription | readonly RouteDescription[];
  handle(exchange: HttpExchange): void | Promise<void>;
}

export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Percent-decoded path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Longer request targets are nobody's honest ones here. */
const MAX_TARGET_CHARACTERS = 2_048;

/**
 * Sent with every answer; a route that serves a page sets its own content security policy. Nothing here may be framed,
 * sniffed or cached by intermediaries unless a route says so.
 */
const SECURITY_HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
} as const;

/**
 * The request listener of the HTTP lane. Timeouts for headers and requests belong to the server that it is mounted on;
 * here stand the limits of a single request: length of the target, methods, size of the body.
 */
export function httpHandler(
  routes: readonly HttpRoute[],
  logger: Logger,
  door: HttpDoor = {},
): RequestListener {
  const { guard } = door;
  const table = [...routes].sort((a, b) => specificity(b.path) - specificity(a.path));
  return (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const target = parseTarget(request.url ?? "/");
    if (target === undefined) {
      sendProblem(response, 400, "bad-target", "The request's target is too long or not a path.");
      return;
    }
    if (door.knowsHost?.(request.headers.host) === false)
      return turnAway(door, UNKNOWN_HOST, request, response);
    const route = choose(table, request, response, target.path);
    if (route === undefined) return;
    const unwanted = unwantedChange(request.method ?? "", request.headers, door.allowedOrigins ?? []);
    if (unwanted !== undefined) return turnAway(door, unwanted, request, response);
    const serve = () => run(route, { request, response, ...target }, logger);
    const scope = route.access ?? "operate";
    if (guard === undefined || scope === "anyone") return serve();
    void admit(guard, scope, request, response).then((admitted) => {
      if (admitted && !response.destroyed) serve();
    });
  };
}

/** What stands before the routes. */
export interface HttpDoor {
  readonly guard?: HttpGuard | undefined;
  /** Origins whose pages may change something, besides pages of this server. */
  readonly allowedOrigins?: readonly string[];
  /** Whether the server is meant by this name; any is where absent. */
  readonly knowsHost?: (host: string | undefined) => boolean;
  /** A page of another origin was turned away. */
  readonly onForeign?: (request: IncomingMessage, status: number) => void;
}

function turnAway(
  door: HttpDoor,
  { status, code, message }: Unwanted,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (code === "foreign-origin") door.onForeign?.(request, status);
  if (request.method !== "GET" && request.method !== "HEAD") response.setHeader("Connection", "close");
  sendProblem(response, status, code, message);
}

/** A name that an attacker lets point to loopback makes their page one of this server's in the browser's eyes. */
const UNKNOWN_HOST: Unwanted = {
  status: 403,
  code: "foreign-origin",
  message:
    "This was refused: where nobody is asked who they are, the server answers to names of this machine only.",
};

/**
 * Why a request may not do what a scope stands for; undefined where it may. Asks for `known` only that the sender is.
 * Never rejects.
 */
export type HttpGuard = (
  request: IncomingMessage,
  scope: Scope | "known",
) => Promise<{ readonly status: number; readonly code: string; readonly message: string } | undefined>;

async function admit(
  guard: HttpGuard,
  scope: Scope | "known",
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const refusal = await guard(request, scope);
  if (refusal === undefined) return true;
  // RFC 9110 §15.5.2 demands a challenge.
  if (refusal.status === 401) response.setHeader("WWW-Authenticate", "Bearer");
  if (refusal.status === 429 || refusal.status === 503) response.setHeader("Retry-After", "5");
  // A body that was announced is not read, so the connection cannot serve another request.
  if (request.method !== "GET" && request.method !== "HEAD") response.setHeader("Connection", "close");
  sendProblem(response, refusal.status, refusal.code, refusal.message);
  return false;
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, "application/json; charset=utf-8", `${JSON.stringify(body)}\n`);
}

export function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { "Content-Type": contentType, "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

/** An error as JSON: a stable code and one sentence. */
export function sendProblem(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { error: code, message });
}

/** Exact paths before prefixes, longer prefixes before shorter ones. */
function specificity(path: string): number {
  return isPrefix(path) ? path.length : MAX_TARGET_CHARACTERS + path.length;
}

const isPrefix = (path: string): boolean => path.endsWith("/*");

function matches(route: HttpRoute, path: string): boolean {
  return isPrefix(route.path) ? path.startsWith(route.path.slice(0, -1)) : path === route.path;
}

function parseTarget(target: string): { readonly path: string; readonly query: URLSearchParams } | undefined {
  if (!target.startsWith("/") || target.length > MAX_TARGET_CHARACTERS) return undefined;
  const mark = target.indexOf("?");
  try {
    const path = decodeURIComponent(mark < 0 ? target : target.slice(0, mark));
    return { path, query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)) };
  } catch {
    return undefined;
  }
}

/** The route that serves the request; undefined once the request has been refused. */
function choose(
  table: readonly HttpRoute[],
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): HttpRoute | undefined {
  const first = table.find((route) => matches(route, path));
  if (first === undefined) {
    notFound(table, response, path);
    return undefined;
  }
  const atPath = table.filter((route) => route.path === first.path);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const route = atPath.find((candidate) => candidate.method === method);
  if (route === undefined) {
    const allowed = [
      ...new Set(atPath.flatMap((r) => (r.method === "GET" ? ["GET", "HEAD"] : [r.method]))),
    ].join(", ");
    response.setHeader("Allow", allowed);
    sendProblem(response, 405, "method-not-allowed", `${path} answers ${allowed}.`);
    return undefined;
  }
  return admitBody(route, request, response) ? route : undefined;
}

/** A body of unknown length passes only where the route reads one, and then the route counts. */
function admitBody(route: HttpRoute, request: IncomingMessage, response: ServerResponse): boolean {
  const most = route.maxBodyBytes ?? 0;
  const announced = Number(request.headers["content-length"] ?? 0);
  const unmeasured = request.headers["transfer-encoding"] !== undefined;
  if (announced <= most && !(unmeasured && most === 0)) return true;
  // The body is not read, so the connection cannot serve another request.
  response.setHeader("Connection", "close");
  sendProblem(response, 413, "body-too-large", `This resource takes a body of at most ${most} bytes.`);
  return false;
}

function notFound(table: readonly HttpRoute[], response: ServerResponse, path: string): void {
  const resources = table
    .filter((route) => route.title !== undefined)
    .map(({ method, path: at, title }) => ({ method, path: at, title }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  sendJson(response, 404, { error: "not-found", message: `There is no ${path} here.`, resources });
}

function run(route: HttpRoute, exchange: HttpExchange, logger: Logger): void {
  const failed = (error: unknown): void => {
    logger.error({ err: error, path: route.path, method: route.method }, "an HTTP resource failed");
    if (exchange.response.headersSent) exchange.response.destroy();
    else
      sendProblem(exchange.response, 500, "internal-error", "The server made a mistake; its log tells more.");
  };
  try {
    const done = route.handle(exchange);
    if (done instanceof Promise) done.catch(failed);
  } catch (error) {
    failed(error);
  }
}
