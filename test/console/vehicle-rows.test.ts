import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tileExtent } from "../../src/api/live/tiles.ts";
import { VehicleFrameWriter } from "../../src/api/live/vehicle-frame.ts";
import { readFrame } from "../../src/console/live/vehicles.ts";
import { worldPixels, xOf, yOf } from "../../src/console/map/mercator.ts";
import { VehicleRows } from "../../src/console/map/vehicle-rows.ts";

const REACHED_MS = 1_000_000;

describe("vehicles of a tile", () => {
  it("lie within a twentieth of a pixel of where Mercator puts them, four zooms closer in than their tile", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(10, 12, 14),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.25, max: 0.75, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zoom, atX, atY, shareX, shareY) => {
          const side = 2 ** zoom;
          const tile = {
            zoom,
            x: Math.min(side - 1, Math.floor(atX * side)),
            y: Math.floor(atY * side),
          };
          const { westE7, eastE7, southE7, northE7 } = tileExtent(tile);
          const longitudeE7 = Math.round(westE7 + shareX * (eastE7 - westE7));
          const latitudeE7 = Math.round(southE7 + shareY * (northE7 - southE7));
          const rows = rowsOf(tile, { longitudeE7, latitudeE7 });
          // Tiles of zoom 10 are told of below zoom 12 only.
          const pixels = worldPixels(zoom === 10 ? 11 : zoom + 4);
          const [x, y] = [rows.x[0] ?? 0, rows.y[0] ?? 0];
          expect(Math.abs((tile.x + x) / side - xOf(longitudeE7 / 1e7)) * pixels).toBeLessThan(0.05);
          expect(Math.abs((tile.y + y) / side - yOf(latitudeE7 / 1e7)) * pixels).toBeLessThan(0.05);
        },
      ),
    );
  });

  it("drive as far as their speed says, where their heading points, and not at all where nothing is heard of them", () => {
    const tile = { zoom: 14, x: 8500, y: 5450 };
    const { westE7, southE7 } = tileExtent(tile);
    const at = { longitudeE7: westE7 + 100_000, latitudeE7: southE7 + 50_000 };
    const driving = rowsOf(tile, { ...at, headingDeg: 90, speedMps: 30 });
    const metresPerSide = (40_075_017 / 2 ** 14) * Math.cos((at.latitudeE7 * Math.PI) / 180e7);
    expect(((driving.vx[0] ?? 0) * 1_000 * metresPerSide) / 30).toBeCloseTo(1, 2);
    expect(Math.abs(driving.vy[0] ?? 1)).toBeLessThan(1e-9);
    const silent = rowsOf(tile, {
      ...at,
      headingDeg: 90,
      speedMps: 30,
      receivedAtMs: REACHED_MS - 10_000,
    });
    expect(silent.vx[0]).toBe(0);
  });
});

interface Told {
  readonly longitudeE7: number;
  readonly latitudeE7: number;
  readonly speedMps?: number;
  readonly headingDeg?: number;
  readonly receivedAtMs?: number;
}

function rowsOf(tile: { readonly zoom: number; readonly x: number; readonly y: number }, told: Told) {
  const writer = new VehicleFrameWriter();
  writer.begin(tile, REACHED_MS);
  writer.add(7, {
    row: 1,
    stationId: 1,
    stationType: "passenger-car",
    speedMps: undefined,
    headingDeg: undefined,
    receivedAtMs: REACHED_MS,
    ...told,
  });
  const bytes = writer.finish();
  const frame = readFrame(bytes.buffer.slice(0) as ArrayBuffer, 0);
  if (frame === undefined) throw new Error("the frame cannot be read");
  const rows = new VehicleRows();
  rows.read(frame);
  expect(rows.slotOf(0)).toBe(7);
  expect(rows.rowOf(7)).toBe(0);
  return rows;
}
