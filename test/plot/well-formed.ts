/** Throws where markup is not well formed: an unclosed, crossed or unquoted element. */
export function checkWellFormed(markup: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const tag = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z0-9:-]+="[^"<]*")*)(\/?)>|<|>/g;
  for (const [whole, closing, name, , selfClosing] of markup.matchAll(tag)) {
    if (name === undefined) throw new Error(`a stray ${whole}`);
    seen.push(name);
    if (closing === "/") {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> closes <${expected}>`);
    } else if (selfClosing !== "/") open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> stays open`);
  return seen;
}
