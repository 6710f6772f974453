import { roundE7 } from "../../domain/place.ts";
import type { WireAwareness, WireIngestItem } from "../../wire/ingest-frame.ts";
import type { ImportTally } from "./outcome.ts";
import { stationTypeNumber } from "./station-type.ts";

/** A usable row. */
export interface TrajectoryRow {
  readonly timeMs: number;
  /** Number of the cell of about 2 km that the position lies in. */
  readonly cell: number;
  readonly item: WireIngestItem;
}

export interface TrajectoryHeader {
  readonly separator: string;
  readonly columns: readonly string[];
}

const REQUIRED = ["t_ms", "id", "lat", "lon"];
const SEPARATORS = [",", ";", "\t"];

/** Columns by name, in any order; unknown ones are ignored. */
export function readHeader(line: string): TrajectoryHeader | { readonly problem: string } {
  const separator = SEPARATORS.find((candidate) => line.includes(candidate)) ?? ",";
  const columns = fieldsOf(line, separator).map((name) => name.trim().toLowerCase());
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length === 0) return { separator, columns };
  return { problem: `the header lacks ${missing.join(", ")}; it must name at least ${REQUIRED.join(", ")}` };
}

/** A numeric column: range that the wire holds, and wire units per unit of the table. */
interface NumberColumn {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

const TIME: NumberColumn = { name: "t_ms", min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) };
const LATITUDE: NumberColumn = { name: "lat", min: -90, max: 90 };
const LONGITUDE: NumberColumn = { name: "lon", min: -180, max: 180 };
// Ranges of ETSI TS 102 894-2 V2.4.1 in SI units; acceleration that of SAE J2735.
const SPEED: NumberColumn = { name: "speed_mps", min: 0, max: 163.82 };
const HEADING: NumberColumn = { name: "heading_deg", min: 0, max: 360 };
const ACCELERATION: NumberColumn = { name: "accel_mps2", min: -20, max: 20 };

/** Cells of about 2.2 km: places that one roadside unit hears. */
const CELL_DEG = 0.02;

const CAM = 1;
const TRAJECTORY_CSV = 4;

/** Reads rows of one table; what it cannot use it counts in the tally. */
export class RowReader {
  readonly #separator: string;
  readonly #columnCount: number;
  readonly #indexOf: (name: string) => number;
  readonly #tally: ImportTally;
  #fields: string[] = [];
  #line = 0;
  #isBad = false;

  constructor(header: TrajectoryHeader, tally: ImportTally) {
    this.#separator = header.separator;
    this.#columnCount = header.columns.length;
    const indexes = new Map(header.columns.map((name, index) => [name, index]));
    this.#indexOf = (name) => indexes.get(name) ?? -1;
    this.#tally = tally;
  }

  /** The row, or undefined where it cannot be used; the first fault of a row is its reason. */
  read(text: string, line: number): TrajectoryRow | undefined {
    this.#tally.rows++;
    this.#fields = fieldsOf(text, this.#separator);
    this.#line = line;
    this.#isBad = false;
    if (this.#fields.length !== this.#columnCount) {
      this.#refuse(`the header names ${this.#columnCount} columns`, `${this.#fields.length} columns`);
      return undefined;
    }
    const row = this.#row();
    if (this.#isBad) return undefined;
    this.#tally.imported++;
    return row;
  }

  #row(): TrajectoryRow {
    const timeMs = Math.round(this.#required(TIME));
    const latitudeDeg = roundE7(this.#required(LATITUDE));
    const longitudeDeg = roundE7(this.#required(LONGITUDE));
    const station_id = this.#stationId();
    const awareness = this.#awareness(latitudeDeg, longitudeDeg);
    const cell = cellOf(latitudeDeg, longitudeDeg);
    return { timeMs, cell, item: { station_id, original_format: TRAJECTORY_CSV, awareness } };
  }

  #awareness(latitudeDeg: number, longitudeDeg: number): WireAwareness {
    const awareness: WireAwareness = {
      latitude_e7: Math.round(latitudeDeg * 1e7),
      longitude_e7: Math.round(longitudeDeg * 1e7),
      source: CAM,
      station_type: this.#stationType(),
    };
    const speedMps = this.#optional(SPEED);
    if (speedMps !== undefined) awareness.speed_cmps = Math.round(speedMps * 100);
    const headingDeg = this.#optional(HEADING);
    if (headingDeg !== undefined) awareness.heading_ddeg = Math.round(headingDeg * 10) % 3_600;
    const accelerationMps2 = this.#optional(ACCELERATION);
    if (accelerationMps2 !== undefined) {
      awareness.longitudinal_acceleration_cmps2 = Math.round(accelerationMps2 * 100);
    }
    return awareness;
  }

  #required(column: NumberColumn): number {
    const value = this.#optional(column);
    if (value === undefined && !this.#isBad) this.#refuse(`${column.name} is empty`);
    return value ?? 0;
  }

  #optional(column: NumberColumn): number | undefined {
    const text = this.#text(column.name);
    if (text.length === 0) return undefined;
    const value = Number(text);
    if (value >= column.min && value <= column.max) return value;
    this.#refuse(
      Number.isFinite(value)
        ? `${column.name} is outside ${column.min}..${column.max}`
        : `${column.name} is no number`,
      text,
    );
    return undefined;
  }

  #stationId(): number {
    const text = this.#text("id");
    if (text.length === 0) this.#refuse("id is empty");
    const id = Number(text);
    if (id === 0) this.#refuse("id is 0, which means that there is none", text);
    if (Number.isInteger(id) && id > 0 && id <= 0xffffffff) return id;
    if (!this.#isBad) this.#tally.note("ids that are no 32-bit numbers were hashed to one");
    return idOfName(text);
  }

  #stationType(): number {
    const name = this.#text("type");
    if (name.length === 0) return 0;
    const type = stationTypeNumber(name);
    if (type === undefined && !this.#isBad)
      this.#tally.note("types that say nothing to us were taken as unknown");
    return type ?? UNKNOWN_TYPE;
  }

  #text(name: string): string {
    return this.#fields[this.#indexOf(name)]?.trim() ?? "";
  }

  #refuse(reason: string, value?: string): void {
    if (!this.#isBad) this.#tally.bad(this.#line, reason, value);
    this.#isBad = true;
  }
}

const UNKNOWN_TYPE = 1;

/** Quotes are only needed around a separator, which none of our columns holds. */
function fieldsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator);
  const fields =
    line.match(
      new RegExp(`(?:"(?:[^"]|"")*"|[^${separator}])+|(?<=^|${separator})(?=${separator}|$)`, "g"),
    ) ?? [];
  return fields.map((field) => field.replace(/^"(.*)"$/s, "$1").replaceAll('""', '"'));
}

function cellOf(latitudeDeg: number, longitudeDeg: number): number {
  const row = Math.floor(latitudeDeg / CELL_DEG);
  const column = Math.floor(longitudeDeg / CELL_DEG);
  return (Math.imul(row, 73_856_093) ^ Math.imul(column, 19_349_663)) >>> 0;
}

/** FNV-1a; 0 is left out because it means "not given". */
function idOfName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash ^= name.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0 || 1;
}
