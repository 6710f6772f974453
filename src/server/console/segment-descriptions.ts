import { TRAFFIC_LEVELS } from "../../domain/detector.ts";
import { anyOf, count, listOf, number, objectOf, refTo, text, timeMs } from "../../ops/json-schema.ts";
import type { ParameterDescription, RouteDescription } from "../../ops/route-description.ts";

const SEGMENT = objectOf({
  fromM: { ...number, description: "Along the route." },
  toM: number,
  fromKm: { ...number, description: "Posted kilometre; may fall along the route." },
  toKm: number,
  level: anyOf(...TRAFFIC_LEVELS),
});

const parameters: readonly ParameterDescription[] = [
  {
    name: "route",
    in: "query",
    description: "Roads as on the signs, e.g. A40, repeated or parted by commas.",
    schema: text,
  },
  {
    name: "limit",
    in: "query",
    description: "Segments from which on a page is full; 5000 where absent.",
    schema: { type: "integer", minimum: 1, maximum: 20_000 },
  },
  { name: "after", in: "query", description: "`next` of the page before.", schema: text },
];

const details =
  "Stretches whose state is known, 50 m or a multiple of it. Where none is told nothing is known, which is not free.";

const problems = {
  304: { description: "The client has it." },
  400: { description: "A parameter is unknown or wrong." },
  404: { description: "The server has no map." },
};

export const describeSegments: RouteDescription = {
  tag: "live",
  summary: "State of traffic along the roads",
  details,
  parameters,
  answers: {
    200: {
      description: "By route.",
      schema: objectOf(
        {
          atMs: timeMs,
          routes: listOf(
            objectOf({
              route: count,
              id: text,
              ref: text,
              direction: text,
              segments: listOf(refTo("Segment")),
            }),
          ),
        },
        { next: text },
      ),
    },
    ...problems,
  },
  components: { Segment: SEGMENT },
};

export const describeSegmentsGeoJson: RouteDescription = {
  tag: "live",
  summary: "The same as GeoJSON",
  details,
  parameters,
  answers: {
    200: {
      description: "A line per segment.",
      contentType: "application/geo+json",
      schema: objectOf(
        { type: anyOf("FeatureCollection"), atMs: timeMs, features: listOf({ type: "object" }) },
        { next: text },
      ),
    },
    ...problems,
  },
};
