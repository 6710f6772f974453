import { BoardNews } from "./backlog.ts";
import type { Board, BoardPort, LiveViewer } from "./board.ts";
import type { LiveSession } from "./session.ts";

/** Sessions that see the same of a board. */
interface Audience {
  readonly viewer: LiveViewer;
  readonly sessions: Set<LiveSession>;
  /** Ids that they know, so that nobody hears the end of what they were not told. */
  readonly told: Set<string>;
}

/** Tells one board to all sessions, encoded once for each audience. */
export class BoardTeller implements BoardPort {
  readonly #board: Board;
  readonly #audiences = new Map<string, Audience>();
  readonly #changed = new Set<string>();
  #isScheduled = false;

  constructor(board: Board) {
    this.#board = board;
  }

  changed(ids: Iterable<string>): void {
    if (this.#audiences.size === 0) return;
    for (const id of ids) this.#changed.add(id);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#tell();
    });
  }

  join(session: LiveSession): void {
    // What has changed is told first, or the newcomer would know what its audience has not been told.
    if (this.#changed.size > 0) this.#tell();
    const { viewer } = session;
    const key = this.#board.keyOf(viewer);
    let audience = this.#audiences.get(key);
    if (audience === undefined) {
      audience = { viewer, sessions: new Set(), told: this.#known(viewer) };
      this.#audiences.set(key, audience);
    }
    audience.sessions.add(session);
    session.begin(this.#board);
  }

  leave(session: LiveSession): void {
    const key = this.#board.keyOf(session.viewer);
    const audience = this.#audiences.get(key);
    audience?.sessions.delete(session);
    if (audience?.sessions.size === 0) this.#audiences.delete(key);
  }

  #known(viewer: LiveViewer): Set<string> {
    const known = new Set<string>();
    for (const id of this.#board.ids()) if (this.#board.view(id, viewer) !== undefined) known.add(id);
    return known;
  }

  #tell(): void {
    const ids = [...this.#changed];
    this.#changed.clear();
    for (const audience of this.#audiences.values()) this.#tellAudience(audience, ids);
  }

  #tellAudience({ viewer, sessions, told }: Audience, ids: readonly string[]): void {
    const news = new BoardNews();
    const concerned: string[] = [];
    for (const id of ids) {
      const view = this.#board.view(id, viewer);
      if (view !== undefined) {
        told.add(id);
        news.change(view);
      } else if (told.delete(id)) news.remove(id);
      else continue;
      concerned.push(id);
    }
    if (concerned.length === 0 && ids.length > 0 && this.#board.more === undefined) return;
    const bytes = news.encode(this.#board, viewer, false);
    for (const session of sessions) session.tell(this.#board, bytes, concerned);
  }
}
