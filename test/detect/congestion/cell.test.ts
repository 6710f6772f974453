import { describe, expect, it } from "vitest";
import { addPassing, addStay, flowOf, newCell } from "../../../src/detect/congestion/cell.ts";

describe("slices of a cell", () => {
  it("are not wiped by a vehicle that is heard again long after it passed", () => {
    const cell = newCell(1, { row: 1, column: 1, sector: 1 });
    addStay(cell, 108, { meanMmps: 10_000, presenceMs: 5_000, samples: 5 });
    addPassing(cell, 100);
    expect(flowOf(cell, 108)).toMatchObject({ presenceMs: 5_000, samples: 5, passing: 0 });
  });

  it("give way to newer ones", () => {
    const cell = newCell(1, { row: 1, column: 1, sector: 1 });
    addStay(cell, 100, { meanMmps: 10_000, presenceMs: 5_000, samples: 5 });
    addStay(cell, 108, { meanMmps: 10_000, presenceMs: 1_000, samples: 1 });
    expect(flowOf(cell, 108)).toMatchObject({ presenceMs: 1_000, samples: 1 });
  });
});
