import { language } from "../state/preferences.ts";

const LOCALES = { de: "de-DE", en: "en-GB" } as const;
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

/** Formatters are dear to make and cheap to use. */
function kept<F extends Intl.DateTimeFormat | Intl.NumberFormat>(
  key: string,
  make: (locale: string) => F,
): F {
  const locale = LOCALES[language.value];
  const name = `${locale}/${key}`;
  const known = made.get(name);
  if (known !== undefined) return known as F;
  const fresh = make(locale);
  made.set(name, fresh);
  return fresh;
}

/** `14:02:33`, in the zone of the operator's machine. */
export function clockTime(atMs: number): string {
  return kept("clock", (locale) => new Intl.DateTimeFormat(locale, { timeStyle: "medium" })).format(atMs);
}

/** `14:02`. */
export function shortTime(atMs: number): string {
  return kept("short", (locale) => new Intl.DateTimeFormat(locale, { timeStyle: "short" })).format(atMs);
}

/** `23.11.2026, 14:02:33`. */
export function dateTime(atMs: number): string {
  return kept(
    "date",
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }),
  ).format(atMs);
}

/** `2026-11-23T13:02:33.120Z`, for tooltips and whatever leaves the console. */
export function utc(atMs: number): string {
  return Number.isFinite(atMs) ? new Date(atMs).toISOString() : "";
}

export function number(value: number, digits = 0): string {
  return kept(
    `number${digits}`,
    (locale) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  ).format(value);
}

/** `0.932` → `93 %`; one digit below ten per cent, where it counts. */
export function percent(share: number): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0;
  return kept(
    `percent${digits}`,
    (locale) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }),
  ).format(share);
}

/** Kilometre of a road, one digit as on the posts. */
export const km = (value: number): string => number(value, 1);

/** `42 s`, `3 min`, `1:05 h`, `2 d`: what an operator compares at a glance. */
export function duration(spanMs: number): string {
  const s = Math.max(0, Math.floor(spanMs / 1_000));
  if (s < 100) return `${s} s`;
  const min = Math.floor(s / 60);
  if (min < 100) return `${min} min`;
  const h = Math.floor(min / 60);
  if (h < 48) return `${h}:${String(min % 60).padStart(2, "0")} h`;
  return `${Math.floor(h / 24)} d`;
}

/** `820 m`, `1.2 km`. */
export function distance(lengthM: number): string {
  return lengthM < 995 ? `${number(Math.round(lengthM / 10) * 10)} m` : `${number(lengthM / 1_000, 1)} km`;
}

export const kmph = (speedMps: number): string => `${number(speedMps * 3.6)} km/h`;

/** Milliseconds with as many digits as say something: `0.42 ms`, `4.2 ms`, `42 ms`. */
export function millis(spanMs: number): string {
  return `${number(spanMs, spanMs < 1 ? 2 : spanMs < 10 ? 1 : 0)} ms`;
}

/** `1,234`, `12.3 k`, `1.2 M`. */
export function count(value: number): string {
  if (value < 10_000) return number(value);
  return value < 1e6 ? `${number(value / 1e3, 1)} k` : `${number(value / 1e6, 1)} M`;
}
