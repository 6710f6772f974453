import type { Stamp } from "./stamps.ts";

/** Farther than any stamp reaches from its middle, px. */
const REACH = 40;

/** A picture whose pixels are written as numbers: one `putImageData` whatever is in it. */
export class Pixels {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  #image: ImageData | undefined;
  #words = new Uint32Array(0);
  /** Rows that hold something, from and to: the others need neither clearing nor copying. */
  #top = 0;
  #bottom = 0;
  #lastTop = 0;
  #lastBottom = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
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
    this.#top = 0;
    this.#bottom = h;
  }

  /** `colour` has red in its lowest byte. Whatever is stronger stays where stamps overlap. */
  stamp({ dx, dy, alpha }: Stamp, x: number, y: number, colour: number): void {
    const image = this.#image;
    if (image === undefined) return;
    const { width, height } = image;
    if (x < -REACH || y < -REACH || x > width + REACH || y > height + REACH) return;
    const words = this.#words;
    for (let i = 0; i < dx.length; i++) {
      const px = x + (dx[i] ?? 0);
      const py = y + (dy[i] ?? 0);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = py * width + px;
      const strength = alpha[i] ?? 0;
      if ((words[at] ?? 0) >>> 24 < strength) words[at] = (strength << 24) | colour;
    }
    this.#top = Math.min(this.#top, Math.max(0, y - REACH));
    this.#bottom = Math.max(this.#bottom, Math.min(height, y + REACH));
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
