import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

/** As `npm test` builds it before all tests. */
const BUILT = new URL("../../../dist/console/", import.meta.url);

/** Bytes over the wire that an operator's first picture may wait for (own: two seconds at 600 kbit/s). */
const MOST_BYTES = 150_000;

describe("the first page of the console", () => {
  it("loads at most 150 kB of JavaScript, gzipped", () => {
    const page = readFileSync(new URL("index.html", BUILT), "utf8");
    const scripts = [...page.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\/([^"]+\.js)"/g)].map(
      ([, path = ""]) => path,
    );
    expect(scripts.length).toBeGreaterThan(0);
    const bytes = scripts.map((path) => gzipSync(readFileSync(new URL(path, BUILT))).length);
    expect(bytes.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(MOST_BYTES);
  });
});
