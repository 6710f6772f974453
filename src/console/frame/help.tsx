import { Dialog } from "../parts/dialog.tsx";
import { shortcuts } from "../parts/shortcuts.ts";
import { words } from "../words/words.ts";
import { frameWords } from "./words.ts";

/** Every key that does something now. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const w = words(frameWords);
  const listed = new Map(shortcuts.value.map(({ keys, text }) => [keys, text]));
  return (
    <Dialog title={w.keysTitle} onClose={onClose}>
      {listed.size === 0 && <p>{w.keysNone}</p>}
      <dl class="keys">
        {[...listed]
          .sort(([a], [b]) => a.length - b.length || a.localeCompare(b))
          .map(([keys, text]) => (
            <div key={keys}>
              <dt>
                {keys.split(" ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
    </Dialog>
  );
}
