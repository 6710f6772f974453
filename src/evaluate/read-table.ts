import { STATION_TYPES, type StationType } from "../domain/station.ts";
import { openInput } from "../recording/import/input.ts";
import { lineBatches } from "../recording/import/lines.ts";
import { stationTypeNumber } from "../recording/import/station-type.ts";
import { readHeader, type TrajectoryHeader } from "../recording/import/trajectory-row.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { SIGN_COLUMNS, type VehicleSigns } from "./vehicle-signs.ts";
import { type VehicleTable, VehicleTableBuilder } from "./vehicle-table.ts";

/**
 * Reads a table of positions (`t_ms,id,type,lon,lat,speed_mps,heading_deg,accel_mps2`, columns in any order, plain, gzip or
 * zstd). Rows that cannot be used are counted.
 * @throws EvaluationError where the header is no table's or no row can be used
 */
export async function readVehicleTable(path: string): Promise<VehicleTable> {
  const input = await openInput(path);
  const builder = new VehicleTableBuilder();
  let reader: ColumnReader | undefined;
  for await (const lines of lineBatches(input.chunks)) {
    for (const line of lines) {
      if (reader === undefined) reader = new ColumnReader(headerOf(line, path), builder);
      else if (line.length > 0) reader.read(line);
    }
  }
  if (input.endedEarly !== undefined) throw new EvaluationError(`${path} ends early: ${input.endedEarly}.`);
  if (builder.rows === 0) throw new EvaluationError(`${path} holds no rows that can be used.`);
  return builder.build();
}

function headerOf(line: string, path: string): TrajectoryHeader {
  const header = readHeader(line);
  if ("problem" in header) throw new EvaluationError(`${path}: ${header.problem}.`);
  return header;
}

class ColumnReader {
  readonly #builder: VehicleTableBuilder;
  readonly #separator: string;
  readonly #place: Readonly<
    Record<"time" | "id" | "type" | "lat" | "lon" | "speed" | "heading" | "accel", number>
  >;
  /** Columns of signs; empty where the table has none. */
  readonly #signs: readonly number[];
  readonly #types = new Map<string, StationType>();

  constructor({ separator, columns }: TrajectoryHeader, builder: VehicleTableBuilder) {
    this.#builder = builder;
    this.#separator = separator;
    const at = (name: string): number => columns.indexOf(name);
    this.#place = {
      time: at("t_ms"),
      id: at("id"),
      type: at("type"),
      lat: at("lat"),
      lon: at("lon"),
      speed: at("speed_mps"),
      heading: at("heading_deg"),
      accel: at("accel_mps2"),
    };
    const signs = SIGN_COLUMNS.map(at);
    this.#signs = signs.some((column) => column >= 0) ? signs : [];
  }

  read(line: string): void {
    const fields = line.split(this.#separator);
    const place = this.#place;
    const timeMs = numberOf(fields[place.time]);
    const stationId = numberOf(fields[place.id]);
    const latitudeDeg = numberOf(fields[place.lat]);
    const longitudeDeg = numberOf(fields[place.lon]);
    const isUsable =
      timeMs > 0 &&
      Number.isInteger(stationId) &&
      stationId > 0 &&
      stationId <= 0xffffffff &&
      Math.abs(latitudeDeg) <= 90 &&
      Math.abs(longitudeDeg) <= 180;
    if (!isUsable) {
      this.#builder.badRows++;
      return;
    }
    this.#builder.add({
      timeMs,
      stationId,
      type: this.#typeOf(fields[place.type] ?? ""),
      latitudeDeg,
      longitudeDeg,
      speedMps: numberOf(fields[place.speed]),
      headingDeg: numberOf(fields[place.heading]),
      accelerationMps2: numberOf(fields[place.accel]),
      signs: this.#signs.length === 0 ? undefined : this.#signsOf(fields),
    });
  }

  /** What is no number, or none that a sign can be, counts as not told. */
  #signsOf(fields: readonly string[]): VehicleSigns {
    const [lightBits = 0, controlBits = 0, eventBits = 0, role = 0, wiperPerMin = 0, lengthM = 0] =
      this.#signs.map((column) => {
        const value = numberOf(fields[column]);
        return value > 0 && value <= 0xffff ? value : 0;
      });
    return { lightBits, controlBits, eventBits, role, wiperPerMin, lengthM };
  }

  #typeOf(name: string): StationType {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const number = name === "" ? undefined : stationTypeNumber(name);
    const type = number === undefined ? "unknown" : (STATION_TYPES[number - 1] ?? "unknown");
    this.#types.set(name, type);
    return type;
  }
}

function numberOf(text: string | undefined): number {
  return text === undefined || text === "" ? Number.NaN : Number(text);
}
