import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TupleWriter } from "../../../bench/linear-road/tuple-writer.ts";
import {
  emptyTuple,
  formatTuple,
  readTupleFile,
  type Tuple,
  TupleScanner,
} from "../../../bench/linear-road/tuples.ts";
import { CROWDED, trafficOf } from "./support.ts";

function scan(text: string, chunkBytes = 7): { tuples: Tuple[]; unreadable: number } {
  const tuples: Tuple[] = [];
  const scanner = new TupleScanner((tuple) => tuples.push({ ...tuple }));
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.push(bytes.subarray(at, at + chunkBytes));
  scanner.end();
  return { tuples, unreadable: scanner.counts.unreadable };
}

describe("tuples", () => {
  it("are written in the fifteen columns of the public format and read back whole", () => {
    const folder = mkdtempSync(join(tmpdir(), "linear-road-"));
    try {
      const path = join(folder, "tuples.dat");
      const tuples = trafficOf({ ...CROWDED, seconds: 200 });
      const writer = new TupleWriter(path);
      for (const tuple of tuples) writer.write(tuple);
      writer.close();
      for (const line of readFileSync(path, "utf8").trimEnd().split("\n")) {
        expect(line).toMatch(/^-?\d+(,-?\d+){14}$/);
      }
      const back: Tuple[] = [];
      expect(readTupleFile(path, (tuple) => back.push({ ...tuple }))).toEqual({
        tuples: tuples.length,
        unreadable: 0,
        firstUnreadableLine: 0,
      });
      expect(back).toEqual(tuples);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("survive any cutting of the bytes into chunks", () => {
    const text = trafficOf({ ...CROWDED, seconds: 20 })
      .map(formatTuple)
      .join("\n");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (chunkBytes) => {
        expect(scan(text, chunkBytes)).toEqual(scan(text, text.length));
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it("stand in the order of the columns", () => {
    const line = "0,30,107,32,0,2,1,10,53320,-1,-1,-1,-1,-1,-1";
    const { tuples } = scan(`${line}\r\n`);
    expect(tuples).toEqual([
      {
        ...emptyTuple(),
        type: 0,
        timeS: 30,
        vehicle: 107,
        speedMph: 32,
        expressway: 0,
        lane: 2,
        direction: 1,
        segment: 10,
        positionFt: 53_320,
      },
    ]);
    expect(formatTuple(tuples[0] as Tuple)).toBe(line);
  });

  it.each([
    ["too few columns", "0,1,2"],
    ["too many columns", "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"],
    ["a word", "0,1,2,3,4,5,6,seven,8,9,10,11,12,13,14"],
    ["an empty column", "0,1,,3,4,5,6,7,8,9,10,11,12,13,14"],
    ["a minus inside", "0,1-2,2,3,4,5,6,7,8,9,10,11,12,13,14"],
  ])("are counted where a line has %s, and the next line is read", (_, line) => {
    const { tuples, unreadable } = scan(`${line}\n\n2,5,100,-1,-1,-1,-1,-1,-1,7,-1,-1,-1,-1,-1\n`);
    expect(unreadable).toBe(1);
    expect(tuples.map(({ queryId }) => queryId)).toEqual([7]);
  });
});
