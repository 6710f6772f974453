import type { ServerResponse } from "node:http";
import { type CookieRules, setCookie } from "../../access/cookies.ts";
import { isRefused } from "../../access/refusal.ts";
import type { LoginWays, LogoutAnswer } from "../../api/contract/session.ts";
import { SCOPES } from "../../domain/access.ts";
import { AGENCIES } from "../../domain/agency.ts";
import { type HttpExchange, type HttpRoute, sendJson, sendProblem } from "../../ops/http.ts";
import { readJsonBody } from "../../ops/json-body.ts";
import type { RouteDescription } from "../../ops/route-description.ts";
import { applicantOf, type Gatekeeper, SESSION_COOKIE, statusOf } from "./gatekeeper.ts";
import type { LoggedIn, LoginRefused, Logins } from "./logins.ts";
import { ownUrl } from "./own-url.ts";
import { viewerOf, viewOf } from "./viewer.ts";

export interface SessionRouteParts {
  readonly gatekeeper: Gatekeeper;
  /** Undefined where nobody logs in. */
  readonly logins: Logins | undefined;
  readonly providerName: string;
  readonly cookies: CookieRules;
}

/** A name, a password and the JSON around them. */
const MAX_LOGIN_BYTES = 4_096;

/** Who asks, logging in and logging out. */
export function sessionRoutes(parts: SessionRouteParts): HttpRoute[] {
  const { gatekeeper } = parts;
  return [
    {
      method: "GET",
      path: "/v1/session",
      access: "known",
      title: "Who asks, and until when",
      describe: WHO_ASKS,
      handle: ({ request, response }) => sendJson(response, 200, viewerOf(gatekeeper, request)),
    },
    {
      method: "GET",
      path: "/v1/login/ways",
      access: "anyone",
      title: "How somebody may log in",
      describe: WAYS,
      handle: ({ response }) => sendJson(response, 200, waysOf(parts)),
    },
    {
      method: "POST",
      path: "/v1/session",
      access: "anyone",
      maxBodyBytes: MAX_LOGIN_BYTES,
      describe: LOGIN,
      handle: (exchange) => login(exchange, parts),
    },
    {
      method: "DELETE",
      path: "/v1/session",
      access: "anyone",
      describe: LOGOUT,
      handle: (exchange) => logout(exchange, parts),
    },
  ];
}

function waysOf({ logins, providerName: name }: SessionRouteParts): LoginWays {
  const provider = logins?.provider === undefined ? undefined : { name, href: "/v1/login" };
  return { password: logins?.takesPasswords ?? false, provider };
}

async function login(exchange: HttpExchange, parts: SessionRouteParts): Promise<void> {
  const { request, response } = exchange;
  const { logins, gatekeeper } = parts;
  if (logins?.takesPasswords !== true) {
    request.resume();
    return sendProblem(response, 409, "no-passwords", "Nobody logs in with a name and a password here.");
  }
  const body = await readJsonBody(exchange, MAX_LOGIN_BYTES);
  if (body === undefined) return;
  const { name, password } = (body.value ?? {}) as { readonly name?: unknown; readonly password?: unknown };
  if (typeof name !== "string" || typeof password !== "string" || name.length > 128)
    return sendProblem(response, 400, "bad-request", "A login holds a name and a password.");
  const { remoteAddress } = applicantOf(gatekeeper, request);
  const shown = name.trim().toLowerCase();
  const result = await logins.withPassword(shown, password, remoteAddress);
  if (isRefused(result)) {
    const identity = logins.hasAccount(shown) ? { subject: shown, via: "session" as const } : undefined;
    gatekeeper.noteRefused("login", result, { remoteAddress, identity }, statusOf(result.refused));
    return sendRefused(response, result);
  }
  welcome(exchange, parts, result);
  sendJson(response, 200, viewOf(result.session));
}

/** Hands out the cookie. A session that the browser had before ends: an id from before a login never outlives it. */
export function welcome(
  { request, response }: HttpExchange,
  { gatekeeper, logins, cookies }: SessionRouteParts,
  { id }: LoggedIn,
): void {
  const earlier = gatekeeper.sessionIdOf(request.headers.cookie);
  if (earlier !== undefined) logins?.replace(earlier);
  response.appendHeader("Set-Cookie", setCookie(SESSION_COOKIE, id, cookies, { sameSite: "Strict" }));
}

function logout({ request, response }: HttpExchange, parts: SessionRouteParts): void {
  const { gatekeeper, logins, cookies } = parts;
  const id = gatekeeper.sessionIdOf(request.headers.cookie);
  const ended = id === undefined ? undefined : logins?.logout(id);
  const life = { sameSite: "Strict", maxAgeS: 0 } as const;
  response.setHeader("Set-Cookie", setCookie(SESSION_COOKIE, "", cookies, life));
  const back = `${ownUrl(request, cookies)}/`;
  const answer: LogoutAnswer = {
    providerLogoutHref: logins?.provider?.logoutHref(ended?.renewal?.idToken, back),
  };
  sendJson(response, 200, answer);
}

function sendRefused(
  response: ServerResponse,
  { refused, reason, retryAfterMs = 5_000 }: LoginRefused,
): void {
  const status = statusOf(refused);
  if (status === 429 || status === 503)
    response.setHeader("Retry-After", String(Math.ceil(retryAfterMs / 1_000)));
  sendProblem(response, status, refused, `This was refused: ${reason}.`);
}

const VIEWER = { $ref: "#/components/schemas/Viewer" };
const text = { type: "string" };

const VIEWER_SCHEMA = {
  type: "object",
  required: ["subject", "name", "agency", "scopes", "open"],
  properties: {
    subject: text,
    name: text,
    agency: { enum: AGENCIES },
    scopes: { type: "array", items: { enum: SCOPES } },
    expiresAtMs: { type: "number", description: "Unix ms; absent where the credentials never end." },
    open: { type: "boolean", description: "Nobody is asked who they are." },
  },
};

const WHO_ASKS: RouteDescription = {
  tag: "session",
  summary: "Who asks, and until when",
  components: { Viewer: VIEWER_SCHEMA },
  answers: { 200: { description: "Who the credentials of the request stand for.", schema: VIEWER } },
};

const WAYS: RouteDescription = {
  tag: "session",
  summary: "How somebody may log in",
  answers: {
    200: {
      description: "Whether by name and password, and with which provider.",
      schema: {
        type: "object",
        required: ["password"],
        properties: {
          password: { type: "boolean" },
          provider: { type: "object", required: ["name", "href"], properties: { name: text, href: text } },
        },
      },
    },
  },
};

const LOGIN: RouteDescription = {
  tag: "session",
  summary: "Log in with name and password; the answer sets a cookie",
  body: { type: "object", required: ["name", "password"], properties: { name: text, password: text } },
  answers: {
    200: { description: "Who has logged in.", schema: VIEWER },
    409: { description: "Nobody logs in with a password here." },
  },
};

const LOGOUT: RouteDescription = {
  tag: "session",
  summary: "Log out; the cookie and every stream of the session end",
  answers: {
    200: {
      description: "Where the provider ends its own session, too.",
      schema: { type: "object", properties: { providerLogoutHref: text } },
    },
  },
};
