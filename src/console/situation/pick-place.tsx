import { useEffect } from "preact/hooks";
import type { IncidentPlace } from "../../api/contract/incidents.ts";
import { keepPicked, type PickFor, whereFrom } from "../incidents/picked-place.ts";
import { kmOf } from "../map/kilometres.ts";
import type { Place } from "../map/leaflet.ts";
import { latitudeOf, longitudeOf, metresPerPixel, worldPixels, xOf, yOf } from "../map/mercator.ts";
import type { SituationMap } from "../map/situation-map.ts";
import { Icon } from "../parts/icon.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { navigate } from "../state/address.ts";
import { number } from "../words/format.ts";
import { words } from "../words/words.ts";
import { kmText, roadsNear } from "./nearest-km.ts";
import { situationWords } from "./words.ts";

/** A click this close to a road means it; both carriageways of a motorway are within (own). */
const NEAR_PX = 24;
const NEAR_M = 60;
/** More choices than an interchange has carriageways under one click are not read. */
const MOST_CHOICES = 6;
/** A hand is not as steady as that: what moved farther was a drag (px). */
const STEADY_PX = 5;

interface PickPlaceProps {
  readonly map: SituationMap;
  /** The map's element: it hears clicks first, so that none of them opens or follows something. */
  readonly element: HTMLElement;
  readonly wanted: PickFor;
}

/** The next click on the map, or Enter for its middle, says where an incident is. */
export function PickPlace({ map, element, wanted }: PickPlaceProps) {
  const w = words(situationWords);
  const take = (at: Place): void => {
    keepPicked(wanted, choicesAt(at, map));
    go(wanted);
  };
  const takeMiddle = (): void => take(map.surface.position);
  useEffect(() => {
    element.focus();
    element.classList.add("is-picking");
    let pressed: PointerEvent | undefined;
    const press = (event: PointerEvent): void => {
      pressed = event;
    };
    const click = (event: MouseEvent): void => {
      event.stopImmediatePropagation();
      const moved = pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY);
      if ((moved ?? 0) <= STEADY_PX) take(placeOf(event, map, element));
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Enter" && event.target === element) takeMiddle();
    };
    element.addEventListener("pointerdown", press, { capture: true });
    element.addEventListener("click", click, { capture: true });
    element.addEventListener("keydown", key);
    return () => {
      element.classList.remove("is-picking");
      element.removeEventListener("pointerdown", press, { capture: true });
      element.removeEventListener("click", click, { capture: true });
      element.removeEventListener("keydown", key);
    };
  }, [map, element, wanted]);
  useShortcut("Escape", w.pickCancel, () => go(wanted, true));
  return (
    <>
      <svg class="pick-cross" width="32" height="32" aria-hidden="true">
        <path d="M16 2v10M16 20v10M2 16h10M20 16h10" />
      </svg>
      <div class="pick-bar" role="status">
        <Icon name="incidents" />
        <span>{w.pickHint}</span>
        <button type="button" class="button" onClick={takeMiddle}>
          {w.pickMiddle}
        </button>
        <button type="button" class="button" onClick={() => go(wanted, true)}>
          {w.pickCancel}
        </button>
      </div>
    </>
  );
}

function go(wanted: PickFor, isCancelled = false): void {
  const { path, params } = whereFrom(wanted, isCancelled);
  navigate(path, params);
}

function placeOf(event: MouseEvent, { surface }: SituationMap, element: HTMLElement): Place {
  const { zoom, longitudeDeg, latitudeDeg } = surface.position;
  const box = element.getBoundingClientRect();
  const world = worldPixels(zoom);
  const x = xOf(longitudeDeg) + (event.clientX - box.x - box.width / 2) / world;
  const y = yOf(latitudeDeg) + (event.clientY - box.y - box.height / 2) / world;
  return { longitudeDeg: longitudeOf(x), latitudeDeg: latitudeOf(y) };
}

/** Each road beside the place, on its line; the bare place where there is none. */
function choicesAt(at: Place, { shapes, surface }: SituationMap): readonly IncidentPlace[] {
  const { latitudeDeg, longitudeDeg } = at;
  const { zoom } = surface.position;
  const reachM = Math.max(NEAR_M, NEAR_PX * metresPerPixel(zoom, latitudeDeg));
  const found = roadsNear(at, shapes, reachM)
    .slice(0, MOST_CHOICES)
    .flatMap((place): IncidentPlace[] => {
      const { route, routeM } = place;
      const named = shapes.map.routes[route];
      const point = shapes.pointAt(route, routeM);
      if (named === undefined || point === undefined) return [];
      const { ref, direction } = named;
      return [
        {
          latitudeDeg: latitudeOf(point.y),
          longitudeDeg: longitudeOf(point.x),
          text: kmText(place, shapes),
          ref,
          ...(direction === "" ? {} : { direction }),
          km: Math.round(kmOf(named, routeM) * 1_000) / 1_000,
        },
      ];
    });
  if (found.length > 0) return found;
  return [{ latitudeDeg, longitudeDeg, text: `${number(latitudeDeg, 5)}, ${number(longitudeDeg, 5)}` }];
}
