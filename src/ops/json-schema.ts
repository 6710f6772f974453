import type { JsonSchema } from "./route-description.ts";

/** Short ways to write schemas of JSON Schema 2020-12. */
export const text: JsonSchema = { type: "string" };
export const truth: JsonSchema = { type: "boolean" };
export const count: JsonSchema = { type: "integer", minimum: 0 };
export const number: JsonSchema = { type: "number" };
export const share: JsonSchema = { type: "number", minimum: 0, maximum: 1 };
export const timeMs: JsonSchema = { type: "number", description: "Unix ms." };
export const latitude: JsonSchema = { type: "number", minimum: -90, maximum: 90 };
export const longitude: JsonSchema = { type: "number", minimum: -180, maximum: 180 };

export const listOf = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: "array",
  items,
  ...more,
});
export const anyOf = (...words: readonly (string | number)[]): JsonSchema => ({ enum: words });
export const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
export const mapOf = (values: JsonSchema): JsonSchema => ({ type: "object", additionalProperties: values });

/** An object with exactly these members. */
export function objectOf(
  required: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}
