import type { LivePermit } from "./board.ts";
import type { Slots } from "./slots.ts";
import { type Tile, type TileExtent, tileExtent, tileKey } from "./tiles.ts";
import { type LiveVehicle, VehicleFrameWriter } from "./vehicle-frame.ts";

/** Live vehicles by place. */
export interface VehicleSource {
  /** Visits in no particular order. */
  eachIn(extent: TileExtent, visit: (vehicle: LiveVehicle) => void): void;
  /** The vehicle of a row of the table; undefined where there is none. */
  at(row: number): LiveVehicle | undefined;
}

/** Who looks at a tile. */
export interface TileWatcher {
  readonly permit: LivePermit | undefined;
  /** False where the connection still holds unsent bytes: the frame is dropped. */
  takeFrame(bytes: Uint8Array): boolean;
}

export interface VehicleFeedParts {
  readonly vehicles: VehicleSource;
  readonly slots: Slots;
  /** Time that the detectors have reached, Unix ms. */
  readonly reachedMs: () => number;
}

/** Each tile is told once in so many beats, the tiles by turns. */
const TURNS = 20;

interface WatchedTile {
  readonly tile: Tile;
  readonly turn: number;
  readonly watchers: Set<TileWatcher>;
  /** By key of the permit, empty for none; of the last encoding. */
  readonly frames: Map<string, Uint8Array>;
}

/** Encodes each tile that somebody looks at once a second, whoever looks. */
export class VehicleFeed {
  /** Frames that slow connections were not sent. */
  dropped = 0;
  sent = 0;
  readonly #parts: VehicleFeedParts;
  readonly #tiles = new Map<string, WatchedTile>();
  readonly #writer = new VehicleFrameWriter();
  #nextTurn = 0;

  constructor(parts: VehicleFeedParts) {
    this.#parts = parts;
  }

  get tiles(): number {
    return this.#tiles.size;
  }

  /** A watcher looks elsewhere: it is told tiles that it did not look at before at once. */
  look(watcher: TileWatcher, before: ReadonlySet<string>, tiles: readonly Tile[]): Set<string> {
    const now = new Set(tiles.map(tileKey));
    for (const key of before) if (!now.has(key)) this.#leave(watcher, key);
    for (const tile of tiles) {
      const key = tileKey(tile);
      if (!before.has(key)) this.#enter(watcher, key, tile);
    }
    return now;
  }

  /** The tiles of the next turn. */
  beat(): void {
    const turn = this.#nextTurn;
    this.#nextTurn = (turn + 1) % TURNS;
    for (const watched of this.#tiles.values()) {
      if (watched.turn !== turn) continue;
      watched.frames.clear();
      for (const watcher of watched.watchers) this.#tell(watched, watcher);
    }
  }

  #enter(watcher: TileWatcher, key: string, tile: Tile): void {
    let watched = this.#tiles.get(key);
    if (watched === undefined) {
      const turn = (tile.x * 7 + tile.y * 3) % TURNS;
      watched = { tile, turn, watchers: new Set(), frames: new Map() };
      this.#tiles.set(key, watched);
    }
    watched.watchers.add(watcher);
    this.#tell(watched, watcher);
  }

  #leave(watcher: TileWatcher, key: string): void {
    const watched = this.#tiles.get(key);
    watched?.watchers.delete(watcher);
    if (watched?.watchers.size === 0) this.#tiles.delete(key);
  }

  #tell(watched: WatchedTile, watcher: TileWatcher): void {
    const key = watcher.permit?.key ?? "";
    let bytes = watched.frames.get(key);
    if (bytes === undefined) {
      bytes = this.#encode(watched.tile, watcher.permit);
      watched.frames.set(key, bytes);
    }
    if (watcher.takeFrame(bytes)) this.sent++;
    else this.dropped++;
  }

  #encode(tile: Tile, permit: LivePermit | undefined): Uint8Array {
    const { vehicles, slots, reachedMs } = this.#parts;
    const writer = this.#writer;
    writer.begin(tile, reachedMs());
    vehicles.eachIn(tileExtent(tile), (vehicle) => {
      if (permit === undefined || permit.allowsPlace(placeOf(vehicle)))
        writer.add(slots.slotOf(vehicle.row), vehicle);
    });
    return writer.finish();
  }
}

export function placeOf({ latitudeE7, longitudeE7 }: LiveVehicle) {
  return { latitudeDeg: latitudeE7 / 1e7, longitudeDeg: longitudeE7 / 1e7 };
}
