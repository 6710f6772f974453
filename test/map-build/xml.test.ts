import fc from "fast-check";
import { expect, test } from "vitest";
import { XmlReader } from "../../src/map-build/xml.ts";

const TEXT = `\ufeff<?xml version="1.0"?><!DOCTYPE net>
<!-- <a> isn't "open" --><net a = "1" b='x "y"'><![CDATA[ <b> ]]>
  <lane id="5 &gt; 4 &amp; 3 &#228;&#xe4;&unknown;" note="a > b"/><p:x>text</p:x></net>`;

function events(pieces: readonly string[]): unknown[] {
  const seen: unknown[] = [];
  const reader = new XmlReader({
    open: (name, attributes) => seen.push([name, { ...attributes() }]),
    close: (name) => seen.push(`/${name}`),
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return seen;
}

const EXPECTED = [
  ["net", { a: "1", b: 'x "y"' }],
  ["lane", { id: "5 > 4 & 3 ää&unknown;", note: "a > b" }],
  "/lane",
  ["p:x", {}],
  "/p:x",
  "/net",
];

test("reads elements and attributes, and passes over the rest", () => {
  expect(events([TEXT])).toEqual(EXPECTED);
});

test("does not care where the text is cut into pieces", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(TEXT.length), { maxLength: 12 }), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), TEXT.length];
      const pieces = places.slice(1).map((end, i) => TEXT.slice(places[i], end));
      expect(events(pieces)).toEqual(EXPECTED);
    }),
  );
});

test("fails with a sentence on whatever is no XML", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("<", ">", "a", "/", '"', " ", "=", "!", "-", "?") }),
      (text) => {
        try {
          events([text]);
        } catch (error) {
          expect((error as Error).name).toBe("MapBuildError");
        }
      },
    ),
  );
});
