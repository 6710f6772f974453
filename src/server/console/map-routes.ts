import { mapView } from "../../api/map-view.ts";
import { Representation } from "../../api/representation.ts";
import type { RoadNetwork } from "../../domain/road.ts";
import { type HttpRoute, sendProblem } from "../../ops/http.ts";

/** The roads for drawing, made when they are first asked for. */
export function mapRoutes(roads: RoadNetwork | undefined): HttpRoute[] {
  let made: Representation | undefined;
  return [
    {
      method: "GET",
      path: "/v1/map",
      access: "subscribe",
      title: "The roads, for drawing",
      handle({ request, response }) {
        if (roads === undefined)
          return sendProblem(response, 404, "no-map", "This server has no map; roads.map sets one.");
        made ??= new Representation(JSON.stringify(mapView(roads)), {
          contentType: "application/json; charset=utf-8",
        });
        return made.answer(request, response);
      },
    },
  ];
}
