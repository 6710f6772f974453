import type { DeliveryVerdict } from "../explain/delivery-watch.ts";
import { printable, table } from "./style.ts";

/** Revisions shown in full; of longer lives the first ones, and those where the verdict changes. */
const SHOWN = 20;

/** Each revision with its verdict, and each condition beside it. */
export function verdictText(verdicts: readonly DeliveryVerdict[], wasTold: boolean | undefined): string {
  const shown = verdicts.filter((verdict, i) => i < SHOWN || verdict.told !== verdicts[i - 1]?.told);
  const hidden = verdicts.length - shown.length;
  return [
    `${headline(verdicts, wasTold)}\n`,
    ...shown.map(revisionText),
    hidden > 0 ? `${hidden} further revisions have the verdict of the one before.\n` : "",
  ].join("\n");
}

function headline(verdicts: readonly DeliveryVerdict[], wasTold: boolean | undefined): string {
  if (wasTold === undefined) return "Nobody can tell from here whether the subscriber was told.";
  if (wasTold) return "The subscriber was told.";
  const failures = new Map<string, number>();
  for (const { steps } of verdicts) {
    for (const { name, passes } of steps)
      if (passes === false) failures.set(name, (failures.get(name) ?? 0) + 1);
  }
  const listed = [...failures].sort((a, b) => b[1] - a[1]).map(([name, times]) => `${name} (${times})`);
  if (listed.length === 0) return "The subscriber was not told.";
  return `The subscriber was not told. Conditions that failed, in so many of ${verdicts.length} revisions: ${listed.join(", ")}.`;
}

function revisionText({ alert, atMs, told, reason, steps }: DeliveryVerdict): string {
  const verdict = told === undefined ? "?" : told ? "told" : "not told";
  const head = `revision ${alert.revision} (${alert.state}) at ${new Date(atMs).toISOString()}: ${verdict}. ${printable(reason)}`;
  const rows = steps.map(({ name, passes, text }) => [`  ${mark(passes)}`, name, printable(text)]);
  return `${head}\n${table(rows)}`;
}

function mark(passes: boolean | undefined): string {
  if (passes === undefined) return "?";
  return passes ? "yes" : "no";
}
