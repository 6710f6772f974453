import type { ZonesView } from "../../api/contract/zones.ts";
import { QueryReader } from "../../api/query.ts";
import type { DeliveryHub } from "../../deliver/delivery-hub.ts";
import type { Permit } from "../../deliver/permit.ts";
import type { StationQuery } from "../../domain/subscription.ts";
import { type PreparedShape, prepareShape } from "../../geo/shapes.ts";
import type { HttpRoute } from "../../ops/http.ts";
import { anyOf, count, listOf, number, objectOf, text } from "../../ops/json-schema.ts";
import type { RouteDescription } from "../../ops/route-description.ts";
import type { Gatekeeper } from "../access/gatekeeper.ts";
import type { Zone } from "../zone-file.ts";
import { permitFor } from "./alert-routes.ts";
import { answerJson, askingWell } from "./answer.ts";

export interface ZoneRouteParts {
  readonly zones: readonly Zone[];
  readonly stations: StationQuery;
  readonly hub: DeliveryHub;
  readonly gatekeeper: Gatekeeper;
}

const ZONE = objectOf({
  id: text,
  name: text,
  kind: anyOf("port", "water", "zone"),
  ring: listOf(listOf(number, { minItems: 2, maxItems: 2 })),
  stations: { ...count, description: "Live stations in it." },
  alerts: { ...count, description: "Alerts that touch it." },
});

const DESCRIPTION: RouteDescription = {
  tag: "live",
  summary: "Areas that people know by name, and what is in them",
  answers: {
    200: { description: "Those of `roads.zones`.", schema: objectOf({ zones: listOf(ZONE) }) },
    304: { description: "The client has them." },
    400: { description: "There are no parameters." },
  },
};

export function zoneRoutes(parts: ZoneRouteParts): HttpRoute[] {
  const shapes = parts.zones.map((zone) => ({ zone, shape: shapeOf(zone) }));
  return [
    {
      method: "GET",
      path: "/v1/zones",
      access: "subscribe",
      title: "Areas that people know by name, and what is in them",
      describe: DESCRIPTION,
      handle: askingWell((exchange) => {
        new QueryReader(exchange.query, []);
        const permit = permitFor(parts, exchange);
        const view: ZonesView = {
          zones: shapes.map(({ zone, shape }) => ({ ...zone, ...countsIn(parts, shape, permit) })),
        };
        return answerJson(exchange, view);
      }),
    },
  ];
}

function shapeOf({ ring }: Zone): PreparedShape {
  const points = ring.map(([longitudeDeg, latitudeDeg]) => ({ longitudeDeg, latitudeDeg }));
  return prepareShape({ type: "polygon", ring: points });
}

function countsIn({ stations, hub }: ZoneRouteParts, shape: PreparedShape, permit: Permit | undefined) {
  const here = stations.inShape(shape);
  const told = permit === undefined ? here : here.filter((station) => permit.allowsPlace(station));
  const touching = hub.present((alert) => shape.intersects(alert.outline) && permit?.allows(alert) !== false);
  return { stations: told.length, alerts: touching.length };
}
