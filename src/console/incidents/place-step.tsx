import { useMemo } from "preact/hooks";
import type { IncidentPlace } from "../../api/contract/incidents.ts";
import type { MapView } from "../../api/contract/map.ts";
import { RoadShapes } from "../map/road-shapes.ts";
import { Icon } from "../parts/icon.tsx";
import { useResource } from "../rest/resource.ts";
import { type Finding, find } from "../situation/find.ts";
import { navigate } from "../state/address.ts";
import { words } from "../words/words.ts";
import { draft, draftOf, keepDraft } from "./drafts.ts";
import { Text } from "./fields.tsx";
import { choicesOf, type PickFor, type PlaceKeys } from "./picked-place.ts";
import { incidentWords } from "./words.ts";

interface PlaceStepProps {
  readonly keys: PlaceKeys;
  readonly wanted: PickFor;
  readonly legend: string;
}

/** Found as in the quick find of the map (road and kilometre, or a junction), or clicked on the map. */
export function PlaceStep({ keys, wanted, legend }: PlaceStepProps) {
  const w = words(incidentWords);
  const map = useResource<MapView>("/v1/map").value;
  const shapes = useMemo(() => (map === undefined ? undefined : new RoadShapes(map)), [map]);
  const text = draft(keys.find).value;
  const place = draftOf<IncidentPlace>(keys.place);
  const findings = shapes === undefined ? [] : find(text, shapes, []);
  const offered = text.trim() === "" ? choicesOf(keys) : findings.map(placeOf);
  return (
    <fieldset class="new-step">
      <legend>{legend}</legend>
      <Text label={w.stepPlaceHint} draftKey={keys.find} maxLength={60} autofocus />
      {shapes !== undefined && (
        <button type="button" class="button" onClick={() => navigate("/", { pick: wanted })}>
          <Icon name="situation" size={16} /> {w.pickOnMap}
        </button>
      )}
      <div class="type-buttons place-choices">
        {offered.map((found) => (
          <button
            key={found.text}
            type="button"
            class="button"
            aria-pressed={place?.text === found.text}
            onClick={() => keepDraft(keys.place, JSON.stringify(found))}
          >
            {found.text}
          </button>
        ))}
      </div>
      {text.trim() !== "" && shapes !== undefined && findings.length === 0 && (
        <p class="empty">{w.stepPlaceNone}</p>
      )}
      {place !== undefined && (
        <p>
          <b>{place.text}</b>
        </p>
      )}
    </fieldset>
  );
}

function placeOf({ kind, text, detail, latitudeDeg, longitudeDeg }: Finding): IncidentPlace {
  const place = { latitudeDeg, longitudeDeg };
  if (kind === "place") return { ...place, text: `${detail} ${text}`, ref: detail };
  const [ref = text, kmText] = text.split(" km ");
  const direction = detail.replace(/^→ /, "");
  const named = { ref, ...(direction === "" ? {} : { direction }) };
  const km = kmText === undefined ? undefined : Number(kmText.replace(",", "."));
  return {
    ...place,
    text: [ref, detail, kmText === undefined ? "" : `km ${kmText}`].filter((part) => part !== "").join(" "),
    ...named,
    ...(km === undefined || Number.isNaN(km) ? {} : { km }),
  };
}
