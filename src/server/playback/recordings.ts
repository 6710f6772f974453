import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { RecordingView } from "../../api/contract/playback.ts";
import { recordingSpan } from "../../recording/span.ts";

const SUFFIX = ".mcap";

/** Files listed; more in a folder nobody looks through. */
const MOST_FILES = 500;

interface Known {
  readonly bytes: number;
  readonly changedMs: number;
  readonly view: RecordingView;
}

/** The recordings of some folders. What a file holds is read once, and again when it has changed. */
export class Recordings {
  readonly #folders: readonly string[];
  readonly #known = new Map<string, Known>();

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** Newest first by name. A name that stands in several folders means the first. */
  async list(): Promise<readonly RecordingView[]> {
    const paths = await this.#paths();
    const views: RecordingView[] = [];
    for (const path of [...paths.values()].slice(0, MOST_FILES)) {
      const view = await this.#viewOf(path);
      if (view !== undefined) views.push(view);
    }
    return views;
  }

  /** Path of a recording by its name; undefined where there is none. Names never lead out of the folders. */
  async find(name: string): Promise<{ readonly path: string; readonly view: RecordingView } | undefined> {
    const path = (await this.#paths()).get(name);
    const view = path === undefined ? undefined : await this.#viewOf(path);
    return path === undefined || view === undefined ? undefined : { path, view };
  }

  async #paths(): Promise<Map<string, string>> {
    const paths = new Map<string, string>();
    for (const folder of this.#folders) {
      const names = await readdir(folder).catch(() => []);
      for (const name of names
        .filter((one) => one.endsWith(SUFFIX))
        .sort()
        .reverse())
        if (!paths.has(name)) paths.set(name, join(folder, name));
    }
    this.#forgetAllBut(new Set(paths.values()));
    return paths;
  }

  #forgetAllBut(paths: ReadonlySet<string>): void {
    for (const path of this.#known.keys()) if (!paths.has(path)) this.#known.delete(path);
  }

  async #viewOf(path: string): Promise<RecordingView | undefined> {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return undefined;
    const { size: bytes, mtimeMs: changedMs } = found;
    const known = this.#known.get(path);
    if (known?.bytes === bytes && known.changedMs === changedMs) return known.view;
    const span = await recordingSpan(path).catch(() => undefined);
    const view: RecordingView = { name: basename(path), bytes, ...span };
    this.#known.set(path, { bytes, changedMs, view });
    return view;
  }
}
