import { mayOperate } from "../live/picture.ts";
import type { SituationMap } from "../map/situation-map.ts";
import { Icon, type IconName } from "../parts/icon.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { param, setParams } from "../state/address.ts";
import { distance } from "../words/format.ts";
import { words } from "../words/words.ts";
import { situationWords } from "./words.ts";

export function MapTools({ map }: { readonly map: SituationMap }) {
  const w = words(situationWords);
  const length = map.measure.lengthM.value;
  const measures = length !== undefined;
  const legend = param("legend") === "1";
  const toggleLegend = () => setParams({ legend: legend ? undefined : "1" }, { replace: true });
  useShortcut("+", w.zoomIn, () => map.surface.zoomBy(1));
  useShortcut("-", w.zoomOut, () => map.surface.zoomBy(-1));
  useShortcut("0", w.whole, () => map.showAll());
  useShortcut("m", w.measure, () => map.measure.toggle());
  useShortcut("l", w.layers, toggleLegend);
  const mayOpen = mayOperate.value && param("playback") === undefined;
  const pick = () => setParams({ pick: "new", alert: undefined });
  useShortcut("p", w.pick, pick, mayOpen);
  useShortcut("Escape", w.close, () => closeTop(map));
  return (
    <div class="map-tools">
      <div class="tool-group">
        <Tool icon="plus" text={w.zoomIn} keys="+" run={() => map.surface.zoomBy(1)} />
        <Tool icon="minus" text={w.zoomOut} keys="-" run={() => map.surface.zoomBy(-1)} />
        <Tool icon="fit" text={w.whole} keys="0" run={() => map.showAll()} />
      </div>
      <div class="tool-group">
        <Tool icon="layers" text={w.layers} keys="l" run={toggleLegend} pressed={legend} />
        <Tool icon="ruler" text={w.measure} keys="m" run={() => map.measure.toggle()} pressed={measures} />
        {mayOpen && <Tool icon="incidents" text={w.pick} keys="p" run={pick} />}
      </div>
      {measures && (
        <p class="measured" role="status">
          {length > 0 ? `${w.measured} ${distance(length)}` : w.measureHint}
        </p>
      )}
    </div>
  );
}

/** Escape ends what was begun last: a line, then a chase, then a card. */
function closeTop(map: SituationMap): void {
  if (map.measure.isOn) map.measure.toggle();
  else if (param("follow") !== undefined) setParams({ follow: undefined });
  else if (param("alert") !== undefined) setParams({ alert: undefined });
}

interface ToolProps {
  readonly icon: IconName;
  readonly text: string;
  readonly keys: string;
  readonly run: () => void;
  readonly pressed?: boolean;
}

function Tool({ icon, text, keys, run, pressed }: ToolProps) {
  return (
    <button
      type="button"
      class="button-icon"
      aria-label={text}
      title={`${text} (${keys})`}
      aria-pressed={pressed}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  );
}
