import { readFile } from "node:fs/promises";
import {
  ALERT_KINDS,
  type AlertKind,
  type AlertState,
  type AlertTier,
  type Severity,
} from "../domain/alert.ts";
import type { GeoPoint, Outline } from "../domain/place.ts";
import { type Episode, EpisodeBook, type ToldAlert } from "./episode.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { JsonFields, wrong } from "./json-fields.ts";

const STATES: readonly AlertState[] = ["new", "updated", "ended", "cancelled", "expired"];
const TIERS: readonly AlertTier[] = ["suspected", "confirmed"];

/**
 * Reads an alert file (`replay --alerts`): one transition per line.
 * @throws EvaluationError naming the line that is not one
 */
export async function readAlertFile(path: string): Promise<readonly Episode[]> {
  const book = new EpisodeBook();
  let lastMs = 0;
  for (const fields of await readLines(path)) {
    const alert = storedAlert(fields);
    lastMs = Math.max(lastMs, alert.detectedAtMs);
    book.add(alert);
  }
  return book.episodes(lastMs);
}

/** JSON objects of a file, one per line; blank lines are left out. */
export async function readLines(path: string): Promise<readonly JsonFields[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    const place = `${path}, line ${i + 1}`;
    try {
      return [new JsonFields(JSON.parse(line), place)];
    } catch (error) {
      if (error instanceof EvaluationError) throw error;
      throw new EvaluationError(`${place} is not JSON: ${(error as Error).message}.`);
    }
  });
}

function storedAlert(fields: JsonFields): ToldAlert {
  return {
    alertId: fields.text("alertId"),
    kind: oneOf<AlertKind>(fields, "kind", ALERT_KINDS),
    state: oneOf<AlertState>(fields, "state", STATES),
    tier: oneOf<AlertTier>(fields, "tier", TIERS),
    severity: fields.number("severity") as Severity,
    detectedAtMs: fields.number("detectedAtMs"),
    position: { latitudeDeg: fields.number("latitudeDeg"), longitudeDeg: fields.number("longitudeDeg") },
    headingDeg: fields.optionalNumber("headingDeg"),
    outline: outlineOf(fields.object("area")),
  };
}

export function oneOf<T extends string>(fields: JsonFields, key: string, values: readonly T[]): T {
  const text = fields.text(key);
  if (values.includes(text as T)) return text as T;
  throw wrong(fields.pathOf(key), `one of ${values.join(", ")}`, text);
}

function outlineOf(area: JsonFields): Outline {
  const coordinates = area.value("coordinates");
  switch (area.text("type")) {
    case "Point":
      return { form: "point", points: [pointOf(coordinates)] };
    case "LineString":
      return { form: "line", points: pointsOf(coordinates) };
    case "Polygon":
      return { form: "polygon", points: pointsOf((coordinates as unknown[])[0]) };
    case "MultiPolygon":
      return {
        form: "multi-polygon",
        parts: (coordinates as unknown[][]).map((part) => pointsOf(part[0])),
      };
    default:
      throw wrong(area.pathOf("type"), "Point, LineString, Polygon or MultiPolygon", area.value("type"));
  }
}

function pointsOf(value: unknown): readonly GeoPoint[] {
  if (Array.isArray(value) && value.length > 0) return value.map(pointOf);
  throw wrong("area.coordinates", "a list of positions", value);
}

function pointOf(value: unknown): GeoPoint {
  const [longitudeDeg, latitudeDeg] = Array.isArray(value) ? value : [];
  if (typeof longitudeDeg === "number" && typeof latitudeDeg === "number")
    return { longitudeDeg, latitudeDeg };
  throw wrong("area.coordinates", "longitude and latitude", value);
}
