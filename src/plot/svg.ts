/** Attributes of an element; numbers are rounded to hundredths, undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as XML may hold it; control characters, which XML 1.0 forbids, are dropped. */
export function escapeText(text: string): string {
  let safe = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 || code === 0x09) safe += ESCAPES[character] ?? character;
  }
  return safe;
}

/** Shortest text of a number with at most `digits` decimals; coordinates beyond a picture's resolution cost only bytes. */
export function figure(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}

/** One element; children are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const given = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? figure(value) : escapeText(value)}"`)
    .join("");
  return children.length === 0 ? `<${name}${given}/>` : `<${name}${given}>${children.join("")}</${name}>`;
}

export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeText(content));
}

/** A whole picture. `title` is what screen readers say. */
export function picture(
  width: number,
  height: number,
  title: string,
  ...children: readonly string[]
): string {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${figure(width)} ${figure(height)}`,
      width,
      height,
      role: "img",
      "font-family": "Inter, 'DejaVu Sans', Verdana, sans-serif",
      "font-size": 13,
    },
    element("title", {}, escapeText(title)),
    element("rect", { width, height, fill: "#ffffff" }),
    ...children,
  );
}

/**
 * Writes lines as the `d` of one path: every step relative to the point before, tenths of a pixel. Lines of a hundred
 * thousand points stay below a megabyte that way.
 */
export class PathWriter {
  #d = "";
  #x = 0;
  #y = 0;
  points = 0;

  moveTo(x: number, y: number): void {
    this.#x = Math.round(x * 10);
    this.#y = Math.round(y * 10);
    this.#d += `M${tenths(this.#x)} ${tenths(this.#y)}`;
    this.points++;
  }

  lineTo(x: number, y: number): void {
    const toX = Math.round(x * 10);
    const toY = Math.round(y * 10);
    const dx = tenths(toX - this.#x);
    const dy = tenths(toY - this.#y);
    this.#d += dy.startsWith("-") ? `l${dx}${dy}` : `l${dx} ${dy}`;
    this.#x = toX;
    this.#y = toY;
    this.points++;
  }

  close(): void {
    this.#d += "z";
  }

  get d(): string {
    return this.#d;
  }
}

function tenths(value: number): string {
  return value % 10 === 0 ? String(value / 10) : (value / 10).toFixed(1);
}
