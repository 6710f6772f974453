import type { Alert } from "../domain/alert.ts";
import type { AlertLife, LifeStep } from "../explain/alert-life.ts";
import { type ExplainedMeasure, parametersOf } from "../explain/deciding-parameters.ts";
import { elapsed, type Paint, printable, table } from "./style.ts";

/** Revisions shown; of longer lives the first and the last ones. */
const SHOWN_HEAD = 12;
const SHOWN_TAIL = 8;

/** The life of an alert for people. */
export function lifeText(life: AlertLife, paint: Paint, allParameters: boolean): string {
  const { first, last } = life;
  return [
    paint("bold", `${printable(last.kind)} ${last.alertId}`),
    "",
    table(factRows(life)),
    `${paint("bold", "Why")} (${printable(first.why.rule)}): ${printable(first.why.text)}`,
    "",
    measureText(life.steps[0]?.measures ?? []),
    ...laterReason(life),
    decisionText(life, allParameters),
    paint("bold", "Life"),
    "",
    stepText(life.steps),
  ].join("\n");
}

function factRows(life: AlertLife): string[][] {
  const { first, last } = life;
  const rows: string[][] = [
    ["state", `${last.state}, ${last.tier}, severity ${last.severity}, confidence ${last.confidencePct} %`],
    ["cause", `${last.causeCode}/${last.subCauseCode} (ETSI TS 102 894-2)`],
    ["where", whereText(last)],
    ["began", timeText(first.beganAtMs)],
    [life.isOver ? "lasted" : "so far", elapsed(life.durationMs)],
    [
      "claimed",
      `${timeText(first.referencedAtMs)}, decided ${elapsed(Math.max(0, life.reportDelayMs))} later`,
    ],
    ["confirmed", life.confirmedAfterMs === undefined ? "never" : `after ${elapsed(life.confirmedAfterMs)}`],
    ["valid until", timeText(last.validUntilMs)],
    ["evidence", evidenceText(last)],
    ["detector", printable(life.detector)],
  ];
  if (life.isCut) rows.push(["note", "its first revisions are no longer in the server's memory"]);
  return rows.map(([name = "", text = ""]) => [`  ${name}`, text]);
}

function whereText({ road, position, headingDeg, outline }: Alert): string {
  const place = `${position.latitudeDeg.toFixed(5)}, ${position.longitudeDeg.toFixed(5)}`;
  const heading = headingDeg === undefined ? "all directions" : `traffic heading ${Math.round(headingDeg)}°`;
  if (road === undefined) return `${place} (${outline.form}), ${heading}; no road is known`;
  const km =
    road.fromKm === road.toKm
      ? `km ${road.fromKm.toFixed(3)}`
      : `km ${road.fromKm.toFixed(3)} to ${road.toKm.toFixed(3)}`;
  return `${printable(road.text)}, ${km} (${place}), ${heading}`;
}

function evidenceText({ evidence }: Alert): string {
  const { stations, observations, receivers, sources, marks } = evidence;
  const marked = marks.length === 0 ? "" : `; marked ${marks.map(printable).join(", ")}`;
  const heard = sources.map(printable).join(", ");
  return `${stations} stations, ${observations} observations, ${receivers} receivers (${heard})${marked}`;
}

/** Numbers beside their thresholds, with the sign that holds between them. */
function measureText(measures: readonly ExplainedMeasure[]): string {
  if (measures.length === 0) return "  The rule has no numbers.\n";
  const rows = measures.map(({ name, observed, threshold, parameter }) => [
    `  ${printable(name)}`,
    String(observed),
    threshold === undefined ? "" : `${observed >= threshold ? "≥" : "<"} ${threshold}`,
    parameter === undefined ? "" : parameter.key,
  ]);
  return table([["  measure", "observed", "threshold", "set by"], ...rows], [1]);
}

/** The reason of the last revision, where another rule or text has come in. */
function laterReason({ first, last, steps }: AlertLife): string[] {
  if (last.why.rule === first.why.rule && last.why.text === first.why.text) return [];
  const text = `Last (${printable(last.why.rule)}): ${printable(last.why.text)}`;
  return [text, "", measureText(steps.at(-1)?.measures ?? [])];
}

/** The settings that decided, with their documentation; all of the detector where asked for. */
function decisionText({ first, steps }: AlertLife, all: boolean): string {
  const decided = new Map(
    steps.flatMap(({ measures }) =>
      measures.flatMap(({ parameter }) =>
        parameter === undefined ? [] : [[parameter.key, parameter] as const],
      ),
    ),
  );
  const parameters = all ? parametersOf(first) : [...decided.values()];
  if (parameters.length === 0) return "";
  const lines = parameters.map(
    ({ key, default: value, unit, min, max, text, source }) =>
      `  ${key} = ${shortNumber(value)} ${unit} (${shortNumber(min)} to ${shortNumber(max)})\n` +
      `    ${text} Source: ${source}.`,
  );
  return `${all ? "Settings of the detector" : "Settings that decided"}\n\n${lines.join("\n")}\n`;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function stepText(steps: readonly LifeStep[]): string {
  const rows = steps.map(({ alert, sinceBeginMs, changes }) => [
    `  ${alert.revision}`,
    `+${elapsed(sinceBeginMs)}`,
    alert.state,
    alert.tier,
    `S${alert.severity}`,
    `${alert.confidencePct} %`,
    changes.length === 0 ? printable(alert.why.text) : printable(changes.join("; ")),
  ]);
  const hidden = rows.length - SHOWN_HEAD - SHOWN_TAIL;
  const shown =
    hidden <= 0
      ? rows
      : [...rows.slice(0, SHOWN_HEAD), ["  …", "", `${hidden} more`], ...rows.slice(-SHOWN_TAIL)];
  return table([["  rev", "at", "state", "tier", "sev", "conf", "what changed"], ...shown], [1]);
}

/** ISO 8601, UTC, to the millisecond: as in the alert file, whatever the machine's zone. */
function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
