import type { Share } from "../evaluate/statistics.ts";
import { TIERS } from "../evaluate/tiers.ts";
import type { VerdictReport } from "../evaluate/verdicts.ts";
import { count, table } from "./style.ts";

const HEADS = ["alerts", "confirmed", "false", "unclear", "no verdict", "false of decided"];

/** What operators said of stored alerts, by kind and tier. */
export function verdictText(report: VerdictReport): string {
  const tables = TIERS.map((tier) => {
    const rows = Object.entries(report.tiers[tier]).map(([kind, counts]) => [
      kind,
      count(counts.all),
      count(counts.confirmed),
      count(counts.false),
      count(counts.unclear),
      count(counts.withoutVerdict),
      shareText(counts.falseShare),
    ]);
    return table([[tier, ...HEADS], ...rows], [1, 2, 3, 4, 5]);
  });
  const strangers =
    report.strangers === 0
      ? ""
      : `\n${count(report.strangers)} verdicts are on alerts that the file does not hold\n`;
  return tables.join("\n") + strangers;
}

function shareText({ value, low, high }: Share): string {
  if (value === undefined || low === undefined || high === undefined) return "–";
  const percent = (x: number): string => (x * 100).toFixed(1);
  return `${percent(value)} % (${percent(low)}–${percent(high)})`;
}
