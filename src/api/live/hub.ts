import { closeCode } from "../../domain/close-code.ts";
import type { TrafficLookup } from "../../domain/detector.ts";
import type { RoadMatch, RoadNetwork } from "../../domain/road.ts";
import type { Extent, Heartbeat } from "../contract/live.ts";
import type { Board, BoardPort, LiveViewer } from "./board.ts";
import { BoardTeller } from "./board-teller.ts";
import { followedMessage } from "./followed.ts";
import { encodeJson } from "./json-message.ts";
import type { LiveOutlet } from "./outlet.ts";
import { SegmentFeed } from "./segment-feed.ts";
import { type LiveHost, LiveSession } from "./session.ts";
import { Slots } from "./slots.ts";
import { tilesOf } from "./tiles.ts";
import { VehicleFeed, type VehicleSource } from "./vehicle-feed.ts";
import type { LiveVehicle } from "./vehicle-frame.ts";

/** What the consoles of a hub look at: the running server, or the past. */
export interface LiveWorld {
  /** Changes when the numbering of alerts starts anew. */
  readonly epoch: () => number;
  readonly version: string;
  readonly clock: "live" | "playback";
  /** Id of the playback that this is; absent for the server itself. */
  readonly playback?: string | undefined;
  /** Unix ms. */
  readonly serverTimeMs: () => number;
  /** Time that the detectors have reached, Unix ms. */
  readonly reachedMs: () => number;
  readonly roads: RoadNetwork | undefined;
  readonly traffic: () => TrafficLookup;
  readonly vehicles: VehicleSource;
  readonly labelOf: (stationId: number, atMs: number) => number;
  readonly heartbeat: () => Omit<Heartbeat, "type">;
}

/** Between two beats, while anybody is there. */
const BEAT_MS = 50;
const BEATS_PER_SECOND = 1_000 / BEAT_MS;

/** Three heartbeats and a bit: one may be late, two may be lost with a slow connection. */
const SILENCE_MS = 3_500;

/**
 * Tells all consoles what there is to see. Nothing is read, encoded or timed while no console is open; nothing that is
 * read changes. Everything told is the newest state, so a session that lags is behind in time and never in truth.
 */
export class LiveHub implements LiveHost {
  readonly #world: LiveWorld;
  readonly #sessions = new Set<LiveSession>();
  readonly #tellers: BoardTeller[] = [];
  readonly #slots = new Slots();
  readonly #vehicles: VehicleFeed;
  readonly #segments: SegmentFeed;
  #slow = 0;
  #timer: NodeJS.Timeout | undefined;
  #beats = 0;

  constructor(world: LiveWorld) {
    this.#world = world;
    const { vehicles, reachedMs } = world;
    this.#vehicles = new VehicleFeed({ vehicles, slots: this.#slots, reachedMs });
    this.#segments = new SegmentFeed(world);
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  get clock(): LiveWorld["clock"] {
    return this.#world.clock;
  }

  /** Time of what is shown, Unix ms. */
  serverTimeMs(): number {
    return this.#world.serverTimeMs();
  }

  /** Sessions that were ended because they read too slowly. */
  get slow(): number {
    return this.#slow;
  }

  /** Vehicle frames told, and those dropped for connections that had unsent bytes. */
  get frames(): { readonly sent: number; readonly dropped: number } {
    const { sent, dropped } = this.#vehicles;
    return { sent, dropped };
  }

  /** From now on every console is told of the board, those that are open, too. */
  addBoard(board: Board): BoardPort {
    const teller = new BoardTeller(board);
    this.#tellers.push(teller);
    for (const session of this.#sessions) teller.join(session);
    return teller;
  }

  openSession(outlet: LiveOutlet, viewer: LiveViewer): LiveSession {
    const session = new LiveSession(outlet, viewer, this);
    const { version, clock, playback } = this.#world;
    const told = {
      version,
      clock,
      ...(playback === undefined ? {} : { playback }),
      epoch: this.#world.epoch(),
      serverTimeMs: this.#world.serverTimeMs(),
    };
    outlet.send(encodeJson({ type: "welcome", ...told, silenceMs: SILENCE_MS, viewer: viewer.viewer }));
    if (this.#sessions.size === 0) this.#begin();
    this.#sessions.add(session);
    session.tellNow(this.#heartbeat());
    // A session may end over what a board tells it: the others would hold it for ever.
    for (const teller of this.#tellers) if (this.#sessions.has(session)) teller.join(session);
    session.tellSegments([], () => this.#segments.full(viewer.permit));
    return session;
  }

  /** Ends all sessions: what they look at is no longer there. */
  close(): void {
    for (const session of this.#sessions) session.close(closeCode.normal, "what was shown has been closed");
    this.#end();
  }

  view(session: LiveSession, extent: Extent, zoom: number, vehicles: boolean): void {
    this.#slots.turnTo(this.#world.reachedMs());
    session.tiles = this.#vehicles.look(session, session.tiles, vehicles ? tilesOf(extent, zoom) : []);
  }

  follow(session: LiveSession, slot: number | undefined): void {
    this.#slots.turnTo(this.#world.reachedMs());
    session.followed = slot === undefined ? undefined : { slot, stationId: this.#vehicleAt(slot)?.stationId };
    this.#tellFollowed(session);
  }

  gone(session: LiveSession): void {
    this.#sessions.delete(session);
    this.#vehicles.look(session, session.tiles, []);
    for (const teller of this.#tellers) teller.leave(session);
    if (this.#sessions.size === 0) this.#end();
  }

  tooSlow(): void {
    this.#slow++;
  }

  #begin(): void {
    this.#slots.turnTo(this.#world.reachedMs());
    this.#segments.begin();
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #beat(): void {
    this.#beats++;
    this.#slots.turnTo(this.#world.reachedMs());
    this.#segments.beat();
    this.#vehicles.beat();
    if (this.#beats % BEATS_PER_SECOND === 0) this.#second();
    for (const session of this.#sessions) session.beat(BEAT_MS);
  }

  #second(): void {
    const heartbeat = this.#heartbeat();
    const changed = this.#segments.takeChanged();
    const messages = new Map<string, readonly Uint8Array[]>();
    for (const session of this.#sessions) {
      session.tellNow(heartbeat);
      const { permit } = session;
      const key = permit?.key ?? "";
      const told = messages.get(key) ?? this.#segments.encode(changed, false, permit);
      messages.set(key, told);
      session.tellSegments(told, () => this.#segments.full(permit));
      if (session.followed !== undefined) this.#tellFollowed(session);
    }
  }

  #heartbeat(): Uint8Array {
    return encodeJson({ type: "heartbeat", ...this.#world.heartbeat() });
  }

  /** Once the slot is another vehicle's, or nobody's, its follower is told and follows nobody. */
  #tellFollowed(session: LiveSession): void {
    const { followed } = session;
    if (followed === undefined) return;
    const now = this.#vehicleAt(followed.slot);
    const same = now?.stationId === followed.stationId ? now : undefined;
    const message = followedMessage(followed.slot, same, session.permit, this.#world);
    if (message.vehicle === undefined) session.followed = undefined;
    session.tellNow(encodeJson(message));
  }

  #vehicleAt(slot: number): (LiveVehicle & { readonly road?: RoadMatch | undefined }) | undefined {
    return this.#world.vehicles.at(this.#slots.rowOf(slot));
  }
}
