import type { AlertView } from "../../api/contract/alarms.ts";
import type { MapColours } from "./colours.ts";
import type { MapSurface, Overlay } from "./leaflet.ts";
import { worldPixels, xOf, yOf } from "./mercator.ts";

type Points = readonly (readonly [number, number])[];

const AREA_ALPHA = 0.14;
const QUEUE_WIDTH = 11;

/** Areas of alerts: lines from tail to head, polygons, hatching where nothing is seen. Points are marks of their own. */
export class AlertShapes {
  readonly #map: MapSurface;
  readonly #overlay: Overlay;
  #colours: MapColours;
  #alerts: readonly AlertView[] = [];
  #selected: string | undefined;
  #hatch: CanvasPattern | null = null;

  constructor(map: MapSurface, colours: MapColours) {
    this.#map = map;
    this.#overlay = map.addOverlay("overlay");
    this.#colours = colours;
  }

  set colours(colours: MapColours) {
    this.#colours = colours;
    this.#hatch = null;
  }

  show(alerts: readonly AlertView[], selected: string | undefined): void {
    this.#alerts = alerts;
    this.#selected = selected;
    this.draw();
  }

  draw(): void {
    const { canvas } = this.#overlay;
    const context = canvas.getContext("2d");
    if (context === null) return;
    const { x, y, width, height } = this.#overlay.place();
    const ratio = this.#map.pixelRatio;
    if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const scale = worldPixels(this.#map.position.zoom);
    const project = ([lon, lat]: readonly [number, number]): readonly [number, number] => [
      xOf(lon) * scale - x,
      yOf(lat) * scale - y,
    ];
    for (const alert of this.#alerts) this.#drawOne(context, alert, project);
  }

  #drawOne(
    context: CanvasRenderingContext2D,
    alert: AlertView,
    project: (point: readonly [number, number]) => readonly [number, number],
  ): void {
    const { type, coordinates } = alert.area;
    const colour = this.#colourOf(alert);
    const isSelected = alert.alertId === this.#selected;
    if (type === "LineString") {
      this.#drawStretch(context, (coordinates as Points).map(project), colour, isSelected, alert);
    } else if (type === "Polygon") {
      this.#drawArea(
        context,
        (coordinates as readonly Points[]).map((ring) => ring.map(project)),
        colour,
        alert,
      );
    } else if (type === "MultiPolygon") {
      for (const part of coordinates as readonly (readonly Points[])[]) {
        this.#drawArea(
          context,
          part.map((ring) => ring.map(project)),
          colour,
          alert,
        );
      }
    }
  }

  #colourOf({ kind, severity }: AlertView): string {
    return kind === "blind-area"
      ? this.#colours.blind
      : (this.#colours.severities[severity] ?? this.#colours.zone);
  }

  /** A band along the road: a bar across it at the tail, where drivers meet it, an arrow at the head. */
  #drawStretch(
    context: CanvasRenderingContext2D,
    line: Points,
    colour: string,
    isSelected: boolean,
    { kind, tier }: AlertView,
  ): void {
    context.lineCap = "butt";
    context.lineJoin = "round";
    tracePoints(context, line);
    context.globalAlpha = isSelected ? 0.5 : 0.3;
    context.strokeStyle = kind === "blind-area" ? (this.#hatchOf(context) ?? colour) : colour;
    context.lineWidth = isSelected ? QUEUE_WIDTH + 5 : QUEUE_WIDTH;
    context.setLineDash([]);
    context.stroke();
    context.globalAlpha = 1;
    if (kind === "blind-area") return;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.lineWidth = tier === "suspected" ? 2 : 3;
    drawTail(context, line);
    drawHead(context, line);
  }

  #drawArea(
    context: CanvasRenderingContext2D,
    rings: readonly Points[],
    colour: string,
    { kind, tier }: AlertView,
  ): void {
    context.beginPath();
    for (const ring of rings) {
      ring.forEach(([x, y], i) => {
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.closePath();
    }
    const isBlind = kind === "blind-area";
    context.globalAlpha = isBlind ? 0.55 : AREA_ALPHA;
    context.fillStyle = isBlind ? (this.#hatchOf(context) ?? colour) : colour;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.setLineDash(tier === "suspected" || isBlind ? [5, 4] : []);
    context.stroke();
    context.setLineDash([]);
  }

  /** Stripes: nothing is known here, which is not free. */
  #hatchOf(context: CanvasRenderingContext2D): CanvasPattern | null {
    if (this.#hatch !== null) return this.#hatch;
    const stripe = document.createElement("canvas");
    stripe.width = 8;
    stripe.height = 8;
    const ink = stripe.getContext("2d");
    if (ink === null) return null;
    ink.strokeStyle = this.#colours.blind;
    ink.lineWidth = 1.6;
    ink.beginPath();
    for (const shift of [-8, 0, 8]) {
      ink.moveTo(shift, 8);
      ink.lineTo(shift + 8, 0);
    }
    ink.stroke();
    this.#hatch = context.createPattern(stripe, "repeat");
    return this.#hatch;
  }
}

function tracePoints(context: CanvasRenderingContext2D, line: Points): void {
  context.beginPath();
  line.forEach(([x, y], i) => {
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
}

function drawTail(context: CanvasRenderingContext2D, line: Points): void {
  const [first, second] = line;
  if (first === undefined || second === undefined) return;
  const angle = Math.atan2(second[1] - first[1], second[0] - first[0]);
  const [x, y] = [Math.sin(angle) * 9, -Math.cos(angle) * 9];
  context.beginPath();
  context.moveTo(first[0] + x, first[1] + y);
  context.lineTo(first[0] - x, first[1] - y);
  context.stroke();
}

function drawHead(context: CanvasRenderingContext2D, line: Points): void {
  const last = line.at(-1);
  const before = line.at(-2);
  if (last === undefined || before === undefined) return;
  const angle = Math.atan2(last[1] - before[1], last[0] - before[0]);
  context.save();
  context.translate(last[0], last[1]);
  context.rotate(angle);
  context.beginPath();
  context.moveTo(6, 0);
  context.lineTo(-6, 6);
  context.lineTo(-6, -6);
  context.closePath();
  context.fill();
  context.restore();
}
