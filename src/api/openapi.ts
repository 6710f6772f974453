import { createHash } from "node:crypto";

type JsonObject = Readonly<Record<string, unknown>>;

interface Answer {
  readonly description: string;
  readonly schema?: JsonObject;
  readonly contentType?: string;
}

/** One operation, as `ops/route-description.ts` has it. */
export interface DescribedOperation {
  readonly path?: string;
  readonly tag: string;
  readonly summary: string;
  readonly details?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description: string;
    readonly schema: JsonObject;
    readonly required?: boolean;
  }[];
  readonly body?: JsonObject;
  readonly answers: Readonly<Record<number, Answer>>;
  readonly components?: Readonly<Record<string, JsonObject>>;
}

/** A route of the server. */
export interface DescribedRoute {
  readonly method: string;
  readonly path: string;
  readonly access?: string;
  readonly maxBodyBytes?: number;
  readonly describe?: DescribedOperation | readonly DescribedOperation[];
}

const JSON_TYPE = "application/json";

const PROBLEM: JsonObject = {
  type: "object",
  properties: {
    error: { type: "string", description: "Stable code." },
    message: { type: "string", description: "One sentence for people." },
  },
  required: ["error", "message"],
};

const ABOUT = `REST resources of Roadpulse. Times are Unix milliseconds, places WGS 84 degrees, speeds m/s, lengths m.
HEAD is answered wherever GET is. Answers with an ETag answer 304 to If-None-Match. Errors are objects \`{error, message}\`.
What an answer holds is bounded by the limits of the credentials (areas and causes). Live: WebSocket \`/v1/stream\` with the
subprotocol \`v1.console.roadpulse\` (docs/api.md).`;

/** Problems that stand before every route that needs credentials. */
const BEFORE: Readonly<Record<number, string>> = {
  401: "No credentials, or bad ones.",
  403: "Known, but without the right.",
  429: "Too many attempts.",
};

/**
 * The document that describes all routes, OpenAPI 3.1.
 * @throws Error where two routes mean different things by one schema's name, or describe one operation twice: a bug
 */
export function openApiDocument(routes: readonly DescribedRoute[], version: string): JsonObject {
  const schemas: Record<string, JsonObject> = { Problem: PROBLEM };
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) {
    for (const operation of operationsOf(route)) {
      addSchemas(schemas, operation);
      const path = operation.path ?? route.path;
      const at = paths[path] ?? {};
      paths[path] = at;
      const method = route.method.toLowerCase();
      if (at[method] !== undefined) throw new Error(`${method} ${path} is described twice`);
      at[method] = operationObject(route, operation, method, path);
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Roadpulse",
      version,
      description: ABOUT,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        session: { type: "apiKey", in: "cookie", name: "roadpulse_session" },
        certificate: { type: "mutualTLS" },
      },
    },
  };
}

export function operationsOf({ describe }: DescribedRoute): readonly DescribedOperation[] {
  if (describe === undefined) return [];
  return Array.isArray(describe) ? describe : [describe as DescribedOperation];
}

function addSchemas(schemas: Record<string, JsonObject>, { components = {} }: DescribedOperation): void {
  for (const [name, schema] of Object.entries(components)) {
    const known = schemas[name];
    if (known !== undefined && known !== schema && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`two schemas are called ${name}`);
    schemas[name] = schema;
  }
}

function operationObject(
  { access = "operate", maxBodyBytes }: DescribedRoute,
  operation: DescribedOperation,
  method: string,
  path: string,
): JsonObject {
  const { tag, summary, details, parameters = [], body } = operation;
  const needs =
    access === "anyone"
      ? "Anybody may ask."
      : access === "known"
        ? "For whoever is known."
        : `Scope \`${access}\`.`;
  const limit = body === undefined ? "" : ` The body has at most ${maxBodyBytes ?? 0} bytes.`;
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description: `${details === undefined ? "" : `${details}\n\n`}${needs}${limit}`,
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(parameterObject) }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [JSON_TYPE]: { schema: body } } } }),
    responses: responses(operation, access),
    security: access === "anyone" ? [] : [{ bearer: [] }, { session: [] }, { certificate: [] }],
  };
}

function parameterObject(parameter: NonNullable<DescribedOperation["parameters"]>[number]): JsonObject {
  const { required = false } = parameter;
  return { ...parameter, required: required || parameter.in === "path" };
}

function responses({ answers }: DescribedOperation, access: string): JsonObject {
  const before: Record<number, Answer> = {};
  if (access !== "anyone")
    for (const [status, description] of Object.entries(BEFORE)) before[Number(status)] = { description };
  const all: Readonly<Record<number, Answer>> = { ...before, ...answers };
  const known = Object.entries(all).map(([status, answer]) => [
    status,
    responseObject(Number(status), answer),
  ]);
  return { ...Object.fromEntries(known), default: responseObject(500, { description: "A problem." }) };
}

function responseObject(
  status: number,
  { description, schema, contentType = JSON_TYPE }: Answer,
): JsonObject {
  const shown = schema ?? (status >= 400 ? { $ref: "#/components/schemas/Problem" } : undefined);
  if (shown === undefined && contentType === JSON_TYPE) return { description };
  return { description, content: { [contentType]: shown === undefined ? {} : { schema: shown } } };
}

/** E.g. `get_v1_alerts_id`; paths without letters get a name of their own. */
function operationId(method: string, path: string): string {
  const words = path.match(/[A-Za-z0-9]+/g) ?? [createHash("sha256").update(path).digest("hex").slice(0, 8)];
  return [method, ...(path === "/" ? ["root"] : words)].join("_");
}
