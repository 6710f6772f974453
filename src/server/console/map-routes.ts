import type { MapView } from "../../api/contract/map.ts";
import { mapView } from "../../api/map-view.ts";
import { Representation } from "../../api/representation.ts";
import type { RoadNetwork } from "../../domain/road.ts";
import { type HttpRoute, sendProblem } from "../../ops/http.ts";
import { anyOf, count, listOf, mapOf, number, objectOf, text, truth } from "../../ops/json-schema.ts";
import type { RouteDescription } from "../../ops/route-description.ts";
import type { Zone } from "../zone-file.ts";

const FLAGS = mapOf(truth);
const MARKER = objectOf({
  routeM: number,
  name: text,
  kind: anyOf("junction", "interchange", "kilometre", "rest-area", "bridge", "tunnel"),
});
const ROUTE = objectOf(
  {
    id: text,
    ref: text,
    direction: text,
    divided: truth,
    lengthM: number,
    markers: listOf(MARKER),
    fromKm: number,
    toKm: number,
  },
  {
    kilometres: listOf(number, {
      description: "Metres along the route and the kilometre posted there in turn; straight between them.",
    }),
  },
);
const LINE = listOf(
  { type: "integer" },
  {
    description:
      "Longitude and latitude in turn, 1e-6 degrees; after the first pair differences to the one before.",
  },
);
const LINK = objectOf(
  { route: count, fromM: number, toM: number, lanes: count, flags: FLAGS, line: LINE },
  { limitMps: number },
);
const ZONE = objectOf({
  id: text,
  name: text,
  kind: anyOf("port", "water", "zone"),
  ring: listOf(listOf(number)),
});
const BASE = objectOf(
  {
    kind: anyOf("raster", "vector"),
    minZoom: count,
    maxZoom: count,
    extent: listOf(number, { minItems: 4, maxItems: 4 }),
    attribution: text,
  },
  {},
);

const DESCRIPTION: RouteDescription = {
  tag: "live",
  summary: "The roads, for drawing",
  answers: {
    200: {
      description: "Routes and links stand at their indices in the map.",
      schema: objectOf(
        {
          name: text,
          extent: listOf(number, { minItems: 4, maxItems: 4 }),
          routes: listOf(ROUTE),
          links: listOf(LINK),
          zones: listOf(ZONE),
        },
        { base: BASE },
      ),
    },
    304: { description: "The client has it." },
    404: { description: "The server has no map." },
  },
};

/** The roads for drawing, made when they are first asked for. */
export function mapRoutes(
  roads: RoadNetwork | undefined,
  zones: readonly Zone[],
  base: MapView["base"],
): HttpRoute[] {
  let made: Representation | undefined;
  return [
    {
      method: "GET",
      path: "/v1/map",
      access: "subscribe",
      title: "The roads, for drawing",
      describe: DESCRIPTION,
      handle({ request, response }) {
        if (roads === undefined)
          return sendProblem(response, 404, "no-map", "This server has no map; roads.map sets one.");
        made ??= new Representation(JSON.stringify(mapView(roads, zones, base)), {
          contentType: "application/json; charset=utf-8",
        });
        return made.answer(request, response);
      },
    },
  ];
}
