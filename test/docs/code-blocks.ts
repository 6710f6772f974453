import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/source-tree.ts";

/** A program in a page: a TypeScript block marked `run`. */
export interface CodeBlock {
  /** Name of its file; others import it by that. */
  readonly file: string;
  /** The heading that it stands below. */
  readonly heading: string;
  readonly code: string;
  /** What the page says that it prints: the text block that follows before the next program. */
  readonly prints: string | undefined;
}

const FENCE = /^```(\S*)(.*)$/;

/** The programs of a page below `docs/`, in their order. */
export function codeBlocks(page: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let heading = "";
  let fence: { readonly language: string; readonly info: string; readonly lines: string[] } | undefined;
  for (const line of readFileSync(join(projectRoot, "docs", page), "utf8").split("\n")) {
    const [mark, language = "", info = ""] = FENCE.exec(line) ?? [];
    if (mark === undefined) {
      if (fence !== undefined) fence.lines.push(line);
      else if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
    } else if (fence === undefined) fence = { language, info: info.trim(), lines: [] };
    else {
      addBlock(blocks, heading, fence);
      fence = undefined;
    }
  }
  return blocks;
}

function addBlock(
  blocks: CodeBlock[],
  heading: string,
  { language, info, lines }: { language: string; info: string; lines: readonly string[] },
): void {
  const last = blocks.at(-1);
  if (language === "text" && last !== undefined && last.prints === undefined && last.heading === heading) {
    blocks[blocks.length - 1] = { ...last, prints: lines.join("\n") };
  }
  const [run, name] = info.split(" file=");
  if (language !== "ts" || run !== "run") return;
  const file = name ?? `${heading.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.ts`;
  blocks.push({ file, heading, code: `${lines.join("\n")}\n`, prints: undefined });
}
