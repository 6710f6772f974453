import type { SubscriptionArea } from "../../../src/domain/subscription.ts";
import { seededRandom } from "../../support/random.ts";
import { HAZARD_REGION } from "../hazards.ts";

/** Areas that one hazard lies in, on average, however many there are: their size follows from their number. */
export const AREAS_PER_HAZARD = 3;

const METRES_PER_DEGREE = 111_319.5;
const POLYGON_POINTS = 12;
/** The protocol takes corridors of 5 km to each side at most. */
const MAX_HALF_WIDTH_M = 5_000;
const CORRIDOR_POINTS = 5;

/** Boxes, corridors and polygons in turn, spread over the region of the planted hazards. */
export function subscriptionAreas(areas: number, seed: number): SubscriptionArea[] {
  const random = seededRandom(seed);
  const { southDeg, westDeg, heightDeg, widthDeg } = HAZARD_REGION;
  const shrink = Math.cos(((southDeg + heightDeg / 2) * Math.PI) / 180);
  const regionM2 = heightDeg * widthDeg * shrink * METRES_PER_DEGREE * METRES_PER_DEGREE;
  const areaM2 = (regionM2 * AREAS_PER_HAZARD) / areas;
  return Array.from({ length: areas }, (_, index) => {
    const center = {
      latitudeDeg: southDeg + random() * heightDeg,
      longitudeDeg: westDeg + random() * widthDeg,
    };
    const place = (eastM: number, northM: number) => ({
      latitudeDeg: center.latitudeDeg + northM / METRES_PER_DEGREE,
      longitudeDeg: center.longitudeDeg + eastM / METRES_PER_DEGREE / shrink,
    });
    if (index % 3 === 0) return boxOf(areaM2, place);
    return index % 3 === 1 ? polygonOf(areaM2, place) : corridorOf(areaM2, random() * Math.PI, place);
  });
}

type Place = (eastM: number, northM: number) => { latitudeDeg: number; longitudeDeg: number };

function boxOf(areaM2: number, place: Place): SubscriptionArea {
  const halfM = Math.sqrt(areaM2) / 2;
  const southWest = place(-halfM, -halfM);
  const northEast = place(halfM, halfM);
  return {
    form: "box",
    box: {
      southDeg: southWest.latitudeDeg,
      westDeg: southWest.longitudeDeg,
      northDeg: northEast.latitudeDeg,
      eastDeg: northEast.longitudeDeg,
    },
  };
}

/** A star of twelve points: the inner ones lie at six tenths of the outer ones, so that it is not convex. */
function polygonOf(areaM2: number, place: Place): SubscriptionArea {
  const inner = 0.6;
  const wedge = (Math.sin((2 * Math.PI) / POLYGON_POINTS) * POLYGON_POINTS * inner) / 2;
  const outerM = Math.sqrt(areaM2 / wedge);
  const points = Array.from({ length: POLYGON_POINTS }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / POLYGON_POINTS;
    const distanceM = corner % 2 === 0 ? outerM : outerM * inner;
    return place(Math.cos(angle) * distanceM, Math.sin(angle) * distanceM);
  });
  return { form: "polygon", points };
}

/** A road that bends a little, ten times as long as wide where the protocol's widest corridor allows that. */
function corridorOf(areaM2: number, headingRad: number, place: Place): SubscriptionArea {
  const halfWidthM = Math.min(MAX_HALF_WIDTH_M, Math.sqrt(areaM2 / 10) / 2);
  const lengthM = areaM2 / (2 * halfWidthM);
  const points = Array.from({ length: CORRIDOR_POINTS }, (_, step) => {
    const alongM = (step / (CORRIDOR_POINTS - 1) - 0.5) * lengthM;
    const asideM = (step % 2) * halfWidthM;
    return place(
      Math.cos(headingRad) * alongM - Math.sin(headingRad) * asideM,
      Math.sin(headingRad) * alongM + Math.cos(headingRad) * asideM,
    );
  });
  return { form: "corridor", points, halfWidthM };
}
