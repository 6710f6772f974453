import { ALARM_RULES, type AlarmRule, LAST_CAUSE, type Levels } from "../../src/alarm/rules.ts";
import { ALERT_KINDS } from "../../src/domain/alert.ts";

const SECONDS = 1_000;

const levels = (of: Levels | undefined): string => (of === undefined ? "as elsewhere" : of.join(" / "));
const seconds = (ms: number): string => `${ms / SECONDS} s`;

function row(kind: string, rule: AlarmRule): string {
  const { fast, elsewhere, confined, holdMs, holdOneMs, releaseMs, family, rank, reason } = rule;
  const cells = [
    `\`${kind}\``,
    levels(fast),
    levels(elsewhere),
    confined === undefined ? "as the road" : levels(confined),
    `${seconds(holdMs)}, ${seconds(holdOneMs)}`,
    seconds(releaseMs),
    `${family}, ${rank}${rank <= LAST_CAUSE ? "" : " (symptom)"}`,
    reason,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The rules as docs/alarms.md shows them. */
export function ruleTable(): string {
  const head = [
    "kind",
    "fast road",
    "elsewhere",
    "tunnel, bridge",
    "holds",
    "releases",
    "family, rank",
    "why",
  ];
  return [
    `| ${head.join(" | ")} |`,
    `|${head.map(() => "---").join("|")}|`,
    ...ALERT_KINDS.map((kind) => row(kind, ALARM_RULES[kind])),
  ].join("\n");
}

const BEGIN = "<!-- rules: begin -->\n";
const END = "<!-- rules: end -->";

/** The page with the table made anew. */
export function withRules(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error("the page has no place for the rules");
  return `${page.slice(0, from + BEGIN.length)}${ruleTable()}\n${page.slice(to)}`;
}
