import type { GeoPoint } from "../domain/place.ts";
import { DATE_LINE, type Extent, SOUTH_POLE } from "./cell-blocks.ts";
import { distanceBetweenM, LEAST_METRES_PER_DEGREE, metresPerDegree } from "./geodesy.ts";

const E7 = 1e7;

/** Below the least radius of curvature of the ellipsoid (6,335,439 m) and above the greatest degree of longitude, with a margin. */
const LEAST_RADIUS_M = 6_300_000;
const MOST_METRES_PER_DEGREE = 111_800;

/** Planes are kept by bands of latitude, 2^16 units or 728 m high: at most this far from the centre of a circle. */
const BAND_BITS = 16;
const BANDS = ((2 * SOUTH_POLE) >>> BAND_BITS) + 1;
const HALF_BAND_M = 370;

/** Metres per unit of 1e-7° north and east in the middle of each band. */
const PLANES = planes();

function planes(): Float64Array {
  const all = new Float64Array(2 * BANDS);
  for (let band = 0; band < BANDS; band++) {
    const middleE7 = (band + 0.5) * (1 << BAND_BITS) - SOUTH_POLE;
    const { northM, eastM } = metresPerDegree(Math.min(90, middleE7 / E7));
    all[2 * band] = northM / E7;
    all[2 * band + 1] = eastM / E7;
  }
  return all;
}

/** Up to which growth of a degree of longitude within the circle it is taken for a plane: 1 km at 87°, 100 km at 86 to 0°. */
const MOST_GROWTH = 0.25;

/** More than doubles round off in places on Earth, some nanometres, and less than anybody measures. */
const ROUNDING_M = 1e-6;

/**
 * The places within a distance of another, as `distanceBetweenM` has it. On a plane near the centre's latitude all but those
 * close to the bound are told apart by five multiplications; the others are measured.
 */
export class Circle {
  /** The centre, in units of 1e-7° from the south pole and from −180°. */
  x = 0.5;
  y = 0.5;
  /** Metres per unit. */
  northM = 0.5;
  eastM = 0.5;
  /** Squares of distances on the plane up to which a place is surely inside, and beyond which surely outside. */
  insideM2 = 0.5;
  outsideM2 = 0.5;
  /** An extent that holds the circle; undefined where it reaches a pole or the antimeridian. */
  extent: Extent | undefined = undefined;
  #latitudeDeg = 0.5;
  #longitudeDeg = 0.5;
  #radiusM = 0.5;

  set({ latitudeDeg, longitudeDeg }: GeoPoint, radiusM: number): void {
    this.#latitudeDeg = latitudeDeg;
    this.#longitudeDeg = longitudeDeg;
    this.#radiusM = radiusM;
    this.x = longitudeDeg * E7 + DATE_LINE;
    this.y = latitudeDeg * E7 + SOUTH_POLE;
    const band = this.y >>> BAND_BITS;
    this.northM = PLANES[2 * band] as number;
    this.eastM = PLANES[2 * band + 1] as number;
    const arc = (radiusM + HALF_BAND_M) / LEAST_RADIUS_M;
    const cosine = (this.eastM * E7) / MOST_METRES_PER_DEGREE;
    const tangent = Math.sqrt(1 - cosine * cosine) / cosine;
    const growth = tangent * arc + arc * arc;
    if (growth < MOST_GROWTH) this.#setPlane(tangent, arc, growth);
    else this.#setMeasured();
  }

  /** Whether a place is inside, measured. */
  holds(latitudeE7: number, longitudeE7: number): boolean {
    const toLat = latitudeE7 / E7;
    const toLon = longitudeE7 / E7;
    return distanceBetweenM(this.#latitudeDeg, this.#longitudeDeg, toLat, toLon) <= this.#radiusM;
  }

  /**
   * Distances on the plane are wrong by some share. Going north by an arc, a degree of longitude shrinks by its product with
   * the tangent of the latitude, half of which stays in the distance; the radii of curvature change by less than 0.01 of the
   * arc, and what is left is of the order of its square. The doubt is twice all that.
   */
  #setPlane(tangent: number, arc: number, growth: number): void {
    const radiusM = this.#radiusM;
    const farthestTangent = (tangent + 1.1 * arc) / (1 - 1.1 * growth);
    const doubt = (farthestTangent + 0.02) * arc + 2 * arc * arc + 1e-9;
    const insideM = radiusM * (1 - doubt) - ROUNDING_M;
    const outsideM = radiusM * (1 + doubt) + ROUNDING_M;
    this.insideM2 = insideM < 0 ? -1 : insideM * insideM;
    this.outsideM2 = outsideM * outsideM;
    const marginX = radiusM / (this.eastM * (1 - growth)) + 1;
    const marginY = (radiusM / LEAST_METRES_PER_DEGREE) * E7 + 1;
    const minX = Math.floor(this.x - marginX);
    const maxX = Math.ceil(this.x + marginX);
    const minY = Math.floor(this.y - marginY);
    const maxY = Math.ceil(this.y + marginY);
    const isFlat = minX >= 0 && maxX <= 2 * DATE_LINE && minY >= 0 && maxY <= 2 * SOUTH_POLE;
    this.extent = isFlat ? { minX, minY, maxX, maxY } : undefined;
  }

  #setMeasured(): void {
    this.insideM2 = -1;
    this.outsideM2 = Number.POSITIVE_INFINITY;
    this.extent = undefined;
  }
}
