import { isMap, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { AGENCIES } from "../api/contract/incidents.ts";
import { ALERT_KINDS } from "../domain/alert.ts";
import { closestWord } from "../domain/closest-word.ts";
import { type MeasureRule, PLACEHOLDERS, type RuleAction, type RuleProposal } from "./rule.ts";

/** Rules of a centre: more than anybody could keep in mind. */
const MAX_RULES = 200;
const MAX_PROPOSALS = 20;

/** A file beyond this is not a rule set. */
export const MAX_RULE_FILE_CHARACTERS = 512 * 1024;

/** Lines and characters of the smaller signs over motorways (own; each sign's controller has its own limits). */
const MAX_SIGN_LINES = 6;
const MAX_LINE_CHARACTERS = 32;

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be 1 to 40 of a-z, 0-9 and '-'");

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .superRefine((value, context) => {
      for (const [, name = ""] of value.matchAll(/\{([^{}]*)\}/g)) {
        if (PLACEHOLDERS.some((known) => known === name)) continue;
        const known = PLACEHOLDERS.map((one) => `{${one}}`).join(", ");
        context.addIssue({ code: "custom", message: `there is no {${name}}; there are ${known}` });
      }
    });

const common = {
  id,
  title: text(120),
  text: text(500).optional(),
  reason: text(500),
  effect: text(500),
  target: text(200),
  automatic: z.boolean().default(false),
};

const agency = z.enum(AGENCIES).exclude(["centre"]);

const proposal = z.discriminatedUnion("kind", [
  z.strictObject({
    ...common,
    kind: z.literal("sign-text"),
    lines: z.array(text(MAX_LINE_CHARACTERS)).min(1).max(MAX_SIGN_LINES),
  }),
  z.strictObject({
    ...common,
    kind: z.literal("speed-limit"),
    // StVO Anlage 2, Zeichen 274: multiples of 10.
    kmph: z.int().min(10).max(130).multipleOf(10),
  }),
  z.strictObject({
    ...common,
    kind: z.literal("lane-signal"),
    signals: z.union([
      z.literal("from-lanes"),
      z
        .array(z.enum(["open", "closed", "merge-left", "merge-right"]))
        .min(1)
        .max(12),
    ]),
  }),
  z.strictObject({ ...common, kind: z.literal("detour"), route: text(300) }),
  z.strictObject({ ...common, kind: z.literal("dispatch"), agency, resource: text(120) }),
  z.strictObject({ ...common, kind: z.literal("inform"), agency }),
  z.strictObject({
    ...common,
    kind: z.literal("vehicle-message"),
    causeCode: z.int().min(1).max(255),
    subCauseCode: z.int().min(0).max(255).default(0),
    upstreamM: z.int().min(50).max(10_000).default(2_000),
    validityS: z.int().min(60).max(86_400).default(1_800),
  }),
]);

const rule = z.strictObject({
  id,
  when: z
    .strictObject({
      kinds: z.array(z.enum(ALERT_KINDS)).min(1).optional(),
      types: z
        .array(z.enum(["crash", "stall", "hazard", "congestion", "road-work", "weather", "other"]))
        .min(1)
        .optional(),
      severity: z.enum(["minor", "normal", "major"]).optional(),
      roads: z.array(z.string().min(1).max(32)).min(1).optional(),
      directions: z.array(z.string().min(1).max(64)).min(1).optional(),
      blockedLanes: z.int().min(1).max(12).optional(),
      allBlocked: z.boolean().optional(),
    })
    .refine((when) => Object.keys(when).length > 0, "needs a condition: it would fit every incident"),
  propose: z.array(proposal).min(1).max(MAX_PROPOSALS),
});

const file = z.strictObject({ version: z.literal(1), rules: z.array(rule).max(MAX_RULES) });

/** A rule set cannot be used. The message names the file, the line and the rule. */
export class MeasureRuleError extends Error {
  override readonly name = "MeasureRuleError";
}

/**
 * Reads a rule set.
 * @param name of the file, for messages
 * @throws MeasureRuleError in one sentence for the first thing that is wrong
 */
export function readMeasureRules(source: string, name: string): readonly MeasureRule[] {
  if (source.length > MAX_RULE_FILE_CHARACTERS)
    throw new MeasureRuleError(`${name} is larger than ${MAX_RULE_FILE_CHARACTERS} characters.`);
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, strict: true, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const line = broken.linePos?.[0].line ?? 1;
    throw new MeasureRuleError(`${name}, line ${line}: ${firstLine(broken.message)}.`);
  }
  const value = plain(document, name);
  const lineOf = (path: readonly PropertyKey[]) => lineAt(document, lines, path);
  const read = file.safeParse(value);
  if (!read.success) {
    const { issues } = read.error;
    // A slip of the pen is a key too many and one too few; the first says more.
    const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
    const path = issue?.path ?? [];
    const where = `${name}, line ${lineOf(path)}${ruleName(value, path)}`;
    throw new MeasureRuleError(`${where}: ${inner(path)}${told(issue)}.`);
  }
  const rules = read.data.rules.map((one, index): MeasureRule => {
    const { id: ruleId, when, propose } = one;
    const line = lineOf(["rules", index]);
    return { id: ruleId, line, when, propose: propose.map(proposalOf) } as MeasureRule;
  });
  refuseDoubles(rules, name);
  return rules;
}

