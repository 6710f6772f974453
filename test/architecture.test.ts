import { describe, expect, it } from "vitest";
import { type SourceFile, sourceFiles } from "./support/source-tree.ts";

const files = sourceFiles("src");

/** First folder below src, or the file's own name for files that stand in src itself. */
const room = (path: string): string => path.split("/")[1] ?? "";

const FOUNDATIONS = ["domain", "geo", "wire", "stream"];
const STAGES = ["ingest", "decode", "validate", "track", "detect", "alert", "deliver"];
const EDGES = [
  "access",
  "transport",
  "recording",
  "store",
  "share",
  "cluster",
  "ops",
  "config",
  "client",
  "api",
  "console",
  "alarm",
  "incident",
  "measure",
  "webhook",
];

/** The shapes that the server and the console tell each other; the rooms whose work they show speak in them, too. */
const CONTRACT = "src/api/contract/";
const SPEAK_CONTRACT = ["console", "alarm", "incident", "measure"];

/** What a room may import besides itself. Files in src itself and the rooms that compose may import everything. */
function mayImport(from: string, target: string, typeOnly: boolean): boolean {
  const to = room(target);
  if (from === to) return true;
  if (target.startsWith(CONTRACT) && SPEAK_CONTRACT.includes(from)) return true;
  if (from === "console") return to === "domain";
  if (from === "domain") return false;
  if (from === "geo" || from === "wire" || from === "stream") return to === "domain";
  if (STAGES.includes(from)) return FOUNDATIONS.includes(to) || (to === "transport" && typeOnly);
  if (EDGES.includes(from)) return FOUNDATIONS.includes(to) || to === "version.ts";
  return true;
}

/** The only rooms that may import a library. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  ws: ["transport", "client"],
  "uWebSockets.js": ["transport"],
  rxjs: ["stream", "pipeline.ts", "cli"],
  "protobufjs/minimal.js": ["wire"],
  rbush: ["geo"],
  "@turf/turf": ["geo"],
  "@mcap/core": ["recording"],
  fzstd: ["recording"],
  zod: ["config", "api", "incident", "measure", "webhook"],
  commander: ["cli"],
  lmdb: ["store"],
  jose: ["access"],
  "openid-client": ["access"],
  preact: ["console"],
  "preact/hooks": ["console"],
  "@preact/signals": ["console"],
  leaflet: ["console"],
  uplot: ["console"],
  yaml: ["measure"],
  pino: ["ops"],
  "prom-client": ["ops"],
};

const DETERMINISTIC = [
  "domain",
  "geo",
  "decode",
  "validate",
  "track",
  "detect",
  "alert",
  "alarm",
  "incident",
  "measure",
];
const AMBIENT =
  /\b(Date\.now|new Date\(\)|performance\.|Math\.random|setTimeout|setInterval|setImmediate|queueMicrotask|process\.|crypto\b)/;

const offenders = (found: (file: SourceFile) => readonly string[]): string[] =>
  files.flatMap((file) => found(file).map((what) => `${file.path}: ${what}`));

describe("architecture", () => {
  it("sees the whole tree", () => {
    expect(files.length).toBeGreaterThan(100);
    for (const stage of STAGES) expect(files.some(({ path }) => room(path) === stage)).toBe(true);
  });

  it("lets domain import nothing, foundations only domain, and no stage another stage", () => {
    const wrong = offenders(({ path, imports }) =>
      imports
        .filter(({ target, typeOnly }) => target !== undefined && !mayImport(room(path), target, typeOnly))
        .map(({ specifier }) => specifier),
    );
    expect(wrong).toEqual([]);
  });

  it("imports each library in its home only", () => {
    const wrong = offenders(({ path, imports }) =>
      imports
        .filter(({ specifier, target }) => target === undefined && !specifier.startsWith("node:"))
        .filter(({ specifier }) => !HOMES[specifier]?.includes(room(path)))
        .map(({ specifier }) => specifier),
    );
    expect(wrong).toEqual([]);
  });

  it("has no import cycles", () => {
    const targets = new Map(
      files.map(({ path, imports }) => [
        path,
        imports.flatMap(({ target }) => (target === undefined ? [] : [target])),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" > "));
      else if (!done.has(path)) {
        for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
        done.add(path);
      }
    };
    for (const { path } of files) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it("reads no clock, randomness, timer or environment where the same input must give the same output", () => {
    const wrong = offenders(({ path, code }) => {
      const found = DETERMINISTIC.includes(room(path)) ? code.match(AMBIENT) : null;
      return found === null ? [] : [found[0]];
    });
    expect(wrong).toEqual([]);
  });

  it("calls nothing in the deterministic part whose results differ between versions of Node: powers, trigonometry, logarithms", () => {
    const wrong = offenders(({ path, code }) => {
      const found = DETERMINISTIC.includes(room(path))
        ? code.match(/Math\.(pow|hypot|cbrt|exp|expm1|log(2|10|1p)?|a?(sin|cos|tan)h?|atan2)\b|\*\*/)
        : null;
      return found === null ? [] : [found[0]];
    });
    expect(wrong).toEqual([]);
  });

  it("keeps node built-ins out of validate, track, detect and alert, so that they run anywhere", () => {
    const wrong = offenders(({ path, imports }) =>
      imports
        .filter(
          ({ specifier }) =>
            ["validate", "track", "detect", "alert"].includes(room(path)) && specifier.startsWith("node:"),
        )
        .map(({ specifier }) => specifier),
    );
    expect(wrong).toEqual([]);
  });

  it("subscribes to streams only where programs are composed", () => {
    const homes = ["pipeline.ts", "replay.ts", "server", "stream", "cli"];
    const wrong = offenders(({ path, code }) =>
      /\$\s*\.subscribe\(|\bpipe\(/.test(code) && !homes.includes(room(path)) ? [".subscribe("] : [],
    );
    expect(wrong).toEqual([]);
  });

  it("uses no operator of RxJS that keeps state, which no snapshot would hold", () => {
    const stateful =
      /\b(scan|bufferTime|bufferCount|debounceTime|throttleTime|groupBy|distinctUntilChanged|windowTime|mergeScan)\b/;
    const wrong = offenders(({ imports, text }) => {
      const found = imports.some(({ specifier }) => specifier === "rxjs") ? text.match(stateful) : null;
      return found === null ? [] : [found[0]];
    });
    expect(wrong).toEqual([]);
  });

  it("keeps files below 500 lines", () => {
    const wrong = offenders(({ text }) => (text.split("\n").length > 500 ? ["too long"] : []));
    expect(wrong).toEqual([]);
  });

  it("holds no unfinished marks", () => {
    const wrong = offenders(({ text }) => (/\b(TODO|FIXME|XXX|HACK)\b/.test(text) ? ["unfinished"] : []));
    expect(wrong).toEqual([]);
  });
});
