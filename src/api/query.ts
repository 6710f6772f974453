import { ALERT_KINDS, type AlertKind, type Severity } from "../domain/alert.ts";
import type { AlertFilter } from "../domain/subscription.ts";
import { shapeProblem } from "../geo/shape-problem.ts";
import type { Shape } from "../geo/shapes.ts";

/** A query that cannot be answered, in a sentence for the person who wrote it. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

/** Values of one parameter, whether repeated or parted by commas. */
const MAX_VALUES = 64;

const MS_OF_UNIT: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads the parameters of a GET request. What is not understood is refused: a filter that is ignored would show more than
 * was asked for.
 * @throws QueryError from every member
 */
export class QueryReader {
  readonly #query: URLSearchParams;
  readonly #known: readonly string[];

  /** @param known names of the parameters that the resource has */
  constructor(query: URLSearchParams, known: readonly string[]) {
    this.#query = query;
    this.#known = known;
    for (const name of new Set(query.keys())) if (!known.includes(name)) throw this.#unknown(name);
  }

  text(name: string): string | undefined {
    const all = this.#query.getAll(name);
    if (all.length > 1) throw new QueryError(`${name} may stand in a query once.`);
    return all[0] === "" ? undefined : all[0];
  }

  list(name: string): string[] {
    const values = this.#query.getAll(name).flatMap((value) => value.split(","));
    if (values.length > MAX_VALUES) throw new QueryError(`${name} has at most ${MAX_VALUES} values.`);
    return values.map((value) => value.trim()).filter((value) => value !== "");
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    const word = words.find((known) => known === value);
    if (value !== undefined && word === undefined)
      throw new QueryError(`${name} is one of ${words.join(", ")}.`);
    return word;
  }

  number(name: string, least: number, most: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!(number >= least && number <= most))
      throw new QueryError(`${name} is a number from ${least} to ${most}.`);
    return number;
  }

  whole(name: string, least: number, most: number): number | undefined {
    const value = this.number(name, least, most);
    if (value !== undefined && !Number.isInteger(value))
      throw new QueryError(`${name} is a whole number from ${least} to ${most}.`);
    return value;
  }

  /** Unix ms from Unix ms, from `2026-11-23T06:00Z`, or from so long ago: `90s`, `30m`, `2h`, `3d`. */
  timeMs(name: string, nowMs: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const [, amount, unit = ""] = /^(\d{1,9})([smhd])$/.exec(value) ?? [];
    if (amount !== undefined) return nowMs - Number(amount) * (MS_OF_UNIT[unit] ?? 0);
    if (/^\d{12,15}$/.test(value)) return Number(value);
    const isDated = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value);
    const parsed = isDated ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(parsed)) return parsed;
    throw new QueryError(
      `${name} is a time such as 2026-11-23T06:00Z, Unix milliseconds, or so long ago: 90s, 30m, 2h, 3d.`,
    );
  }

  /** `bbox=west,south,east,north` or `circle=latitude,longitude,metres`; undefined for everywhere. */
  area(): Shape | undefined {
    const [box, circle] = [this.#numbers("bbox", 4), this.#numbers("circle", 3)];
    if (box !== undefined && circle !== undefined)
      throw new QueryError("A query has one area: bbox or circle.");
    if (box !== undefined) {
      const [westDeg = 0, southDeg = 0, eastDeg = 0, northDeg = 0] = box;
      return checked("bbox", { type: "box", box: { westDeg, southDeg, eastDeg, northDeg } });
    }
    if (circle === undefined) return undefined;
    const [latitudeDeg = 0, longitudeDeg = 0, radiusM = 0] = circle;
    return checked("circle", { type: "circle", center: { latitudeDeg, longitudeDeg }, radiusM });
  }

  #numbers(name: string, count: number): number[] | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const numbers = value.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
    if (numbers.length === count && numbers.every(Number.isFinite)) return numbers;
    throw new QueryError(`${name} is ${count} numbers parted by commas.`);
  }

  #unknown(name: string): QueryError {
    const most = 40;
    const shown = name.length > most ? `${name.slice(0, most)}…` : name;
    const known =
      this.#known.length === 0 ? "This resource has none." : `Known are ${this.#known.join(", ")}.`;
    return new QueryError(`There is no parameter ${shown}. ${known}`);
  }
}

function checked(name: string, shape: Shape): Shape {
  const problem = shapeProblem(shape);
  if (problem !== undefined) throw new QueryError(`${name}: ${problem.field} ${problem.text}.`);
  return shape;
}

/** Names of the parameters that `filterOf` reads. */
export const FILTER_PARAMETERS = ["kind", "cause", "minSeverity", "minConfidence", "confirmed"] as const;

/** @throws QueryError */
export function readFilter(query: QueryReader): AlertFilter {
  return {
    kinds: query.list("kind").map(kindOf),
    causeCodes: query.list("cause").map(causeOf),
    minSeverity: (query.whole("minSeverity", 1, 5) ?? 1) as Severity,
    minConfidencePct: (query.number("minConfidence", 0, 1) ?? 0) * 100,
    confirmedOnly: query.oneOf("confirmed", ["true", "false"]) === "true",
  };
}

function kindOf(word: string): AlertKind {
  const kind = ALERT_KINDS.find((known) => known === word);
  if (kind === undefined) throw new QueryError(`kind is one of ${ALERT_KINDS.join(", ")}.`);
  return kind;
}

function causeOf(word: string): number {
  const code = Number(word);
  if (!Number.isInteger(code) || code < 0 || code > 255)
    throw new QueryError("cause is a cause code of ETSI TS 102 894-2, 0 to 255.");
  return code;
}
