import type { Page } from "playwright-core";

/** What the page notes of itself: times of its frames, and what its vehicles cost. */
export interface Probed {
  readonly frameMs: readonly number[];
  readonly drawMs: readonly number[];
  readonly readMs: readonly number[];
  readonly vehicles: number;
  readonly heapMb: number;
}

interface Notes {
  isOn: boolean;
  frames: number[];
  draws: number[];
  reads: number[];
  seen: string;
  firstVehiclesMs?: number;
  firstRoadsMs?: number;
}

/** Runs in every page before its own scripts; nothing of it is in the product. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const notes: Notes = { isOn: false, frames: [], draws: [], reads: [], seen: "" };
    (globalThis as unknown as { probe: Notes }).probe = notes;
    const each = (atMs: number): void => {
      const { dataset } = document.querySelector<HTMLElement>("canvas[data-draws]") ?? document.body;
      if (notes.firstRoadsMs === undefined && document.querySelector(".leaflet-tile-loaded") !== null) {
        notes.firstRoadsMs = performance.now();
      }
      if (notes.firstVehiclesMs === undefined && Number(dataset["vehicles"] ?? 0) > 0) {
        notes.firstVehiclesMs = performance.now();
      }
      if (notes.isOn) {
        notes.frames.push(atMs);
        if (dataset["draws"] !== undefined && dataset["draws"] !== notes.seen) {
          notes.draws.push(Number(dataset["drawMs"]));
          notes.reads.push(Number(dataset["readMs"]));
          notes.seen = dataset["draws"];
        }
      }
      requestAnimationFrame(each);
    };
    requestAnimationFrame(each);
  });
}

/** Times since the page was asked for, ms; undefined where it never came to that. */
export function firstPicture(
  page: Page,
): Promise<{ readonly roadsMs?: number; readonly vehiclesMs?: number }> {
  return page.evaluate(() => {
    const { firstRoadsMs, firstVehiclesMs } = (globalThis as unknown as { probe: Notes }).probe;
    return {
      ...(firstRoadsMs === undefined ? {} : { roadsMs: firstRoadsMs }),
      ...(firstVehiclesMs === undefined ? {} : { vehiclesMs: firstVehiclesMs }),
    };
  });
}

/** Measures while something is done with the page. */
export async function probe(page: Page, act: () => Promise<void>): Promise<Probed> {
  await page.evaluate(() => {
    const { probe: notes } = globalThis as unknown as { probe: Notes };
    Object.assign(notes, { isOn: true, frames: [], draws: [], reads: [] });
  });
  await act();
  return page.evaluate(() => {
    const { probe: notes } = globalThis as unknown as { probe: Notes };
    notes.isOn = false;
    const { dataset } = document.querySelector<HTMLElement>("canvas[data-draws]") ?? document.body;
    const { memory } = performance as unknown as { readonly memory: { readonly usedJSHeapSize: number } };
    return {
      frameMs: notes.frames.slice(1).map((atMs, i) => atMs - (notes.frames[i] ?? atMs)),
      drawMs: notes.draws,
      readMs: notes.reads,
      vehicles: Number(dataset["vehicles"] ?? 0),
      heapMb: memory.usedJSHeapSize / 2 ** 20,
    };
  });
}
