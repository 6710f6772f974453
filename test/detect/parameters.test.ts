import { describe, expect, it } from "vitest";
import { valuesOf } from "../../src/detect/parameter.ts";
import * as others from "../../src/detect/parameters.ts";
import { defaultDetectors } from "../../src/detect/registry.ts";
import * as stationary from "../../src/detect/stationary-parameters.ts";

const groups = { ...others, ...stationary };

describe("parameters", () => {
  it.each(Object.entries(groups))(
    "of %s have a default within range, a text and a source",
    (_name, group) => {
      for (const parameter of Object.values(group)) {
        expect(parameter.default).toBeGreaterThanOrEqual(parameter.min);
        expect(parameter.default).toBeLessThanOrEqual(parameter.max);
        expect(parameter.text).toMatch(/\.$/);
        expect(parameter.source).not.toBe("");
      }
    },
  );

  it("can be overridden within their range", () => {
    const values = valuesOf(groups.STATIONARY_VEHICLE, { suspectedAfterMs: 8_000 });
    expect(values.suspectedAfterMs).toBe(8_000);
    expect(values.confirmedAfterMs).toBe(15_000);
    expect(() => valuesOf(groups.STATIONARY_VEHICLE, { suspectedAfterMs: 1 })).toThrow(
      "suspectedAfterMs is 1; allowed are 1000 to 60000",
    );
  });
});

describe("the standard set of detectors", () => {
  it("has distinct names and asks trust, then congestion, first", () => {
    const names = defaultDetectors().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.slice(0, 3)).toEqual(["station-trust", "congestion-cells", "congestion-road"]);
  });
});
