import { openApiDocument } from "../../api/openapi.ts";
import { Representation } from "../../api/representation.ts";
import type { HttpRoute } from "../../ops/http.ts";
import { version } from "../../version.ts";

/** The given routes, with one more that describes them all and itself. */
export function withOpenApi(routes: readonly HttpRoute[]): readonly HttpRoute[] {
  let made: Representation | undefined;
  const all: readonly HttpRoute[] = [
    ...routes,
    {
      method: "GET",
      path: "/v1/openapi.json",
      access: "anyone",
      title: "This interface as OpenAPI 3.1",
      describe: {
        tag: "about",
        summary: "This interface as OpenAPI 3.1",
        answers: { 200: { description: "The document.", schema: { type: "object", required: ["openapi"] } } },
      },
      handle({ request, response }) {
        made ??= new Representation(JSON.stringify(openApiDocument(all, version)), {
          contentType: "application/json; charset=utf-8",
        });
        return made.answer(request, response);
      },
    },
  ];
  return all;
}
