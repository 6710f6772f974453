import { type HttpRoute, sendJson } from "../../ops/http.ts";
import type { Gatekeeper } from "./gatekeeper.ts";
import { viewerOf } from "./viewer.ts";

/** Who asks, logging in and logging out. */
export function sessionRoutes(gatekeeper: Gatekeeper): HttpRoute[] {
  return [
    {
      method: "GET",
      path: "/v1/session",
      access: "known",
      title: "Who asks, and until when",
      handle: ({ request, response }) => sendJson(response, 200, viewerOf(gatekeeper, request)),
    },
  ];
}
