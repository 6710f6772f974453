import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DuplicateCounts } from "./duplicates.ts";
import { type TargetRow, targetRow } from "./target-row.ts";

const RESULTS = fileURLToPath(new URL("../results/", import.meta.url));

export function duplicateRow(counts: DuplicateCounts | undefined): TargetRow {
  const what = "exact duplicates across roadside units";
  const target = "100 % removed, none wrongly";
  if (counts === undefined) return targetRow(what, target, "–", undefined, "left out of this run");
  const { messages, copies, removed, rejected } = counts;
  return targetRow(
    what,
    target,
    `${removed} removed of ${copies} copies of ${messages} messages; ${rejected} rejected for other reasons`,
    removed === copies,
    "a message is known by its content and time; removed = copies, so none was removed wrongly and none kept",
  );
}

const ATTACKS = [
  { name: "constant-position", least: 0.99 },
  { name: "random-position", least: 0.99 },
  { name: "eventual-stop", least: 0.9 },
  { name: "random-offset", least: 0.85 },
  { name: "constant-offset", least: 0.7 },
] as const;

/** What the benchmark of its own has found last, of its base condition. */
export function misbehaviourRow(folder: string = RESULTS): TargetRow {
  const what = "misbehaviour, per sender, 10 % attackers";
  const target = ATTACKS.map(({ name, least }) => `${name} ≥ ${least}`).join(", ");
  const file = readdirSync(folder)
    .filter((name) => name.endsWith("-misbehaviour.md"))
    .sort()
    .at(-1);
  const scores = file === undefined ? undefined : baseScores(readFileSync(`${folder}/${file}`, "utf8"));
  if (scores === undefined) return targetRow(what, target, "–", undefined, "npm run bench:misbehaviour");
  return targetRow(
    what,
    target,
    ATTACKS.map(({ name }, i) => `${name} ${scores[i]}`).join(", "),
    ATTACKS.every(({ least }, i) => (scores[i] ?? 0) >= least),
    `quoted from ${file}, which states what bounds it (map, roadside units, share of attackers)`,
  );
}

/** F1 of the row `base`, in the order of the columns. */
function baseScores(markdown: string): readonly number[] | undefined {
  const lines = markdown.split("\n");
  const head = lines.find((line) => line.startsWith("| condition"));
  const base = lines.find((line) => line.startsWith("| base"));
  if (head === undefined || base === undefined) return undefined;
  const names = head.split("|").map((cell) => cell.trim());
  const cells = base.split("|").map((cell) => Number.parseFloat(cell));
  return ATTACKS.map(({ name }) => cells[names.findIndex((cell) => cell.startsWith(name))] ?? Number.NaN);
}
