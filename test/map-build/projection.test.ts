import { describe, expect, test } from "vitest";
import { unprojectionFrom } from "../../src/map-build/projection.ts";

const UTM_32 = "+proj=utm +zone=32 +ellps=WGS84 +datum=WGS84 +units=m +no_defs";
const TMERC = "+proj=tmerc +lat_0=49 +lon_0=10 +k=0.9999 +x_0=1000 +y_0=2000 +ellps=GRS80 +units=m +no_defs";
const UTM_56_SOUTH = "+proj=utm +zone=56 +south +ellps=WGS84 +datum=WGS84 +units=m +no_defs";

/** Made with PROJ, by way of netconvert. */
const PLACES: readonly (readonly [string, number, number, number, number])[] = [
  [UTM_32, 340_011.0432, 5_696_818.1372, 51.4, 6.7],
  [UTM_32, 715_898.6945, 5_331_483.3327, 48.1, 11.9],
  [UTM_32, 500_000, 6_083_663.613, 54.9, 9],
  [TMERC, -228_603.8165, 274_102.2909, 51.4, 6.7],
  [TMERC, 142_497.019, -96_324.3585, 48.1, 11.9],
  [UTM_56_SOUTH, 333_568.941, 6_247_473.3368, -33.9, 151.2],
];

describe("unprojection", () => {
  test.each(PLACES)(
    "%s agrees with PROJ to the millimetre",
    (text, eastM, northM, latitudeDeg, longitudeDeg) => {
      const place = unprojectionFrom(text)(eastM, northM);
      expect(place.latitudeDeg).toBeCloseTo(latitudeDeg, 8);
      expect(place.longitudeDeg).toBeCloseTo(longitudeDeg, 8);
    },
  );

  test("does not guess what it does not know", () => {
    const refusal = (text: string) => {
      try {
        unprojectionFrom(text);
      } catch (error) {
        return (error as Error).message;
      }
      return "known";
    };
    expect(refusal("+proj=lcc +lat_1=1")).toMatch(/^its projection is not known: \+proj=lcc/);
    expect(refusal("-")).toMatch(/^its projection is not known: -/);
    expect(refusal("+proj=utm +ellps=WGS84")).toMatch(/no number for \+zone/);
    expect(refusal("+proj=utm +zone=32 +ellps=bessel")).toMatch(/the ellipsoid bessel, which is not known/);
  });
});
