import type { GeoPoint } from "../domain/place.ts";
import { LocalPlane } from "../geo/geodesy.ts";

/** Metres north and east of one origin for everything in an evaluation: within 0.1 % up to 20 km from it. */
export class Ground {
  readonly #plane: LocalPlane;

  constructor(origin: GeoPoint) {
    this.#plane = new LocalPlane(origin);
  }

  x(longitudeDeg: number): number {
    return this.#plane.eastM(longitudeDeg);
  }

  y(latitudeDeg: number): number {
    return this.#plane.northM(latitudeDeg);
  }

  xy(point: GeoPoint): Xy {
    return { x: this.x(point.longitudeDeg), y: this.y(point.latitudeDeg) };
  }

  point(x: number, y: number): GeoPoint {
    return this.#plane.point(y, x);
  }
}

/** East and north, m. */
export interface Xy {
  readonly x: number;
  readonly y: number;
}

const DEG_PER_RAD = 180 / Math.PI;

/** Direction from north clockwise, 0 ≤ x < 360. */
export function courseDeg(dx: number, dy: number): number {
  const angle = Math.atan2(dx, dy) * DEG_PER_RAD;
  return angle < 0 ? angle + 360 : angle;
}
