import { computed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MapPosition } from "../map/leaflet.ts";
import { latitudeOf, longitudeOf } from "../map/mercator.ts";
import type { RoadShapes } from "../map/road-shapes.ts";
import { type SituationMap, shownPosition } from "../map/situation-map.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { isWall } from "../state/address.ts";
import { keptSetting } from "../state/preferences.ts";
import { words } from "../words/words.ts";
import { situationWords } from "./words.ts";

/** A named view of the map, on a key from 1 to 9. */
interface NamedExtent extends MapPosition {
  readonly name: string;
}

const MOST_EXTENTS = 9;
/** Interchanges that stand there before anybody has named a view (own). */
const SUGGESTED = 4;
const SUGGESTED_ZOOM = 13;
/** How long the wall stays at a view (own). */
const WALL_TURN_MS = 20_000;

const stored = keptSetting("extents");
const folded = keptSetting("extents-folded");
const named = computed<readonly NamedExtent[] | undefined>(() => {
  try {
    return stored.value === "" ? undefined : (JSON.parse(stored.value) as readonly NamedExtent[]);
  } catch {
    return undefined;
  }
});

export function Extents({ map }: { readonly map: SituationMap }) {
  const w = words(situationWords);
  const isNaming = useSignal(false);
  const list = named.value ?? suggested(map.shapes);
  useTurns(map, list);
  if (isWall.value) return undefined;
  return (
    <fieldset class="extents" aria-label={w.extents}>
      <button
        type="button"
        class="button-icon"
        aria-label={w.extents}
        title={w.extents}
        aria-expanded={folded.value === ""}
        onClick={() => {
          folded.value = folded.value === "" ? "1" : "";
        }}
      >
        <Icon name={folded.value === "" ? "left" : "right"} size={18} />
      </button>
      {list.map((extent, i) => (
        <ExtentButton
          key={`${extent.name}/${i}`}
          number={i + 1}
          extent={extent}
          map={map}
          isFolded={folded.value !== ""}
        />
      ))}
      <button
        type="button"
        class="button-icon"
        aria-label={w.extentSave}
        title={w.extentSave}
        onClick={() => (isNaming.value = true)}
      >
        <Icon name="star" size={18} />
      </button>
      {isNaming.value && (
        <NameDialog list={list} at={map.surface.position} onClose={() => (isNaming.value = false)} />
      )}
    </fieldset>
  );
}

interface ExtentButtonProps {
  readonly number: number;
  readonly extent: NamedExtent;
  readonly map: SituationMap;
  /** Only its number is shown. */
  readonly isFolded: boolean;
}

function ExtentButton({ number, extent, map, isFolded }: ExtentButtonProps) {
  const w = words(situationWords);
  const go = () => map.surface.show(extent);
  useShortcut(String(number), w.goExtent(number, extent.name), go);
  const isHere = shownPosition.value !== undefined && isSame(shownPosition.value, extent);
  return (
    <button
      type="button"
      class="button"
      aria-pressed={isHere}
      title={w.goExtent(number, extent.name)}
      onClick={go}
    >
      <span class="key" aria-hidden="true">
        {number}
      </span>
      {isFolded ? <span class="unseen">{extent.name}</span> : extent.name}
    </button>
  );
}

/** Nearer than a thumb's width on the screen. */
function isSame(a: MapPosition, b: MapPosition): boolean {
  const near = 20 / 2 ** a.zoom;
  return (
    a.zoom === b.zoom &&
    Math.abs(a.latitudeDeg - b.latitudeDeg) < near &&
    Math.abs(a.longitudeDeg - b.longitudeDeg) < near
  );
}

interface NameDialogProps {
  readonly list: readonly NamedExtent[];
  readonly at: MapPosition;
  readonly onClose: () => void;
}

function NameDialog({ list, at, onClose }: NameDialogProps) {
  const w = words(situationWords);
  const name = useSignal("");
  const keep = (event: Event): void => {
    event.preventDefault();
    const trimmed = name.value.trim();
    if (trimmed === "") return;
    write([...list.filter((one) => one.name !== trimmed), { name: trimmed, ...at }].slice(-MOST_EXTENTS));
    onClose();
  };
  return (
    <Dialog title={w.extentSave} onClose={onClose}>
      <form class="extent-form" onSubmit={keep}>
        <label class="field">
          {w.extentName}
          <input
            type="text"
            maxLength={24}
            value={name.value}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
            }}
          />
        </label>
        <button type="submit" class="button button-main">
          {w.save}
        </button>
      </form>
      <ul class="extent-list">
        {list.map((extent, i) => (
          <li key={extent.name}>
            <kbd>{i + 1}</kbd> {extent.name}
            <button
              type="button"
              class="button"
              onClick={() => write(list.filter((one) => one !== extent))}
              aria-label={`${w.extentDelete}: ${extent.name}`}
            >
              {w.extentDelete}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function write(list: readonly NamedExtent[]): void {
  stored.value = JSON.stringify(list);
}

/** The interchanges of the map, largest first: as many of the names as roads meet there. */
function suggested(shapes: RoadShapes): readonly NamedExtent[] {
  const found = new Map<string, NamedExtent & { meets: number }>();
  for (const [route, { markers }] of shapes.map.routes.entries()) {
    for (const { name, kind, routeM } of markers) {
      const point = kind === "interchange" ? shapes.pointAt(route, routeM) : undefined;
      if (point === undefined) continue;
      const meets = (found.get(name)?.meets ?? 0) + 1;
      const place = { longitudeDeg: longitudeOf(point.x), latitudeDeg: latitudeOf(point.y) };
      found.set(name, { name: shortName(name), ...place, zoom: SUGGESTED_ZOOM, meets });
    }
  }
  return [...found.values()].sort((a, b) => b.meets - a.meets).slice(0, SUGGESTED);
}

/** `AK Duisburg` is Duisburg here: what it is, its place says. */
const shortName = (name: string): string => name.replace(/^A[KDS] /, "");

/** On the wall the whole network and then each view, again and again. */
function useTurns(map: SituationMap, list: readonly NamedExtent[]): void {
  const turns = isWall.value;
  useEffect(() => {
    if (!turns || list.length === 0) return undefined;
    let next = 0;
    const timer = setInterval(() => {
      const extent = list[next++ % (list.length + 1)];
      if (extent === undefined) map.showAll();
      else map.surface.show(extent);
    }, WALL_TURN_MS);
    return () => clearInterval(timer);
  }, [turns, map, list.length]);
}
