import type { RoadMatch } from "../../domain/road.ts";
import type { RoadTrack } from "./road-track.ts";

/** What is needed of a report. */
interface Report {
  readonly latitudeE7: number;
  readonly longitudeE7: number;
  readonly speedMps: number;
}

/** One of the reports that were looked at. */
export interface FitSample {
  latitudeDeg: number;
  longitudeDeg: number;
  /** Course over ground, degrees; NaN: unknown. */
  courseDeg: number;
  /** On a road of the map, in its direction, and on its lanes. */
  fits: boolean;
  /** Stands for the station. */
  track: RoadTrack | undefined;
}

/** Every so many reports one is kept: enough from 20 stations, and no cost with 100,000. A prime, so that batches do not beat. */
export const SAMPLED_EVERY = 31;

/** More between two looks tell no more. */
const MAX_SAMPLES = 1_024;

/** Slower vehicles may be in yards and car parks. */
const LEAST_SPEED_MPS = 12;

/** Half a lane (RAS-Q: 3.5 to 3.75 m), and what satellite positions and drawn lines are off together. */
const HALF_LANE_M = 1.75;
const OFF_LANES_M = 8;

/**
 * A sample of how reports lie on the map, for those who watch whether the map fits the traffic. Holds nothing that detection
 * depends on: it is neither in snapshots nor in recordings.
 */
export class MapFit {
  readonly #ring: FitSample[] = [];
  #count = 0;

  note(track: RoadTrack, { latitudeE7, longitudeE7, speedMps }: Report, match: RoadMatch | undefined): void {
    if (!(speedMps >= LEAST_SPEED_MPS)) return;
    const at = this.#count % MAX_SAMPLES;
    let sample = this.#ring[at];
    if (sample === undefined) {
      sample = emptySample();
      this.#ring[at] = sample;
    }
    sample.latitudeDeg = latitudeE7 / 1e7;
    sample.longitudeDeg = longitudeE7 / 1e7;
    sample.courseDeg = track.courseDeg;
    sample.fits = isOnLanes(match);
    sample.track = track;
    this.#count++;
  }

  /** Shows what has come since the last call, at most the newest thousand, and forgets it. */
  take(onSample: (sample: FitSample) => void): void {
    const kept = Math.min(this.#count, MAX_SAMPLES);
    this.#count = 0;
    for (let i = 0; i < kept; i++) {
      const sample = this.#ring[i] as FitSample;
      onSample(sample);
      sample.track = undefined;
    }
  }
}

function emptySample(): FitSample {
  return {
    latitudeDeg: Number.NaN,
    longitudeDeg: Number.NaN,
    courseDeg: Number.NaN,
    fits: false,
    track: undefined,
  };
}

function isOnLanes(match: RoadMatch | undefined): boolean {
  if (match === undefined || match.against) return false;
  return Math.abs(match.lateralM) <= match.link.lanes * HALF_LANE_M + OFF_LANES_M;
}
