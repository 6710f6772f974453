import { z } from "zod";
import { ALERT_KINDS } from "../domain/alert.ts";

const degrees = (most: number) => z.number().min(-most).max(most);
const point = z.strictObject({ latitudeDeg: degrees(90), longitudeDeg: degrees(180) });

/** Bounds of areas are those of subscriptions on the stream (client.proto). */
const area = z.discriminatedUnion("form", [
  z.strictObject({ form: z.literal("everywhere") }),
  z.strictObject({
    form: z.literal("box"),
    box: z.strictObject({
      southDeg: degrees(90),
      westDeg: degrees(180),
      northDeg: degrees(90),
      eastDeg: degrees(180),
    }),
  }),
  z.strictObject({ form: z.literal("polygon"), points: z.array(point).min(3).max(1_000) }),
  z.strictObject({ form: z.literal("circle"), center: point, radiusM: z.number().min(1).max(500_000) }),
  z.strictObject({
    form: z.literal("corridor"),
    points: z.array(point).min(2).max(1_000),
    halfWidthM: z.number().min(1).max(5_000),
  }),
]);

const subscription = z.strictObject({
  area: area.default({ form: "everywhere" }),
  kinds: z.array(z.enum(ALERT_KINDS)).max(64).default([]),
  causeCodes: z.array(z.int().min(0).max(255)).max(64).default([]),
  minSeverity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).default(1),
  minConfidencePct: z.number().min(0).max(100).default(0),
  confirmedOnly: z.boolean().default(false),
});

const secret = z.union([
  z.strictObject({ file: z.string().min(1).max(4_096) }),
  z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/) }),
]);

const endpoint = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  url: z.url().max(2_048),
  secrets: z.array(secret).min(1).max(4),
  subscription: subscription.prefault({}),
  order: z.enum(["strict", "per-alert"]).default("strict"),
  maxBatch: z.int().min(1).max(100).default(1),
  maxConcurrent: z.int().min(1).max(16).default(4),
  begin: z.enum(["snapshot", "now"]).default("snapshot"),
  timeoutMs: z.int().min(1_000).max(60_000).default(15_000),
  caFile: z.string().min(1).max(4_096).optional(),
  privateNetwork: z.boolean().default(false),
  paused: z.boolean().default(false),
});

export type WrittenEndpoint = z.infer<typeof endpoint>;
export type WrittenSecret = z.infer<typeof secret>;

/** More endpoints are a job for a message broker behind one of them. */
const MAX_ENDPOINTS = 100;

const endpointFile = z.strictObject({ endpoints: z.array(endpoint).max(MAX_ENDPOINTS) });

/** The endpoints of a file, or what is wrong with the first value that is, with its path. */
export function readEndpoints(value: unknown): readonly WrittenEndpoint[] | { readonly problem: string } {
  const parsed = endpointFile.safeParse(value);
  if (parsed.success) return parsed.data.endpoints;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((part) =>
    typeof part === "number" ? `[${part}]` : `.${String(part)}`,
  );
  return { problem: `${path.join("").replace(/^\./, "") || "the file"}: ${issue?.message ?? "unusable"}` };
}
