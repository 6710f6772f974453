import { MapBuildError } from "./problem.ts";

export type XmlAttributes = Readonly<Record<string, string | undefined>>;

export interface XmlHandler {
  /** `attributes` are read only when asked for: most elements of a large file are of no interest. */
  open(name: string, attributes: () => XmlAttributes): void;
  close?(name: string): void;
}

/** A tag longer than this is no road map; bounds memory. A SUMO edge of 10,000 vertices has about 200 kB. */
const MAX_TAG_CHARACTERS = 64 * 1024 * 1024;

const NAME_END = /[\s/>]/;
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads XML piece by piece: elements and attributes only, which is all that road maps use. Comments, processing
 * instructions, declarations, CDATA and text are passed over. Checks that tags are closed, so that half a file is told
 * from a whole one.
 * @throws MapBuildError where the text is no XML
 */
export class XmlReader {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #pending = "";
  #sawRoot = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  push(text: string): void {
    const source = this.#pending === "" ? text : this.#pending + text;
    let position = 0;
    for (;;) {
      const start = source.indexOf("<", position);
      if (!this.#sawRoot) refuseText(source.slice(position, start < 0 ? undefined : start));
      if (start < 0) {
        this.#pending = "";
        return;
      }
      const end = endOfMarkup(source, start);
      if (end < 0) {
        this.#keep(source.slice(start));
        return;
      }
      this.#markup(source.slice(start, end));
      position = end;
    }
  }

  /** @throws MapBuildError where elements are still open or there were none */
  end(): void {
    if (!this.#sawRoot) throw new MapBuildError("it holds no XML elements");
    if (this.#pending === "" && this.#open.length === 0) return;
    const where = this.#open.length === 0 ? "a tag" : `<${this.#open.join("> <")}>`;
    throw new MapBuildError(`it ends inside ${where}: the file is not whole`, "Download or copy it again.");
  }

  #keep(rest: string): void {
    if (rest.length > MAX_TAG_CHARACTERS) {
      throw new MapBuildError(`it has a tag of more than ${MAX_TAG_CHARACTERS} characters`);
    }
    this.#pending = rest;
  }

  #markup(markup: string): void {
    const kind = markup.charCodeAt(1);
    // ! begins comments, CDATA and declarations, ? processing instructions.
    if (kind === 0x21 || kind === 0x3f) return;
    if (kind === 0x2f) this.#close(markup.slice(2, -1).trim());
    else this.#element(markup);
  }

  #element(markup: string): void {
    const found = markup.slice(1).search(NAME_END);
    const name = markup.slice(1, found + 1);
    this.#sawRoot = true;
    this.#handler.open(name, () => attributesOf(markup, name.length + 1));
    if (markup.charCodeAt(markup.length - 2) === 0x2f) this.#handler.close?.(name);
    else this.#open.push(name);
  }

  #close(name: string): void {
    const expected = this.#open.pop();
    if (expected !== name) {
      const what = expected === undefined ? "which was never opened" : `where <${expected}> is open`;
      throw new MapBuildError(`it closes <${name}>, ${what}`);
    }
    this.#handler.close?.(name);
  }
}

/** Index behind the markup that begins at `start`; −1 where the text ends before. */
function endOfMarkup(text: string, start: number): number {
  if (text.charCodeAt(start + 1) === 0x21) {
    if (text.startsWith("<!--", start)) return behind(text, "-->", start + 4);
    if (text.startsWith("<![CDATA[", start)) return behind(text, "]]>", start + 9);
    // The piece may end inside either opening.
    if (text.length - start < 9) return -1;
  }
  if (text.charCodeAt(start + 1) === 0x3f) return behind(text, "?>", start + 2);
  let end = text.indexOf(">", start);
  while (end >= 0 && isInsideQuotes(text, start, end)) end = text.indexOf(">", end + 1);
  return end < 0 ? -1 : end + 1;
}

function behind(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

/** True where a `>` stands in the value of an attribute, which XML allows. */
function isInsideQuotes(text: string, start: number, end: number): boolean {
  let quote = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 0x22 || code === 0x27) quote = code;
  }
  return quote !== 0;
}

function attributesOf(markup: string, from: number): XmlAttributes {
  const attributes: Record<string, string> = {};
  ATTRIBUTE.lastIndex = from;
  for (let found = ATTRIBUTE.exec(markup); found !== null; found = ATTRIBUTE.exec(markup)) {
    attributes[found[1] ?? ""] = unescaped(found[2] ?? found[3] ?? "");
  }
  return attributes;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith("#")) return ENTITIES[entity] ?? whole;
    const hexadecimal = /^#x/i.test(entity);
    const code = Number.parseInt(entity.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Text before the first element is a byte order mark or blank; anything else is another kind of file. */
function refuseText(text: string): void {
  if (/^[\ufeff\s]*$/.test(text)) return;
  throw new MapBuildError(
    "it is no XML",
    "Take a SUMO network (.net.xml) or an OpenStreetMap extract (.osm, .osm.pbf).",
  );
}
