/** Small pictures of vehicles as lists of pixels, made once for each heading, so that drawing one is adding numbers. */
export interface Stamp {
  /** Offsets from the middle, px. */
  readonly dx: Int8Array;
  readonly dy: Int8Array;
  /** 0 to 255. */
  readonly alpha: Uint8Array;
}

export const HEADINGS = 32;

/** Arrows of so many pixels from tip to tail, one for each of 32 headings, clockwise from north. */
export function arrowStamps(lengthPx: number): readonly Stamp[] {
  return Array.from({ length: HEADINGS }, (_, i) => {
    const angle = (i / HEADINGS) * 2 * Math.PI;
    return stampOf(lengthPx, (context) => {
      context.rotate(angle);
      const half = lengthPx / 2;
      context.beginPath();
      context.moveTo(0, -half);
      context.lineTo(half * 0.62, half);
      context.lineTo(0, half * 0.55);
      context.lineTo(-half * 0.62, half);
      context.closePath();
      context.fill();
    });
  });
}

export function dotStamp(diameterPx: number): Stamp {
  return stampOf(diameterPx, (context) => {
    context.beginPath();
    context.arc(0, 0, diameterPx / 2, 0, 2 * Math.PI);
    context.fill();
  });
}

/** Hollow: seen by others, or not heard of for a while. */
export function ringStamp(diameterPx: number): Stamp {
  return stampOf(diameterPx + 2, (context) => {
    context.lineWidth = Math.max(1.2, diameterPx / 5);
    context.beginPath();
    context.arc(0, 0, diameterPx / 2 - context.lineWidth / 2, 0, 2 * Math.PI);
    context.stroke();
  });
}

/** A square on its tip: emergency and special vehicles. */
export function diamondStamp(sizePx: number): Stamp {
  return stampOf(sizePx + 2, (context) => {
    context.rotate(Math.PI / 4);
    context.fillRect(-sizePx / 3, -sizePx / 3, (2 * sizePx) / 3, (2 * sizePx) / 3);
  });
}

function stampOf(sizePx: number, draw: (context: CanvasRenderingContext2D) => void): Stamp {
  const half = Math.ceil(sizePx / 2) + 1;
  const size = 2 * half + 1;
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return { dx: new Int8Array(), dy: new Int8Array(), alpha: new Uint8Array() };
  context.translate(half + 0.5, half + 0.5);
  draw(context);
  const { data } = context.getImageData(0, 0, size, size);
  const pixels: { dx: number; dy: number; alpha: number }[] = [];
  for (let i = 3; i < data.length; i += 4) {
    const alpha = data[i] ?? 0;
    const pixel = (i - 3) / 4;
    if (alpha > 24) pixels.push({ dx: (pixel % size) - half, dy: Math.floor(pixel / size) - half, alpha });
  }
  return {
    dx: Int8Array.from(pixels, ({ dx }) => dx),
    dy: Int8Array.from(pixels, ({ dy }) => dy),
    alpha: Uint8Array.from(pixels, ({ alpha }) => alpha),
  };
}
