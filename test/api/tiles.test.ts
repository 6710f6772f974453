import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLAG_HEADING_UNKNOWN, FLAG_SPEED_UNKNOWN, FLAG_STALE } from "../../src/api/contract/vehicles.ts";
import { Slots } from "../../src/api/live/slots.ts";
import { MAX_VIEW_TILES, tileExtent, tileKey, tilesOf } from "../../src/api/live/tiles.ts";
import { VehicleFrameWriter } from "../../src/api/live/vehicle-frame.ts";
import { readFrame } from "../support/live-client.ts";

const placeE7 = fc.record({
  x: fc.integer({ min: -1_800_000_000, max: 1_799_999_999 }),
  y: fc.integer({ min: -850_000_000, max: 850_000_000 }),
});
const zoom = fc.integer({ min: 10, max: 20 });

describe("vehicle tiles", () => {
  it("hold every place of a view in exactly one tile", () => {
    const span = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(placeE7, span, span, zoom, ({ x, y }, width, height, level) => {
        const east = Math.min(x + width, 1_799_999_999);
        const north = Math.min(y + height, 850_000_000);
        const tiles = tilesOf([x / 1e7, y / 1e7, east / 1e7, north / 1e7], level);
        expect(new Set(tiles.map(tileKey)).size).toBe(tiles.length);
        for (const [px, py] of [
          [x, y],
          [east, north],
          [x, north],
          [Math.floor((x + east) / 2), y],
        ] as const) {
          const holding = tiles.map(tileExtent).filter(({ westE7, eastE7, southE7, northE7 }) => {
            return px >= westE7 && px <= eastE7 && py >= southE7 && py <= northE7;
          });
          // A view of a whole country has none.
          expect(holding.length).toBe(tiles.length === 0 ? 0 : 1);
        }
      }),
    );
  });

  it("are bounded in number, few on a screen, and none where single vehicles cannot be told apart", () => {
    expect(tilesOf([6, 51, 7, 52], 9.9)).toEqual([]);
    expect(tilesOf([-180, -80, 180, 80], 18)).toEqual([]);
    fc.assert(
      fc.property(placeE7, zoom, ({ x, y }, level) => {
        // 1280 × 800 pixels.
        const widthDeg = (1280 / 256 / 2 ** level) * 360;
        const south = (y / 1e7) * 0.8;
        const west = x / 1e7;
        const heightDeg = widthDeg * (800 / 1280) * Math.cos(((Math.abs(south) + 1) * Math.PI) / 180);
        const tiles = tilesOf([west, south, west + widthDeg, south + heightDeg], level);
        expect(tiles.length).toBeLessThanOrEqual(Math.min(MAX_VIEW_TILES, 35));
        expect(tiles.length).toBeGreaterThan(0);
      }),
    );
  });

  it("go round the date line", () => {
    const tiles = tilesOf([179.9, 0.1, 180.1, 0.2], 14);
    expect(tiles.some(({ x }) => x === 0)).toBe(true);
    expect(tiles.some(({ x }) => x === 2 ** 14 - 1)).toBe(true);
  });
});

describe("vehicle frames", () => {
  const car = { stationId: 1, stationType: "passenger-car", latitudeE7: 1, longitudeE7: -1 } as const;

  it("say what is unknown, what is old, and round a heading of nearly 360° to 0", () => {
    const writer = new VehicleFrameWriter();
    writer.begin({ zoom: 12, x: 1, y: 2 }, 10_000);
    writer.add(0xffff_ffff, {
      ...car,
      row: 0,
      speedMps: undefined,
      headingDeg: undefined,
      receivedAtMs: 7_999,
    });
    writer.add(1, { ...car, row: 0, speedMps: 700, headingDeg: 359.9, receivedAtMs: 8_000 });
    const { vehicles, key, reachedMs } = readFrame(writer.finish());
    expect([key, reachedMs]).toEqual(["12/1/2", 10_000]);
    expect(vehicles.map(({ flags }) => flags)).toEqual([
      1 | FLAG_SPEED_UNKNOWN | FLAG_HEADING_UNKNOWN | FLAG_STALE,
      1,
    ]);
    expect(vehicles.map(({ slot }) => slot)).toEqual([0xffff_ffff, 1]);
    expect(vehicles[1]).toMatchObject({ speedMps: 655.35, headingDeg: 0, latitudeDeg: 1e-7 });
  });

  it("tell the same part of more vehicles than fit, and say which", () => {
    const frames = [1, 2].map(() => {
      const writer = new VehicleFrameWriter();
      writer.begin({ zoom: 12, x: 1, y: 2 }, 0);
      for (let row = 0; row < 100_000; row++)
        writer.add(row, { ...car, row, speedMps: 1, headingDeg: 1, receivedAtMs: 0 });
      return writer.finish();
    });
    expect(frames[0]?.length).toBeLessThan(1024 * 1024);
    const [first, second] = frames.map((bytes) => readFrame(bytes));
    expect(first?.step).toBe(3);
    expect(first?.vehicles.every(({ slot }) => slot % 3 === 0)).toBe(true);
    expect(first?.vehicles).toEqual(second?.vehicles);
  });
});

describe("slots", () => {
  it("lead back to rows within a day, and to nothing known on the next one", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0x7fff_ffff), { minLength: 1 }), (rows) => {
        const slots = new Slots();
        slots.turnTo(0);
        expect(rows.map((row) => slots.rowOf(slots.slotOf(row)))).toEqual(rows);
        expect(new Set(rows.map((row) => slots.slotOf(row))).size).toBe(new Set(rows).size);
        expect(slots.turnTo(86_399_999)).toBe(false);
        const before = slots.slotOf(7);
        expect(slots.turnTo(86_400_000)).toBe(true);
        expect(slots.slotOf(7)).not.toBe(before);
      }),
    );
  });
});
