import type { GeoPoint } from "../domain/place.ts";
import { bearingDeg, distanceM, headingDifferenceDeg } from "../geo/geodesy.ts";
import { lineLengthM } from "./line.ts";
import { splitLine } from "./osm-halting.ts";
import type { RoadPiece } from "./osm-pieces.ts";
import { isUrban, limitOf } from "./osm-tags.ts";

/** Roads outside towns; ramps are bends all over, and driven so. */
const CLASSES: ReadonlySet<string> = new Set(["motorway", "trunk", "primary", "secondary", "tertiary"]);

/** Curves are measured over this length, about two of the pieces that curves of motorways are drawn with. */
const WINDOW_M = 240;
const STEP_M = 20;

/** What one sees past the inside of a bend: a barrier and bushes this far from the eye (own: one lane and the verge), m. */
const CLEAR_ASIDE_M = 6;

/** Stopping: 1 s and 4 m/s² on a wet road (own). */
const REACTION_S = 1;
const STOPPING_MPS2 = 4;

const USUAL_KMH: Readonly<Record<string, number>> = { motorway: 130, trunk: 120 };
const OTHER_KMH = 100;

/** Bends nearer to each other than this are one; shorter ones, and what is left over at ends, are not worth a link. */
const JOINED_M = 100;
const LEAST_BEND_M = 60;
const LEAST_REST_M = 60;

const DEG_PER_RAD = 180 / Math.PI;

/**
 * Cuts out bends behind which a driver at the limit sees a standing queue later than the car can stop: a sight of S past an
 * obstacle at m needs a radius of S²/8m (geometry of the chord).
 */
export function cutBends(
  pieces: readonly RoadPiece[],
  firstNode: number,
): { pieces: RoadPiece[]; nextNode: number } {
  let nextNode = firstNode;
  const parts = pieces.flatMap((piece) => {
    const bends = bendsOf(piece);
    if (bends.length === 0) return [piece];
    const cut = cutAt(piece, bends, nextNode);
    nextNode += cut.length;
    return cut;
  });
  return { pieces: parts, nextNode };
}

type Stretch = readonly [fromM: number, toM: number];

function bendsOf({ road: { roadClass, tags }, points, halting }: RoadPiece): readonly Stretch[] {
  const limit = limitOf(tags, "forward");
  if (halting || !CLASSES.has(roadClass) || isUrban(tags, limit)) return [];
  const lengthM = lineLengthM(points);
  if (lengthM < WINDOW_M) return [];
  const speedMps = (limit ?? USUAL_KMH[roadClass] ?? OTHER_KMH) / 3.6;
  const sightM = speedMps * REACTION_S + (speedMps * speedMps) / (2 * STOPPING_MPS2);
  const leastTurnDeg = (DEG_PER_RAD * WINDOW_M * 8 * CLEAR_ASIDE_M) / (sightM * sightM);
  return joined(sharpPlaces(points, lengthM, leastTurnDeg), lengthM);
}

/** Windows over which the course changes by so much. */
function sharpPlaces(points: readonly GeoPoint[], lengthM: number, leastTurnDeg: number): Stretch[] {
  const places = [...Array(Math.floor(lengthM / STEP_M)).keys()].slice(1).map((i) => i * STEP_M);
  const along = splitLine(points, places).map((line) => line[0] as GeoPoint);
  along.push(points.at(-1) as GeoPoint);
  const half = WINDOW_M / STEP_M / 2;
  const sharp: Stretch[] = [];
  for (let i = half; i + half < along.length; i++) {
    const [before, here, after] = [along[i - half], along[i], along[i + half]] as [
      GeoPoint,
      GeoPoint,
      GeoPoint,
    ];
    if (distanceM(before, here) === 0 || distanceM(here, after) === 0) continue;
    // Two chords differ by half of what the course turns over both.
    const turnDeg = 2 * headingDifferenceDeg(bearingDeg(before, here), bearingDeg(here, after));
    if (turnDeg >= leastTurnDeg) sharp.push([(i - half) * STEP_M, (i + half) * STEP_M]);
  }
  return sharp;
}

function joined(sharp: readonly Stretch[], lengthM: number): Stretch[] {
  const bends: [number, number][] = [];
  for (const [fromM, toM] of sharp) {
    const last = bends.at(-1);
    if (last !== undefined && fromM - last[1] < JOINED_M) last[1] = Math.max(last[1], toM);
    else bends.push([fromM, toM]);
  }
  return bends
    .map(
      ([fromM, toM]): Stretch => [
        fromM < LEAST_REST_M ? 0 : fromM,
        lengthM - toM < LEAST_REST_M ? lengthM : toM,
      ],
    )
    .filter(([fromM, toM]) => toM - fromM >= LEAST_BEND_M);
}

function cutAt(piece: RoadPiece, bends: readonly Stretch[], firstNode: number): RoadPiece[] {
  const wholeM = lineLengthM(piece.points);
  const places = bends.flat().filter((placeM) => placeM > 0 && placeM < wholeM);
  const lines = splitLine(piece.points, places);
  return lines.map((points, i): RoadPiece => {
    const middleM = ((places[i - 1] ?? 0) + (places[i] ?? wholeM)) / 2;
    return {
      ...piece,
      id: lines.length === 1 ? piece.id : `${piece.id}.b${i}`,
      from: i === 0 ? piece.from : firstNode + i - 1,
      to: i === lines.length - 1 ? piece.to : firstNode + i,
      points,
      bend: bends.some(([fromM, toM]) => fromM < middleM && middleM < toM),
    };
  });
}
