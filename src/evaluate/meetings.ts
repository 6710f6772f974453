import { type PlacedEvent, type Scene, stretchAt } from "./scene.ts";

/** One vehicle that comes from upstream and reaches a queue's tail or a stopped vehicle. */
export interface Meeting {
  readonly vehicle: number;
  readonly placed: PlacedEvent;
  /** Place in `Scene.events`. */
  readonly event: number;
  readonly atMs: number;
}

/** A vehicle on the carriageway of the event. */
const ASIDE_M = 25;
/** Nearer than this to the tail a vehicle has arrived: the place of the last one, and noise. */
const ARRIVED_M = 15;

/**
 * Who meets what, of all recorded vehicles: independent of equipment, detectors and seeds. Vehicles that are there when the
 * event begins do not meet it, nor do those that first appear behind its tail. Of several events only the first counts.
 */
export function findMeetings(scene: Scene): readonly Meeting[] {
  const meetings = new Map<number, Meeting>();
  scene.events.forEach((placed, event) => {
    if (placed.line === undefined || !isMet(placed)) return;
    scene.table.drives.forEach((drive, vehicle) => {
      const atMs = arrivalMs(scene, placed, drive, vehicle);
      const before = meetings.get(vehicle);
      if (atMs !== undefined && (before === undefined || atMs < before.atMs))
        meetings.set(vehicle, { vehicle, placed, event, atMs });
    });
  });
  return [...meetings.values()].sort((a, b) => a.vehicle - b.vehicle);
}

function isMet({ event }: PlacedEvent): boolean {
  return event.dontCare === undefined && (event.hazard === "queue" || event.hazard === "stationary-vehicle");
}

function arrivalMs(
  scene: Scene,
  placed: PlacedEvent,
  drive: Int32Array,
  vehicle: number,
): number | undefined {
  const { table, xs, ys } = scene;
  const { event, line } = placed;
  if (line === undefined || event.stationIds.includes(table.stationIds[vehicle] as number)) return undefined;
  const last = table.timeMs[drive.at(-1) ?? 0] as number;
  if (last < event.onMs || (table.timeMs[drive[0] ?? 0] as number) > event.offMs) return undefined;
  let wasUpstream = false;
  for (const row of drive) {
    const atMs = table.timeMs[row] as number;
    if (atMs > event.offMs) return undefined;
    if (atMs < event.onMs) continue;
    const spot = line.project(xs[row] as number, ys[row] as number, table.headingDeg[row] as number, ASIDE_M);
    const stretch = spot === undefined ? undefined : stretchAt(placed, atMs);
    if (spot === undefined || stretch === undefined) continue;
    if (spot.alongM >= stretch.fromM - ARRIVED_M) return wasUpstream ? atMs : undefined;
    wasUpstream = true;
  }
  return undefined;
}
