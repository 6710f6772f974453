import type { Extent } from "../../../src/api/contract/live.ts";
import { Slots } from "../../../src/api/live/slots.ts";
import { tilesOf } from "../../../src/api/live/tiles.ts";
import { type TileWatcher, VehicleFeed } from "../../../src/api/live/vehicle-feed.ts";
import { Tracker } from "../../../src/track/tracker.ts";
import { Validator } from "../../../src/validate/validator.ts";
import { CamStream } from "../../traffic/cam-stream.ts";
import { type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";
import { GATEWAY } from "./decode.ts";
import { decoded } from "./stages.ts";

/** What a traffic centre's screen shows at most. */
const SHOWN_STATIONS = 20_000;

/** Zooms at which all of them are in view. */
const ZOOM = 12;

const BEATS_PER_SECOND = 20;

/** A second of the console's vehicles: every tile in view once, for one console and for fifty that look at the same. */
export function consolePart({ stations }: MicroSize): MicroPart {
  const shown = Math.min(stations, SHOWN_STATIONS);
  const { tracker, nowMs, extent } = filled(shown);
  const secondFor = (consoles: number) => {
    const watchers = Array.from({ length: consoles }, () => new Watcher());
    const slots = new Slots();
    slots.turnTo(nowMs);
    const vehicles = {
      eachIn: (at: Parameters<Tracker["eachIn"]>[0], visit: Parameters<Tracker["eachIn"]>[1]) =>
        tracker.eachIn(at, visit),
      at: (row: number) => tracker.atRow(row),
    };
    const feed = new VehicleFeed({ vehicles, slots, reachedMs: () => nowMs });
    for (const watcher of watchers) feed.look(watcher, new Set(), tilesOf(extent, ZOOM));
    return () => () => {
      for (let beat = 0; beat < BEATS_PER_SECOND; beat++) feed.beat();
      sink.sum += watchers[0]?.bytes ?? 0;
    };
  };
  return {
    name: "console",
    note: `${shown} vehicles in view, zoom ${ZOOM}; a second of frames`,
    cases: [
      { name: "vehicles to 1 console", unit: "vehicle", operations: shown, batch: secondFor(1) },
      { name: "the same to 50 consoles", unit: "vehicle", operations: shown, batch: secondFor(50) },
    ],
  };
}

class Watcher implements TileWatcher {
  readonly permit = undefined;
  bytes = 0;

  takeFrame(frame: Uint8Array): boolean {
    this.bytes += frame.length;
    return true;
  }
}

function filled(stations: number): {
  readonly tracker: Tracker;
  readonly nowMs: number;
  readonly extent: Extent;
} {
  const stream = new CamStream({ vehicles: stations, reportsPerMessage: 1, seed: 1 });
  const tracker = new Tracker({ maxStations: 2 * stations });
  let [west, south, east, north] = [180, 90, -180, -90];
  const validator = new Validator({}, tracker);
  for (const record of stream.sweep()) {
    const verdict = validator.validate(decoded(record), GATEWAY, record.receivedAtMs);
    if (!("observation" in verdict) || verdict.observation.kind !== "motion") continue;
    const { latitudeDeg, longitudeDeg } = verdict.observation;
    [west, east] = [Math.min(west, longitudeDeg), Math.max(east, longitudeDeg)];
    [south, north] = [Math.min(south, latitudeDeg), Math.max(north, latitudeDeg)];
    tracker.apply(verdict);
  }
  if (tracker.size !== stations) throw new Error("vehicles of the benchmark were refused");
  return { tracker, nowMs: stream.nowMs, extent: [west, south, east, north] };
}
