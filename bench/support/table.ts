/** A Markdown table. Columns are left-aligned where their first cell is no number. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" ? figure(cell) : cell)));
  const rule = head.map((_, column) => (typeof rows[0]?.[column] === "number" ? "---:" : "---"));
  return [head, rule, ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Three digits where they carry meaning, thousands separated. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en-US");
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(3)));
}
