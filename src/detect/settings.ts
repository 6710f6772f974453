import type { GeoPoint } from "../domain/place.ts";
import type { AreaPlace, TunedArea } from "./tuned-area.ts";
import { type DetectionSettings, type ParameterValues, tunedBy } from "./tuning.ts";

/** Settings that cannot be used; the message is a clause that names the member, without a full stop. */
export class DetectionSettingsError extends Error {
  override readonly name = "DetectionSettingsError";
}

type Members = Readonly<Record<string, unknown>>;

/** Each area with values for a detector runs it once more. */
const MAX_AREAS = 32;

/**
 * Reads settings of detectors as `docs/detection-parameters.md` describes them.
 * @throws DetectionSettingsError
 */
export function readDetectionSettings(value: unknown): DetectionSettings {
  const members = membersOf(value, "the settings");
  refuseOthers(members, ["values", "areas"], "the settings");
  const areas = members["areas"] ?? [];
  if (!Array.isArray(areas) || areas.length > MAX_AREAS) {
    throw new DetectionSettingsError(`areas must be a list of at most ${MAX_AREAS}`);
  }
  return {
    values: valuesFrom(members["values"] ?? {}, "values"),
    areas: areas.map((area, i) => areaFrom(area, `areas[${i}]`)),
  };
}

function valuesFrom(value: unknown, where: string): ParameterValues {
  const members = membersOf(value, where);
  for (const [key, one] of Object.entries(members)) {
    if (typeof one !== "number") throw new DetectionSettingsError(`${where}: ${key} must be a number`);
  }
  try {
    tunedBy(members as ParameterValues);
  } catch (error) {
    throw new DetectionSettingsError(`${where}: ${(error as Error).message}`);
  }
  return members as ParameterValues;
}

function areaFrom(value: unknown, where: string): TunedArea {
  const members = membersOf(value, where);
  refuseOthers(members, ["name", "values", "box", "polygon", "road"], where);
  const name = members["name"];
  if (typeof name !== "string" || name === "") throw new DetectionSettingsError(`${where} has no name`);
  return { name, where: placeFrom(members, where), values: valuesFrom(members["values"], `${where}.values`) };
}

function placeFrom({ box, polygon, road }: Members, where: string): AreaPlace {
  if ([box, polygon, road].filter((one) => one !== undefined).length !== 1) {
    throw new DetectionSettingsError(`${where} needs exactly one of box, polygon and road`);
  }
  if (box !== undefined) return boxFrom(box, `${where}.box`);
  return polygon === undefined ? roadFrom(road, `${where}.road`) : polygonFrom(polygon, `${where}.polygon`);
}

function boxFrom(value: unknown, where: string): AreaPlace {
  const numbers = Array.isArray(value) && value.every((one) => typeof one === "number") ? value : [];
  const [southDeg, westDeg, northDeg, eastDeg] = numbers as number[];
  const isBox =
    numbers.length === 4 &&
    isLatitude(southDeg) &&
    isLatitude(northDeg) &&
    isLongitude(westDeg) &&
    isLongitude(eastDeg) &&
    southDeg <= northDeg;
  if (!isBox) throw new DetectionSettingsError(`${where} must be [south, west, north, east] in degrees`);
  return { form: "box", box: { southDeg, westDeg, northDeg, eastDeg } };
}

function polygonFrom(value: unknown, where: string): AreaPlace {
  const points = (Array.isArray(value) ? value : []).map((position: unknown): GeoPoint => {
    const [longitudeDeg, latitudeDeg] = Array.isArray(position) ? (position as unknown[]) : [];
    if (isLongitude(longitudeDeg) && isLatitude(latitudeDeg)) return { latitudeDeg, longitudeDeg };
    throw new DetectionSettingsError(`${where} has a position that is no [longitude, latitude]`);
  });
  if (points.length < 3) throw new DetectionSettingsError(`${where} needs at least three positions`);
  return { form: "polygon", points };
}

function roadFrom(value: unknown, where: string): AreaPlace {
  const members = membersOf(value, where);
  refuseOthers(members, ["ref", "direction", "fromKm", "toKm"], where);
  const { ref, direction, fromKm, toKm } = members;
  if (typeof ref !== "string" || ref === "") throw new DetectionSettingsError(`${where} has no ref`);
  return {
    form: "road",
    ref,
    direction: typeof direction === "string" ? direction : undefined,
    fromKm: typeof fromKm === "number" ? fromKm : undefined,
    toKm: typeof toKm === "number" ? toKm : undefined,
  };
}

function membersOf(value: unknown, where: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw new DetectionSettingsError(`${where} must be a JSON object`);
}

function refuseOthers(members: Members, allowed: readonly string[], where: string): void {
  const other = Object.keys(members).find((key) => !allowed.includes(key));
  if (other === undefined) return;
  throw new DetectionSettingsError(`${where}: ${other} is not known; known are ${allowed.join(", ")}`);
}

function isLatitude(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= 90;
}

function isLongitude(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= 180;
}
