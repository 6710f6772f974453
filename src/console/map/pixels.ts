import type { Sprite } from "./sprites.ts";

/** Farther than any stamp reaches from its middle, px. */
const REACH = 40;

/** A sprite as it is written into a picture of a certain width. */
interface Ink {
  /** How far it reaches from its middle, px. */
  readonly reach: number;
  /** Offsets in the picture, and what stands there: strength in the highest byte, then the colour. */
  readonly offsets: Int32Array;
  readonly words: Uint32Array;
  readonly sprite: Sprite;
}

/** A picture whose pixels are written as numbers: one `putImageData` whatever is in it. */
export class Pixels {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  #image: ImageData | undefined;
  #words = new Uint32Array(0);
  readonly #inks = new Map<Sprite, Ink>();
  /** Rows that hold something, from and to: the others need neither clearing nor copying. */
  #top = 0;
  #bottom = 0;
  #lastTop = 0;
  #lastBottom = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
  }

  get width(): number {
    return this.#image?.width ?? 0;
  }

  get height(): number {
    return this.#image?.height ?? 0;
  }

  /** CSS pixels and their ratio to those of the screen. */
  begin(width: number, height: number, ratio: number): void {
    const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (this.#image?.width !== w || this.#image.height !== h) this.#resize(w, h, width, height);
    else this.#words.fill(0, this.#top * w, this.#bottom * w);
    this.#lastTop = this.#top;
    this.#lastBottom = this.#bottom;
    this.#top = h;
    this.#bottom = 0;
  }

  #resize(w: number, h: number, width: number, height: number): void {
    this.#canvas.width = w;
    this.#canvas.height = h;
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    this.#image = new ImageData(w, h);
    this.#words = new Uint32Array(this.#image.data.buffer);
    this.#inks.clear();
    this.#top = 0;
    this.#bottom = h;
  }

  /** Forgets sprites that are no longer drawn. */
  forget(): void {
    this.#inks.clear();
  }

  /** Whether a sprite there would be seen. */
  touches(x: number, y: number): boolean {
    return x >= -REACH && y >= -REACH && x <= this.width + REACH && y <= this.height + REACH;
  }

  /** The middle stands at whole pixels. Whatever is stronger stays where stamps overlap, unless this one lies on top. */
  stamp(sprite: Sprite, x: number, y: number, isOnTop = false): void {
    if (!this.touches(x, y)) return;
    const ink = this.#inks.get(sprite) ?? this.#inkOf(sprite);
    const { reach } = ink;
    if (y - reach < this.#top) this.#top = Math.max(0, y - reach);
    if (y + reach + 1 > this.#bottom) this.#bottom = Math.min(this.height, y + reach + 1);
    const isInside =
      x >= reach && y >= reach && x + reach < this.width && y + reach < this.height && !isOnTop;
    if (isInside) mix(this.#words, ink, y * this.width + x);
    else this.#stampSlowly(ink, x, y, isOnTop);
  }

  #inkOf(sprite: Sprite): Ink {
    const { dx, dy, alpha } = sprite.stamp;
    const { width } = this;
    const reach = dx.reduce((most, x, i) => Math.max(most, Math.abs(x), Math.abs(dy[i] ?? 0)), 0);
    const ink = {
      reach,
      offsets: Int32Array.from(dx, (x, i) => (dy[i] ?? 0) * width + x),
      words: Uint32Array.from(alpha, (strength) => (strength << 24) | sprite.colour),
      sprite,
    };
    this.#inks.set(sprite, ink);
    return ink;
  }

  /** At the borders, and over others. */
  #stampSlowly({ words: from, sprite: { stamp } }: Ink, x: number, y: number, isOnTop: boolean): void {
    const { width, height } = this;
    const words = this.#words;
    for (let i = 0; i < from.length; i++) {
      const px = x + (stamp.dx[i] ?? 0);
      const py = y + (stamp.dy[i] ?? 0);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = py * width + px;
      const word = from[i] ?? 0;
      if (isOnTop || (words[at] ?? 0) < word) words[at] = word;
    }
  }

  end(): void {
    const image = this.#image;
    if (image === undefined) return;
    const top = Math.min(this.#top, this.#lastTop);
    const bottom = Math.max(this.#bottom, this.#lastBottom);
    if (bottom > top) this.#context?.putImageData(image, 0, 0, 0, top, image.width, bottom - top);
    if (this.#bottom <= this.#top) {
      this.#top = 0;
      this.#bottom = 0;
    }
  }
}

/** The strength is the highest byte, so the larger word is the stronger one. */
function mix(words: Uint32Array, { offsets, words: from }: Ink, at: number): void {
  for (let i = 0; i < offsets.length; i++) {
    const to = at + (offsets[i] ?? 0);
    const word = from[i] ?? 0;
    if ((words[to] ?? 0) < word) words[to] = word;
  }
}
