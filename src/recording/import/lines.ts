/** Longest line kept; the rest of a longer one is dropped, so that input without line ends does not fill the memory. */
export const MAX_LINE_CHARACTERS = 1024 * 1024;

const BYTE_ORDER_MARK = "\uFEFF";

/** Text lines in batches, one batch per piece of input. CR LF ends a line too; a byte order mark at the start is dropped. */
export async function* lineBatches(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  let isStart = true;
  for await (const chunk of chunks) {
    let text = rest + decoder.decode(chunk, { stream: true });
    if (isStart && text.length > 0) {
      isStart = false;
      if (text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
    }
    const lines = text.split("\n");
    rest = (lines.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest.length > 0) yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