/** Aliases that refer to aliases grow without bound; so many are enough for anybody. */
const MAX_ALIASES = 50;

function plain(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new MeasureRuleError(`${name}: ${firstLine((error as Error).message)}.`);
  }
}

function proposalOf(read: z.infer<typeof proposal>): RuleProposal {
  const { id: own, title, text: said, reason, effect, target, automatic, ...action } = read;
  const words = said === undefined ? {} : { text: said };
  return { id: own, title, ...words, reason, effect, target, automatic, action: action as RuleAction };
}

function refuseDoubles(rules: readonly MeasureRule[], name: string): void {
  const seen = new Map<string, number>();
  for (const { id: ruleId, line, propose } of rules) {
    const first = seen.get(ruleId);
    if (first !== undefined)
      throw new MeasureRuleError(
        `${name}, line ${line}: the rule "${ruleId}" is there already, in line ${first}.`,
      );
    seen.set(ruleId, line);
    const ids = propose.map(({ id: own }) => own);
    const double = ids.find((own, index) => ids.indexOf(own) !== index);
    if (double !== undefined)
      throw new MeasureRuleError(`${name}, line ${line}, rule "${ruleId}": it proposes "${double}" twice.`);
  }
}

/** Line of the nearest thing that is there. */
function lineAt(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    const [offset] = node?.range ?? [];
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  const { contents } = document;
  return isMap(contents) ? lines.linePos(contents.range?.[0] ?? 0).line : 1;
}

function ruleName(value: unknown, [top, index]: readonly PropertyKey[]): string {
  if (top !== "rules" || typeof index !== "number") return "";
  const named = (value as { rules?: readonly { id?: unknown }[] }).rules?.[index]?.id;
  return typeof named === "string" ? `, rule "${named}"` : `, rule number ${index + 1}`;
}

const inner = (path: readonly PropertyKey[]): string => {
  const members = path[0] === "rules" ? path.slice(2) : path;
  return members.length === 0 ? "" : `${members.map(String).join(".")}: `;
};

function told(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code !== "unrecognized_keys") return (issue?.message ?? "is not understood").replace(/\.$/, "");
  const [key = ""] = issue.keys;
  const near = closestWord(key, KEYS);
  return `there is no "${key}"${near === undefined ? "" : `; do you mean "${near}"?`}`;
}

const KEYS = [
  ...[
    "id",
    "when",
    "propose",
    "kinds",
    "types",
    "severity",
    "roads",
    "directions",
    "blockedLanes",
    "allBlocked",
  ],
  ...[
    "kind",
    "title",
    "text",
    "reason",
    "effect",
    "target",
    "automatic",
    "lines",
    "kmph",
    "signals",
    "route",
  ],
  ...["agency", "resource", "causeCode", "subCauseCode", "upstreamM", "validityS", "version", "rules"],
];

const firstLine = (message: string): string => (message.split("\n")[0] ?? "").replace(/[.:]$/, "");
