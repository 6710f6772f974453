import { signal } from "@preact/signals";
import type { MapColours } from "./colours.ts";
import type { MapSurface, Overlay, Place } from "./leaflet.ts";
import { metresBetween } from "./mercator.ts";

/** A line that somebody lays over the map to measure it. */
export class Measure {
  readonly #map: MapSurface;
  readonly #overlay: Overlay;
  #colours: MapColours;
  #points: readonly Place[] = [];
  #isDone = false;
  /** Length of the line, m; undefined where nothing is measured. */
  readonly lengthM = signal<number | undefined>(undefined);

  constructor(map: MapSurface, colours: MapColours) {
    this.#map = map;
    this.#overlay = map.addOverlay("overlay");
    this.#colours = colours;
  }

  set colours(colours: MapColours) {
    this.#colours = colours;
  }

  get isOn(): boolean {
    return this.lengthM.peek() !== undefined;
  }

  toggle(): void {
    this.#points = [];
    this.#isDone = false;
    this.lengthM.value = this.isOn ? undefined : 0;
    this.draw();
  }

  /** The next point; a double click is the last one, and the click after it begins anew. */
  add(at: Place, isLast: boolean): void {
    if (this.#isDone) this.#points = [];
    this.#isDone = isLast;
    if (!isLast) this.#points = [...this.#points, at];
    this.lengthM.value = this.#points.reduce((sum, point, i) => {
      const before = this.#points[i - 1];
      return before === undefined ? 0 : sum + metresBetween(before, point);
    }, 0);
    this.draw();
  }

  draw(): void {
    const { canvas } = this.#overlay;
    const context = canvas.getContext("2d");
    if (context === null) return;
    const { width, height } = this.#overlay.place();
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.clearRect(0, 0, width, height);
    if (this.#points.length === 0) return;
    context.strokeStyle = this.#colours.measure;
    context.fillStyle = this.#colours.measure;
    context.lineWidth = 2.5;
    context.setLineDash([7, 4]);
    context.beginPath();
    for (const point of this.#points) {
      const { x, y } = this.#map.screenOf(point);
      context.lineTo(x, y);
    }
    context.stroke();
    context.setLineDash([]);
    for (const point of this.#points) {
      const { x, y } = this.#map.screenOf(point);
      context.beginPath();
      context.arc(x, y, 4, 0, 2 * Math.PI);
      context.fill();
    }
  }
}
