import { type AccessLimits, type IdRange, NO_LIMITS, SCOPES, type Scope } from "../domain/access.ts";
import { AGENCIES, type Agency } from "../domain/agency.ts";
import type { GeoBox } from "../domain/place.ts";

/** Name, scopes and limits as a token's claims or an entry of the certificate file state them. */
export interface Rights {
  readonly subject: string;
  readonly name: string;
  readonly agency: Agency;
  readonly scopes: ReadonlySet<Scope>;
  readonly limits: AccessLimits;
}

/** What is wrong with claims, one clause that begins with the claim's name. */
export class ClaimsError extends Error {
  override readonly name = "ClaimsError";
}

/** Name of the claim that holds the limits. */
export const LIMITS_CLAIM = "roadpulse";

const MAX_SUBJECT_CHARACTERS = 128;

/** More entries would make each message dear; whoever has more gets two identities. */
const MAX_ENTRIES = 1_000;

const MAX_STATION_ID = 0xffff_ffff;
const MAX_CAUSE_CODE = 255;
const MAX_ITEMS_PER_SECOND = 10_000_000;

/**
 * Reads `sub`, `name`, `agency` (`centre` where absent), `scope` (RFC 8693 §4.2: words parted by spaces; a list is taken,
 * too) and the limits. Scopes of other programs are passed over, but an agency or a limit that is not understood is a
 * mistake: ignoring it would grant more than was meant.
 * @throws ClaimsError
 */
export function readRights(claims: Readonly<Record<string, unknown>>): Rights {
  const subject = readSubject(claims["sub"]);
  return {
    subject,
    name: isPlainName(claims["name"]) ? claims["name"] : subject,
    agency: readAgency(claims["agency"]),
    scopes: readScopes(claims["scope"]),
    limits: readLimits(claims[LIMITS_CLAIM]),
  };
}

function readSubject(value: unknown): string {
  if (isPlainName(value)) return value;
  throw new ClaimsError(`sub must be 1 to ${MAX_SUBJECT_CHARACTERS} printable characters`);
}

/** Whether a text may name somebody: 1 to 128 printable characters. */
export function isPlainName(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_SUBJECT_CHARACTERS && /^[^\p{C}]+$/u.test(value);
}

/** @throws ClaimsError where there is no such agency */
export function readAgency(value: unknown): Agency {
  const agency = value === undefined ? "centre" : AGENCIES.find((known) => known === value);
  if (agency === undefined) throw new ClaimsError(`agency must be one of ${AGENCIES.join(", ")}`);
  return agency;
}

function readScopes(value: unknown): ReadonlySet<Scope> {
  const words = typeof value === "string" ? value.split(" ") : Array.isArray(value) ? value : [];
  return new Set(SCOPES.filter((scope) => words.includes(scope)));
}

type Reader<Value> = (value: unknown, name: string) => Value;

const READERS: { readonly [Claim in string]: readonly [keyof AccessLimits, Reader<unknown>] } = {
  sources: ["sources", listOf(readName)],
  station_ids: ["stationIds", listOf(readIdRange)],
  areas: ["areas", listOf(readBox)],
  causes: ["causeCodes", (value, name) => new Set(listOf(readCause)(value, name))],
  items_per_second: ["itemsPerSecond", readRate],
};

function readLimits(value: unknown): AccessLimits {
  if (value === undefined) return NO_LIMITS;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ClaimsError(`${LIMITS_CLAIM} must be an object`);
  const limits: Record<string, unknown> = { ...NO_LIMITS };
  for (const [claim, entry] of Object.entries(value)) {
    const reader = Object.hasOwn(READERS, claim) ? READERS[claim] : undefined;
    if (reader === undefined) {
      const known = Object.keys(READERS).join(", ");
      throw new ClaimsError(`${LIMITS_CLAIM}.${claim.slice(0, 32)} is no known limit; there are ${known}`);
    }
    const [field, read] = reader;
    limits[field] = read(entry, `${LIMITS_CLAIM}.${claim}`);
  }
  return limits as unknown as AccessLimits;
}

function listOf<Value>(read: Reader<Value>): Reader<readonly Value[]> {
  return (value, name) => {
    if (!Array.isArray(value) || value.length > MAX_ENTRIES)
      throw new ClaimsError(`${name} must be a list of at most ${MAX_ENTRIES} entries`);
    return value.map((entry, index) => read(entry, `${name}[${index}]`));
  };
}

function readName(value: unknown, name: string): string {
  if (typeof value === "string" && /^[a-z0-9_.:-]{0,64}\*?$/.test(value) && value !== "") return value;
  throw new ClaimsError(`${name} must be a source id, or the beginning of one and *`);
}

/** A number, or a text such as `2000-2999`. */
function readIdRange(value: unknown, name: string): IdRange {
  // Not `String(value)`: of a hostile object that throws, and of a list it is its entries.
  const text = typeof value === "string" ? value : "";
  const [first, last = first] =
    typeof value === "number" ? [value] : (/^(\d+)-(\d+)$/.exec(text)?.slice(1).map(Number) ?? []);
  const isId = (id: number | undefined): id is number =>
    id !== undefined && Number.isInteger(id) && id >= 0 && id <= MAX_STATION_ID;
  if (isId(first) && isId(last) && first <= last) return { first, last };
  throw new ClaimsError(`${name} must be a station id or a range such as "2000-2999"`);
}

/** West, south, east, north in degrees: the order of RFC 7946 §5. */
function readBox(value: unknown, name: string): GeoBox {
  const isBox = Array.isArray(value) && value.length === 4 && value.every(Number.isFinite);
  const [westDeg = 0, southDeg = 0, eastDeg = 0, northDeg = 0] = isBox ? (value as number[]) : [];
  const inRange = Math.abs(westDeg) <= 180 && Math.abs(eastDeg) <= 180 && southDeg >= -90 && northDeg <= 90;
  if (isBox && inRange && southDeg < northDeg && westDeg !== eastDeg)
    return { southDeg, westDeg, northDeg, eastDeg };
  throw new ClaimsError(`${name} must be [west, south, east, north] in degrees`);
}

function readCause(value: unknown, name: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_CAUSE_CODE)
    return value;
  throw new ClaimsError(`${name} must be a cause code from 0 to ${MAX_CAUSE_CODE}`);
}

function readRate(value: unknown, name: string): number {
  if (typeof value === "number" && value > 0 && value <= MAX_ITEMS_PER_SECOND) return value;
  throw new ClaimsError(`${name} must be a number from 0 to ${MAX_ITEMS_PER_SECOND}`);
}
