/** A schema of JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a part of the request is called and may hold. */
export interface ParameterDescription {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly description: string;
  readonly schema: JsonSchema;
  /** Those in the path always are. */
  readonly required?: boolean;
}

export interface AnswerDescription {
  readonly description: string;
  /** Absent: a problem from status 400 on, else no body of JSON. */
  readonly schema?: JsonSchema;
  /** `application/json` where absent. */
  readonly contentType?: string;
}

/** What one operation does, for `GET /v1/openapi.json`. It stands with the route, so that none is forgotten. */
export interface RouteDescription {
  /** With names in braces, e.g. `/v1/incidents/{id}`; the route's own path where absent. */
  readonly path?: string;
  /** Group of operations: `live`, `alerts`, `incidents`, … */
  readonly tag: string;
  /** One line. */
  readonly summary: string;
  /** More, where more is to be said. */
  readonly details?: string;
  readonly parameters?: readonly ParameterDescription[];
  readonly body?: JsonSchema;
  /** By status. Problems that every route may answer (400, 401, 403, 404, 405, 413, 415, 429, 500) are added by themselves. */
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  /** Schemas that others refer to as `#/components/schemas/<name>`. The same name must mean the same schema everywhere. */
  readonly components?: Readonly<Record<string, JsonSchema>>;
}
