import type { StationView } from "../../domain/detector.ts";
import type { GeoPoint } from "../../domain/place.ts";
import { distanceM } from "../../geo/geodesy.ts";
import { type HttpExchange, type HttpRoute, sendJson } from "../../ops/http.ts";
import type { JsonSchema, RouteDescription } from "../../ops/route-description.ts";

/** Beyond it a roadside unit hears nothing of the place (ETSI ITS-G5 reaches 1 km in the open) and shows nothing of it. */
const REACH_M = 5_000;
const MOST_UNITS = 3;

const PATH = "/v1/alert-context/";

export interface AlertContextParts {
  /** Whether the sender of the request may be told of the alert. */
  readonly mayHear: (exchange: HttpExchange, alertId: string) => boolean;
  /** Where an alert is; undefined where nobody knows it any more. */
  readonly placeOf: (alertId: string) => GeoPoint | undefined;
  readonly subscribersOf: (alertId: string) => number;
  readonly stationsWithin: (center: GeoPoint, radiusM: number) => readonly StationView[];
  /** Name under which a station leaves the server. */
  readonly nameOf: (station: StationView) => string;
}

/** What stands around an alert: who is told of it, and which roadside units are near. */
export function alertContextRoutes(parts: AlertContextParts): HttpRoute[] {
  return [
    {
      method: "GET",
      path: `${PATH}*`,
      access: "subscribe",
      describe: GET_CONTEXT,
      handle(exchange) {
        const alertId = exchange.path.slice(PATH.length);
        const context = parts.mayHear(exchange, alertId) ? contextOf(alertId, parts) : NOTHING;
        sendJson(exchange.response, 200, context);
      },
    },
  ];
}

const NOTHING = { subscribers: 0, roadsideUnits: [] };

function contextOf(alertId: string, parts: AlertContextParts) {
  const place = parts.placeOf(alertId);
  const units = place === undefined ? [] : unitsNear(place, parts);
  return { subscribers: parts.subscribersOf(alertId), roadsideUnits: units };
}

function unitsNear(place: GeoPoint, { stationsWithin, nameOf }: AlertContextParts) {
  return stationsWithin(place, REACH_M)
    .filter(({ stationType }) => stationType === "infrastructure")
    .map((unit) => ({ name: nameOf(unit), distanceM: Math.round(distanceM(place, unit)) }))
    .sort((a, b) => a.distanceM - b.distanceM || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_UNITS);
}

const count: JsonSchema = { type: "integer", minimum: 0 };

const GET_CONTEXT: RouteDescription = {
  path: `${PATH}{id}`,
  tag: "alerts",
  summary: "Who is told of an alert, and the nearest roadside units",
  parameters: [{ name: "id", in: "path", description: "Id of the alert.", schema: { type: "string" } }],
  answers: {
    200: {
      description: "Of an alert that is over and no longer known: nobody, and none.",
      schema: {
        type: "object",
        required: ["subscribers", "roadsideUnits"],
        properties: {
          subscribers: { ...count, description: "Subscriptions of the alert stream that follow it." },
          roadsideUnits: {
            type: "array",
            items: {
              type: "object",
              required: ["name", "distanceM"],
              properties: { name: { type: "string" }, distanceM: count },
            },
          },
        },
      },
    },
  },
};
