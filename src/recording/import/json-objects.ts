/** Longest object kept; BSMs have 3 kB, traveller information up to some 100 kB. */
export const MAX_OBJECT_CHARACTERS = 4 * 1024 * 1024;

/**
 * Cuts a stream of text into JSON objects, whatever stands between them: line ends, commas, brackets of an enclosing
 * array, or nothing.
 */
export class JsonObjectSplitter {
  #text = "";
  #scanned = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;

  /** True where no object is under way. */
  get isIdle(): boolean {
    return this.#depth === 0;
  }

  /** Forgets an object that is under way. */
  reset(): void {
    this.#text = "";
    this.#scanned = 0;
    this.#depth = 0;
    this.#inString = false;
    this.#isEscaped = false;
  }

  /** The objects that the text completes. */
  push(text: string): string[] {
    const objects: string[] = [];
    this.#text += text;
    let start = 0;
    for (; this.#scanned < this.#text.length; this.#scanned++) {
      const wasIdle = this.#depth === 0;
      this.#step(this.#text.charCodeAt(this.#scanned));
      if (wasIdle) start = this.#scanned;
      else if (this.#depth === 0) objects.push(this.#text.slice(start, this.#scanned + 1));
    }
    this.#text = this.#depth === 0 ? "" : this.#text.slice(start);
    this.#scanned = this.#text.length;
    return objects;
  }

  /** Characters of the object that is under way. */
  get pending(): number {
    return this.#text.length;
  }

  #step(character: number): void {
    if (this.#inString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === BACKSLASH) this.#isEscaped = true;
      else if (character === QUOTE) this.#inString = false;
    } else if (character === OPEN) this.#depth++;
    else if (this.#depth === 0) return;
    else if (character === CLOSE) this.#depth--;
    else if (character === QUOTE) this.#inString = true;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
