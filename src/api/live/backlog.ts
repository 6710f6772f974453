import { JSON_MESSAGE } from "../contract/live.ts";
import type { Board, LiveViewer } from "./board.ts";

/** A message is closed at this size, so that it is no obstacle to the next one and fits into every buffer. */
const CHUNK_CHARACTERS = 100_000;

/** Ids in one message. */
const CHUNK_ITEMS = 1_000;

/** A board as one session still has to be told of it: ids whose newest state it does not know. */
export class Backlog {
  readonly board: Board;
  readonly #viewer: LiveViewer;
  readonly #ids = new Set<string>();
  /** The client starts anew with the next message. */
  #isFull = true;
  #isDue = true;

  constructor(board: Board, viewer: LiveViewer) {
    this.board = board;
    this.#viewer = viewer;
    for (const id of board.ids()) this.#ids.add(id);
  }

  get isEmpty(): boolean {
    return !this.#isDue;
  }

  /** Each id waits once however often it changes, so this holds at most what is there and what has gone meanwhile. */
  add(ids: Iterable<string>): void {
    this.#isDue = true;
    for (const id of ids) this.#ids.add(id);
  }

  /** The next message, in the newest state. `isEmpty` tells whether it is the last one. */
  take(): Uint8Array {
    const news = new BoardNews();
    for (const id of this.#ids) {
      if (news.isLarge) break;
      this.#ids.delete(id);
      const view = this.board.view(id, this.#viewer);
      if (view !== undefined) news.change(view);
      else if (!this.#isFull) news.remove(id);
    }
    const full = this.#isFull;
    this.#isFull = false;
    this.#isDue = this.#ids.size > 0;
    return news.encode(this.board, this.#viewer, full);
  }
}

const encoder = new TextEncoder();

/** What one message tells of a board. */
export class BoardNews {
  readonly #changed: string[] = [];
  readonly #gone: string[] = [];
  #characters = 0;

  get isEmpty(): boolean {
    return this.#changed.length === 0 && this.#gone.length === 0;
  }

  get isLarge(): boolean {
    return this.#characters >= CHUNK_CHARACTERS || this.#changed.length + this.#gone.length >= CHUNK_ITEMS;
  }

  change(view: object): void {
    const text = JSON.stringify(view);
    this.#characters += text.length;
    this.#changed.push(text);
  }

  remove(id: string): void {
    this.#gone.push(id);
  }

  encode(board: Board, viewer: LiveViewer, full: boolean): Uint8Array {
    const more = JSON.stringify(board.more?.(viewer) ?? {}).slice(1);
    const head = `{"type":"${board.type}","full":${full},"changed":[${this.#changed.join(",")}]`;
    const tail = `,"gone":${JSON.stringify(this.#gone)}${more === "}" ? more : `,${more}`}`;
    return encoder.encode(`${String.fromCharCode(JSON_MESSAGE)}${head}${tail}`);
  }
}
