import { z } from "zod";
import { AGENCIES, type IncidentCommand, type NewIncident } from "../api/contract/incidents.ts";

/** Most characters of what operators type. */
export const TEXT_LIMITS = { title: 120, person: 80, text: 2_000, description: 4_000, place: 200 } as const;

/** Lanes and shoulders of one carriageway with its ramps. */
export const MAX_LANES = 12;

/** Alerts of one incident: a chain of collisions in fog has dozens. */
export const MAX_ALERTS = 200;

const LANE_KINDS = ["lane", "hard-shoulder", "left-shoulder", "ramp"] as const;
const TYPES = ["crash", "stall", "hazard", "congestion", "road-work", "weather", "other"] as const;

/** One day: a longer acknowledgement is an assignment. */
const MAX_ACKNOWLEDGE_MS = 86_400_000;

/** Text without control characters, but for line breaks and tabs; blanks around it go. */
const text = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((value) => !/[^\P{C}\n\t\u200d]/u.test(value), "control characters are not taken");

const id = z.string().min(1).max(128);
const agency = z.enum(AGENCIES);
const agencies = z.array(agency).max(AGENCIES.length);
const lanes = z
  .array(z.strictObject({ kind: z.enum(LANE_KINDS), impact: z.enum(["clear", "affected", "blocked"]) }))
  .max(MAX_LANES);
const place = z.strictObject({
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
  text: text(TEXT_LIMITS.place, 0),
  ref: text(32).optional(),
  direction: text(64).optional(),
  km: z.number().min(-10_000).max(10_000).optional(),
});
const alertIds = z.array(id).max(MAX_ALERTS);
const said = text(TEXT_LIMITS.text);
const reason = text(500);
const measureId = id;

const command = z.discriminatedUnion("command", [
  z.strictObject({
    command: z.literal("acknowledge"),
    forMs: z.int().min(1_000).max(MAX_ACKNOWLEDGE_MS).optional(),
  }),
  z.strictObject({ command: z.literal("assign"), agency, person: text(TEXT_LIMITS.person).optional() }),
  z.strictObject({ command: z.literal("start") }),
  z.strictObject({ command: z.literal("resolve"), text: said }),
  z.strictObject({ command: z.literal("close"), text: said.optional() }),
  z.strictObject({ command: z.literal("reopen"), text: said }),
  z.strictObject({ command: z.literal("note"), text: said, visibleTo: agencies.optional() }),
  z.strictObject({ command: z.literal("lanes"), lanes }),
  z.strictObject({
    command: z.literal("describe"),
    title: text(TEXT_LIMITS.title).optional(),
    type: z.enum(TYPES).optional(),
    description: text(TEXT_LIMITS.description, 0).optional(),
  }),
  z.strictObject({ command: z.literal("place"), place }),
  z.strictObject({ command: z.literal("share"), agencies }),
  z.strictObject({ command: z.literal("link"), alertId: id }),
  z.strictObject({ command: z.literal("merge"), into: id }),
  z.strictObject({
    command: z.literal("split"),
    alertIds: alertIds.min(1),
    title: text(TEXT_LIMITS.title),
  }),
  z.strictObject({ command: z.literal("hand-over"), text: said, to: text(TEXT_LIMITS.person).optional() }),
  z.strictObject({ command: z.literal("send-measure"), measureId }),
  z.strictObject({ command: z.literal("refuse-measure"), measureId, reason }),
  z.strictObject({ command: z.literal("withdraw-measure"), measureId, reason }),
]);

const newIncident = z
  .strictObject({
    alertIds: alertIds.optional(),
    type: z.enum(TYPES).optional(),
    title: text(TEXT_LIMITS.title).optional(),
    place: place.optional(),
    description: text(TEXT_LIMITS.description, 0).optional(),
    lanes: lanes.optional(),
    exercise: z.boolean().optional(),
  })
  .refine(({ alertIds: from = [], place: at }) => from.length > 0 || at !== undefined, {
    message: "an incident begins with alertIds or with a place",
  });

/** What is wrong with a request, in one clause that names the member. */
export interface Unreadable {
  readonly unreadable: string;
}

export const isUnreadable = (value: object): value is Unreadable => "unreadable" in value;

export function readCommand(body: unknown): IncidentCommand | Unreadable {
  return read(command, body) as IncidentCommand | Unreadable;
}

export function readNewIncident(body: unknown): NewIncident | Unreadable {
  return read(newIncident, body) as NewIncident | Unreadable;
}

function read<T>(schema: z.ZodType<T>, body: unknown): T | Unreadable {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const where = first?.path.join(".") ?? "";
  return { unreadable: `${where === "" ? "the body" : where}: ${first?.message ?? "is not understood"}` };
}

/** JSON Schemas of the two requests, for the description of the interface. */
export const incidentSchemas = () => ({
  IncidentCommand: z.toJSONSchema(command, { io: "input", unrepresentable: "any" }),
  NewIncident: z.toJSONSchema(newIncident, { io: "input", unrepresentable: "any" }),
});
