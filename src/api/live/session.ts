import { closeCode } from "../../domain/close-code.ts";
import type { Extent } from "../contract/live.ts";
import { Backlog } from "./backlog.ts";
import type { Board, LiveViewer } from "./board.ts";
import { encodeJson } from "./json-message.ts";
import type { LiveOutlet } from "./outlet.ts";
import { readRequest } from "./request.ts";
import type { TileWatcher } from "./vehicle-feed.ts";

/** What a session asks of its hub. */
export interface LiveHost {
  view(session: LiveSession, extent: Extent, zoom: number, vehicles: boolean): void;
  follow(session: LiveSession, slot: number | undefined): void;
  gone(session: LiveSession): void;
  /** A session is ended because it reads too slowly. */
  tooSlow(): void;
}

/** Unsent bytes of a connection up to which it is given more of what waits. */
const HIGH_WATER_BYTES = 64 * 1024;

/** A message that all share and that is larger goes out in pieces instead. */
const MAX_SHARED_BYTES = 160 * 1024;

/** Messages of a backlog at a time; the next ones follow in a beat, so that nobody else waits. */
const PUMPED_MESSAGES = 4;

/** Who has not taken what is new of a board for so long is closed, as slow subscribers are. */
const SLOW_MS = 10_000;

/** A map that is dragged asks some times a second. */
const REQUESTS_PER_SECOND = 20;
const REQUEST_BURST = 100;

/** One console. What it is told is the newest state, so that what waits for it is bounded by what there is. */
export class LiveSession implements TileWatcher {
  readonly viewer: LiveViewer;
  /** Keys of the tiles that it looks at. */
  tiles: Set<string> = new Set();
  followed: { readonly slot: number; readonly stationId: number | undefined } | undefined;
  readonly #outlet: LiveOutlet;
  readonly #host: LiveHost;
  readonly #backlogs = new Map<Board, Backlog>();
  #segmentsFull = true;
  #requests = REQUEST_BURST;
  #behindBeats = 0;
  #gone = false;

  constructor(outlet: LiveOutlet, viewer: LiveViewer, host: LiveHost) {
    this.#outlet = outlet;
    this.viewer = viewer;
    this.#host = host;
  }

  get permit(): LiveViewer["permit"] {
    return this.viewer.permit;
  }

  message(bytes: Uint8Array): void {
    if (this.#gone) return;
    if (this.#requests < 1)
      return this.#end(closeCode.rateLimited, `more than ${REQUESTS_PER_SECOND} requests a second`);
    this.#requests--;
    const request = readRequest(bytes);
    if (typeof request === "string") this.#outlet.send(problem("malformed", request));
    else if (request.type === "follow") this.#host.follow(this, request.slot);
    else if (request.type === "view") this.#host.view(this, request.extent, request.zoom, request.vehicles);
  }

  drained(): void {
    this.#pump();
  }

  closed(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#host.gone(this);
  }

  /** Begins a board anew: everything that is there now, then changes. */
  begin(board: Board): void {
    this.#backlogs.set(board, new Backlog(board, this.viewer));
    this.#pump();
  }

  /** Changes of a board, encoded for all who see the same. */
  tell(board: Board, bytes: Uint8Array, ids: readonly string[]): void {
    const backlog = this.#backlogs.get(board);
    if (backlog === undefined) return;
    if (backlog.isEmpty && bytes.length <= MAX_SHARED_BYTES && this.#sendable(bytes)) return;
    backlog.add(ids);
    this.#pump();
  }

  /** Changes of segments; where they do not fit, all follow once they do. */
  tellSegments(messages: readonly Uint8Array[], full: () => readonly Uint8Array[]): void {
    if (this.#gone || this.#outlet.bufferedBytes() > 0) {
      this.#segmentsFull ||= messages.length > 0;
      return;
    }
    const due = this.#segmentsFull ? full() : messages;
    this.#segmentsFull = !due.every((bytes) => this.#outlet.send(bytes) !== "dropped");
  }

  /** What is of no use later: heartbeats, followed vehicles. */
  tellNow(bytes: Uint8Array): void {
    this.#sendable(bytes);
  }

  takeFrame(bytes: Uint8Array): boolean {
    return !this.#gone && this.#outlet.bufferedBytes() === 0 && this.#outlet.send(bytes) !== "dropped";
  }

  /** @param beatMs time since the last beat */
  beat(beatMs: number): void {
    this.#requests = Math.min(REQUEST_BURST, this.#requests + (REQUESTS_PER_SECOND * beatMs) / 1_000);
    this.#pump();
    this.#behindBeats = this.#isBehind ? this.#behindBeats + 1 : 0;
    if (this.#behindBeats * beatMs < SLOW_MS) return;
    this.#host.tooSlow();
    this.#end(closeCode.slowConsumer, "slow consumer: connect again and read faster");
  }

  close(code: number, reason: string): void {
    this.#end(code, reason);
  }

  get #isBehind(): boolean {
    return [...this.#backlogs.values()].some((backlog) => !backlog.isEmpty);
  }

  #sendable(bytes: Uint8Array): boolean {
    if (this.#gone || this.#outlet.bufferedBytes() > HIGH_WATER_BYTES) return false;
    return this.#outlet.send(bytes) !== "dropped";
  }

  #pump(): void {
    let left = PUMPED_MESSAGES;
    for (const backlog of this.#backlogs.values()) {
      while (!backlog.isEmpty && left > 0 && !this.#gone) {
        if (this.#outlet.bufferedBytes() > HIGH_WATER_BYTES) return;
        left--;
        this.#behindBeats = 0;
        // A message that finds no room although the buffer is low is larger than all of it.
        if (this.#outlet.send(backlog.take()) === "dropped")
          this.#end(closeCode.internalError, "a message could not be delivered");
      }
    }
  }

  #end(code: number, reason: string): void {
    if (this.#gone) return;
    this.#outlet.close(code, reason);
    this.closed();
  }
}

function problem(code: string, message: string): Uint8Array {
  return encodeJson({ type: "problem", code, message });
}
