import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kindPolicy } from "../../src/alert/kind-policy.ts";
import { causeMeaning } from "../../src/detect/cause-codes.ts";
import { ALERT_KINDS } from "../../src/domain/alert.ts";
import { projectRoot } from "../support/source-tree.ts";
import { serviceRows } from "./service-table.ts";

/** The parts of `docs/alerts.md` that are made from the code, by the name in their marks. */
export const alertTables: Readonly<Record<string, () => string>> = {
  causes: causeTable,
  services: serviceTable,
  policies: policyTable,
  example,
};

/** The page with all parts made anew. */
export function withTables(page: string): string {
  let text = page;
  for (const [name, make] of Object.entries(alertTables)) {
    const [begin, end] = [`<!-- ${name}: begin -->\n`, `<!-- ${name}: end -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the page has no place for ${name}`);
    text = `${text.slice(0, from + begin.length)}${make()}\n${text.slice(to)}`;
  }
  return text;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** CauseCodeType and sub-cause are one byte each. */
const CODES = Array.from({ length: 256 }, (_, code) => code);

function serviceTable(): string {
  const head = ["kind", "cause", "886/2013", "Day 1", "valid", "area", "for traffic of the course"];
  return table(head, serviceRows());
}

function causeTable(): string {
  const unknown = (code: number) => causeMeaning(code, 0).text.startsWith(`cause ${code}`);
  const rows = CODES.filter((code) => !unknown(code)).map((code) => {
    const { text, kind, severity } = causeMeaning(code, 0);
    return [String(code), text, `\`${kind}\``, String(severity), subCauses(code)];
  });
  return table(["cause", "meaning", "kind", "severity", "sub-causes that differ"], rows);
}

function subCauses(code: number): string {
  const cause = causeMeaning(code, 0);
  return CODES.slice(1)
    .map((sub) => ({ sub, ...causeMeaning(code, sub) }))
    .filter(({ kind, severity }) => kind !== cause.kind || severity !== cause.severity)
    .map(({ sub, text, kind, severity }) => {
      const what = kind === cause.kind ? "" : `\`${kind}\`, `;
      return `${sub} ${text}: ${what}${severity}`;
    })
    .join("; ");
}

function policyTable(): string {
  const byText = new Map<string, { kinds: string[]; cells: string[] }>();
  for (const kind of ALERT_KINDS) {
    const policy = kindPolicy(kind);
    const merges = policy.mergeM > 0;
    const cells = [
      merges ? `${policy.mergeM} m, ${policy.mergeHeadingDeg}°, ${policy.mergeWithinMs / 1_000} s` : "never",
      merges ? (policy.mergesOwn ? "yes" : "no") : "–",
      `${policy.lingerMs / 1_000} s`,
      `${policy.updateEveryMs / 1_000} s`,
      `${policy.movedM} m`,
    ];
    const known = byText.get(cells.join());
    if (known === undefined) byText.set(cells.join(), { kinds: [`\`${kind}\``], cells });
    else known.kinds.push(`\`${kind}\``);
  }
  const head = [
    "kind",
    "merges within",
    "things of one detector too",
    "end held",
    "updates at most every",
    "move told from",
  ];
  return table(
    head,
    [...byText.values()].map(({ kinds, cells }) => [kinds.join(", "), ...cells]),
  );
}

function example(): string {
  const golden = readFileSync(join(projectRoot, "fixtures/golden/hard-braking-chain.ndjson"), "utf8");
  const alert = JSON.parse(golden.slice(0, golden.indexOf("\n"))) as Record<string, unknown>;
  const lines = Object.entries(alert).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `\`\`\`json\n{\n${lines.join(",\n")}\n}\n\`\`\``;
}
