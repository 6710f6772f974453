import { styleText } from "node:util";
import type { CliIo, TextSink } from "./io.ts";

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours where a person looks at a terminal and has not asked for none (no-color.org). */
export function painter(sink: TextSink, env: CliIo["env"]): Paint {
  const coloured = sink.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  return (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text);
}

/**
 * Text that came over the network, fit for a terminal: control characters (C0, DEL, C1) could move the cursor, change
 * the title or worse.
 */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\u{fffd}");
}

/** `cannot reach x` → `Cannot reach x.`; fit for a terminal. */
export function asSentence(text: string): string {
  const plain = printable(text);
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`.replace(/(?<![.?!])$/, ".");
}

/** Rows in columns, two blanks apart; columns named in `right` are set flush right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  return rows.map((row) => `${line(row)}\n`).join("");
}

const WHOLE = new Intl.NumberFormat("en");

/** 1234567 → `1,234,567`. */
export function count(value: number): string {
  return WHOLE.format(value);
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** 1234567 → `1.2 MB`. */
export function byteSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** 3_725_000 → `1:02:05`; below an hour `2:05`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Time that something took: seconds with a digit below a minute, else as `duration`. */
export function elapsed(ms: number): string {
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : duration(ms);
}
