import { incidentWords } from "../incidents/words.ts";
import { mayOperate } from "../live/picture.ts";
import { Icon } from "../parts/icon.tsx";
import { lazyPart } from "../parts/lazy-part.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { param, setParams } from "../state/address.ts";
import { words } from "../words/words.ts";

const dialog = lazyPart(async () => (await import("../incidents/exercise-dialog.tsx")).ExerciseDialog);

/** Opens what an exercise is begun with; for those who may act, and not in the past. */
export function ExerciseButton() {
  const w = words(incidentWords);
  const offered = mayOperate.value && param("playback") === undefined;
  const show = (): void => setParams({ exercise: "1" });
  useShortcut("e", w.exerciseTitle, show, offered);
  if (!offered) return undefined;
  return (
    <>
      <button
        type="button"
        class="button-icon"
        aria-label={w.exerciseOpen}
        title={`${w.exerciseTitle} (e)`}
        onClick={show}
      >
        <Icon name="flag" />
      </button>
      {param("exercise") === "1" && <dialog.Part onClose={() => setParams({ exercise: undefined })} />}
    </>
  );
}
