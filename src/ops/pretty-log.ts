import { styleText } from "node:util";
import type { DestinationStream } from "pino";

type Style = Parameters<typeof styleText>[0];

/** Pino's numbers of levels. */
const LEVELS: ReadonlyMap<number, { readonly word: string; readonly style: Style }> = new Map([
  [10, { word: "trace", style: "dim" }],
  [20, { word: "debug", style: "dim" }],
  [30, { word: "info ", style: "green" }],
  [40, { word: "warn ", style: "yellow" }],
  [50, { word: "error", style: "red" }],
  [60, { word: "fatal", style: "red" }],
]);

const CLOCK_START = "2026-01-01T".length;
const CLOCK_LENGTH = "00:00:00.000".length;

/** Turns pino's JSON lines into one readable line each: time, level, message, fields. */
export function prettyStream(target: DestinationStream & { readonly isTTY?: boolean }): DestinationStream {
  const coloured = target.isTTY === true && process.env["NO_COLOR"] === undefined;
  const paint = (style: Style, text: string): string =>
    coloured ? styleText(style, text, { validateStream: false }) : text;
  return { write: (line) => target.write(`${prettyLine(line, paint)}\n`) };
}

function prettyLine(line: string, paint: (style: Style, text: string) => string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const { word, style } = LEVELS.get(Number(level)) ?? { word: String(level), style: "dim" as Style };
  const clock = String(time).slice(CLOCK_START, CLOCK_START + CLOCK_LENGTH);
  const told = Object.entries(fields).map(([name, value]) => paint("dim", `${name}=${fieldText(value)}`));
  return [paint("dim", clock), paint(style, word), String(msg), ...told].join(" ");
}

/** An error's stack keeps its lines: they are what one wants to read then. */
function fieldText(value: unknown): string {
  if (typeof value === "object" && value !== null && "stack" in value) return String(value.stack);
  return typeof value === "string" ? value : JSON.stringify(value);
}
