import type { AlertView } from "../../api/contract/alarms.ts";
import { placeOfKm } from "../map/kilometres.ts";
import { latitudeOf, longitudeOf } from "../map/mercator.ts";
import type { RoadShapes } from "../map/road-shapes.ts";

/** Something that an operator looks for. */
export interface Finding {
  readonly key: string;
  readonly kind: "kilometre" | "place" | "alert" | "road";
  readonly text: string;
  readonly detail: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly alertId?: string;
}

/** More lines than fit beside a keyboard are not read. */
const MOST_FINDINGS = 8;

/**
 * Finds what somebody typed: a road and a kilometre (`A40 12,3`), a road, a junction, an alert by the beginning of its id.
 * Best first.
 */
export function find(text: string, shapes: RoadShapes, alerts: Iterable<AlertView>): readonly Finding[] {
  const wanted = folded(text);
  if (wanted === "") return [];
  return [
    ...kilometres(text, shapes),
    ...alertsOf(wanted, alerts),
    ...places(wanted, shapes),
    ...roads(wanted, shapes),
  ]
    .filter(({ key }, i, all) => all.findIndex((other) => other.key === key) === i)
    .slice(0, MOST_FINDINGS);
}

/** Small letters without accents, spaces and signs: `AS Köln-Süd` is found by `koln sud`. */
function folded(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, "");
}

const ROAD_AND_KM = /^\s*([a-zäöü]+ ?\d+\w*)\s*(?:km|,)?\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:km)?\s*$/i;

function kilometres(text: string, shapes: RoadShapes): Finding[] {
  const [, road, kmText] = text.match(ROAD_AND_KM) ?? [];
  if (road === undefined || kmText === undefined) return [];
  const wanted = folded(road);
  const km = Number(kmText.replace(",", "."));
  return shapes.map.routes.flatMap((route, index) => {
    if (folded(route.ref) !== wanted) return [];
    const routeM = placeOfKm(route, km);
    const point = routeM === undefined ? undefined : shapes.pointAt(index, routeM);
    if (point === undefined) return [];
    const text = `${route.ref} km ${kmText}`;
    return [
      { key: `km/${index}`, kind: "kilometre", text, detail: arrow(route.direction), ...degrees(point) },
    ];
  });
}

function places(wanted: string, shapes: RoadShapes): Finding[] {
  return shapes.map.routes.flatMap(({ ref, markers }, route) =>
    markers.flatMap(({ name, routeM }): Finding[] => {
      const at = folded(name).indexOf(wanted);
      const point = at < 0 ? undefined : shapes.pointAt(route, routeM);
      if (point === undefined) return [];
      return [{ key: `place/${name}`, kind: "place", text: name, detail: ref, ...degrees(point) }];
    }),
  );
}

function roads(wanted: string, shapes: RoadShapes): Finding[] {
  return shapes.map.routes.flatMap(({ ref, direction, lengthM }, route): Finding[] => {
    if (!folded(`${ref}${direction}`).includes(wanted)) return [];
    const point = shapes.pointAt(route, lengthM / 2);
    if (point === undefined) return [];
    return [
      {
        key: `road/${ref}/${direction}`,
        kind: "road",
        text: ref,
        detail: arrow(direction),
        ...degrees(point),
      },
    ];
  });
}

function alertsOf(wanted: string, alerts: Iterable<AlertView>): Finding[] {
  const found: Finding[] = [];
  for (const { alertId, kind, road, longitudeDeg, latitudeDeg } of alerts) {
    if (!alertId.startsWith(wanted)) continue;
    const detail = road?.text ?? kind;
    found.push({ key: alertId, kind: "alert", text: alertId, detail, longitudeDeg, latitudeDeg, alertId });
  }
  return found;
}

const arrow = (direction: string): string => (direction === "" ? "" : `→ ${direction}`);

const degrees = ({ x, y }: { readonly x: number; readonly y: number }) => ({
  longitudeDeg: longitudeOf(x),
  latitudeDeg: latitudeOf(y),
});
