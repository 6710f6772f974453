import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../words/words.ts";
import { partWords } from "./words.ts";

/** A component whose code comes in a file of its own: the first picture does not wait for it. */
export interface LazyPart<Props> {
  readonly Part: ComponentType<Props>;
  /** Fetches it before anybody asks, so that it is there when the server is not. */
  fetch(): Promise<void>;
}

/** A file that does not come is said plainly; a server of another version has other files, and the page is loaded anew. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  const loaded = signal<ComponentType<Props> | undefined>(undefined);
  const hasFailed = signal(false);
  const fetch = async (): Promise<void> => {
    if (loaded.peek() !== undefined) return;
    try {
      loaded.value = await load();
      hasFailed.value = false;
    } catch {
      hasFailed.value = true;
    }
  };
  function Part(props: Props) {
    const w = words(partWords);
    useEffect(() => void fetch(), []);
    const Loaded = loaded.value;
    if (Loaded !== undefined) return <Loaded {...props} />;
    if (!hasFailed.value) return undefined;
    return (
      <p class="empty" role="alert">
        {w.partMissing}{" "}
        <button type="button" class="button" onClick={() => location.reload()}>
          {w.reload}
        </button>
      </p>
    );
  }
  return { Part, fetch };
}
