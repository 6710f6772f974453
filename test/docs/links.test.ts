import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-tree.ts";

const docs = join(projectRoot, "docs");
const pages = readdirSync(docs).filter((name) => name.endsWith(".md"));

const LINK = /\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g;

/** The name by which a heading is linked to: as GitHub and its like make it. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function anchorsOf(path: string): ReadonlySet<string> {
  const headings = readFileSync(path, "utf8").matchAll(/^#+ (.*)$/gm);
  return new Set([...headings].map(([, heading = ""]) => anchor(heading)));
}

function brokenLinks(page: string): readonly string[] {
  const path = join(docs, page);
  return [...readFileSync(path, "utf8").matchAll(LINK)]
    .filter(([, target = "", fragment]) => {
      const file = target === "" ? path : resolve(docs, target);
      if (!existsSync(file)) return true;
      return fragment !== undefined && !anchorsOf(file).has(fragment);
    })
    .map(([link]) => link);
}

describe("pages", () => {
  it.each(pages)("has no broken link: docs/%s", (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });
});
