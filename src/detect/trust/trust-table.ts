import type { SnapshotValue } from "../../domain/snapshot.ts";
import { StationRows } from "../station-rows.ts";

/**
 * Words of a row, all 32-bit integers: V8 then neither allocates nor follows pointers, and what a report needs stands in
 * two lines of the cache. Positions in 1e-7°, times in ms modulo 2^32 (differences are what counts), speeds in cm/s,
 * headings in 0.1°, lengths in cm.
 */
export const Word = {
  station: 0,
  latitude: 1,
  longitude: 2,
  observed: 3,
  received: 4,
  speed: 5,
  heading: 6,
  /** Bits of `Flag`. */
  flags: 7,
  /** Weight of the evidence against the station, 1/1000 nat. */
  suspicion: 8,
  /** Reports in a row that fitted, at most `MAX_CREDIT`. */
  credit: 9,
  /** The report before. */
  latitudeBefore: 10,
  longitudeBefore: 11,
  speedBefore: 12,
  /** Where the present window began, and when. */
  anchorLatitude: 13,
  anchorLongitude: 14,
  anchorObserved: 15,
  /** Way since then by the reported speeds and headings, and its length. */
  wayNorth: 16,
  wayEast: 17,
  wayLength: 18,
  /** Windows in a row that could not be judged. */
  blindWindows: 19,
  /** Mean offset from the road's line, left positive. */
  lateral: 20,
  /** Second (of receive time) of the latest evidence of a kind that one message after another may give. */
  doubtSecond: 21,
  rangeSecond: 22,
  firstReceived: 23,
  /** Index in `STATION_TYPES`; length in dm + 1, 0: untold. */
  type: 24,
  length: 25,
  /** Where it waits among the silent stations. */
  silentCell: 26,
  /** Time and expected speed of the latest hazard notice. */
  noticeReceived: 27,
  noticeSpeed: 28,
  /** Reports in a row that came too fast after one another. */
  hurried: 29,
  /** Checks that have ever failed, bits of `Check`. */
  failed: 30,
} as const;

export const ROW_WORDS = 32;

export const Flag = {
  /** The present window holds something that no way can be computed from. */
  blindWindow: 1,
  /** Waits among the silent stations, for a successor under another pseudonym. */
  silent: 2,
  /** A later pseudonym of the same road user is known. */
  succeeded: 4,
  /** Has stopped without braking. */
  abruptStop: 8,
  /** Has told of distress itself: what it does is not held against it. */
  distress: 16,
  /** Reports its direction of travel as backward. */
  backward: 32,
  lateralKnown: 64,
  /** Holds a report; without it the station is known by refusals only. */
  reported: 128,
  /** Was in the place of another vehicle when it was looked at last. */
  overlapping: 256,
} as const;

/** What is known of each station's word. */
export class TrustTable extends StationRows {
  constructor(maxRows: number) {
    super(ROW_WORDS, maxRows);
  }

  /** @throws Error on rows of another form. */
  static from(value: SnapshotValue | undefined, maxRows: number): TrustTable {
    const table = new TrustTable(maxRows);
    table.restore(value);
    return table;
  }
}
