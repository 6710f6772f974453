import type { Observation } from "./observation.ts";
import { SensorTests } from "./sensor-tests.ts";

/** Window of the figures, in pieces that run out one by one. */
export const QUALITY_WINDOW_MS = 60_000;
const PIECES = 6;
const PIECE_MS = QUALITY_WINDOW_MS / PIECES;

class Piece {
  number = -1;
  messages = 0;
  received = 0;
  accepted = 0;
  duplicate = 0;
  rejected = 0;
  late = 0;
  longestGapMs = 0;
  /** Least receive time minus event time: what the clock is off, and the way at its fastest. */
  leastSkewMs = Number.POSITIVE_INFINITY;
  /** Items from the future, and the least of their skews: kept apart, since one station must not speak for all. */
  ahead = 0;
  leastAheadMs = 0;
  positions = 0;
  positionsWithAccuracy = 0;
  accuracySumM = 0;

  restart(number: number): void {
    this.number = number;
    this.messages = 0;
    this.received = 0;
    this.accepted = 0;
    this.duplicate = 0;
    this.rejected = 0;
    this.late = 0;
    this.longestGapMs = 0;
    this.leastSkewMs = Number.POSITIVE_INFINITY;
    this.ahead = 0;
    this.leastAheadMs = 0;
    this.positions = 0;
    this.positionsWithAccuracy = 0;
    this.accuracySumM = 0;
  }
}

/** The last minute of a source. */
export interface MinuteOfSource {
  /** What the figures rest on, s: 60, or less where the source is younger. */
  readonly seconds: number;
  readonly messages: number;
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly late: number;
  readonly longestGapMs: number;
  /** Undefined where no motion was reported. */
  readonly skewMs: number | undefined;
  readonly positions: number;
  readonly positionsWithAccuracy: number;
  readonly meanAccuracyM: number | undefined;
}

/** What a unit told last about itself. */
export interface UnitState {
  readonly gnssLocked: boolean | undefined;
  readonly clockOffsetMs: number | undefined;
  readonly lostMessages: number | undefined;
}

/**
 * Figures from which the quality of a source is judged: six sums of ten seconds each, so that an item costs a few
 * additions and nothing is allocated. All times are receive times.
 */
export class SourceQuality {
  firstReceivedAtMs = Number.NaN;
  lastReceivedAtMs = Number.NaN;
  readonly sensors = new SensorTests();
  unit: UnitState | undefined = undefined;
  readonly #pieces: readonly Piece[] = Array.from({ length: PIECES }, () => new Piece());

  /** Takes a message with what became of its items. */
  noteMessage(
    receivedAtMs: number,
    received: number,
    accepted: number,
    duplicate: number,
    late: number,
  ): void {
    const piece = this.#pieceAt(receivedAtMs);
    const gapMs = receivedAtMs - this.lastReceivedAtMs;
    if (gapMs > piece.longestGapMs) piece.longestGapMs = gapMs;
    if (Number.isNaN(this.firstReceivedAtMs)) this.firstReceivedAtMs = receivedAtMs;
    this.lastReceivedAtMs = receivedAtMs;
    piece.messages++;
    piece.received += received;
    piece.accepted += accepted;
    piece.duplicate += duplicate;
    piece.rejected += received - accepted - duplicate;
    piece.late += late;
  }

  /** Takes an item before it is judged: a clock that is wrong must show here. */
  noteItem(observation: Observation, observedAtMs: number, receivedAtMs: number): void {
    if (observation.kind === "motion") {
      const piece = this.#pieceAt(receivedAtMs);
      const skewMs = receivedAtMs - observedAtMs;
      if (skewMs < -FUTURE_MS) noteAhead(piece, skewMs);
      else if (skewMs < piece.leastSkewMs) piece.leastSkewMs = skewMs;
      piece.positions++;
      if (observation.positionAccuracyM === undefined) return;
      piece.positionsWithAccuracy++;
      piece.accuracySumM += observation.positionAccuracyM;
    } else if (observation.kind === "sensor") {
      const { reading, sensorName } = observation;
      if (reading.type === "loop") this.sensors.take(sensorName, reading, receivedAtMs);
      else if (reading.type === "unit-health") this.unit = reading;
    }
  }

  /** Sums of the last minute before a time. */
  minuteBefore(nowMs: number): MinuteOfSource {
    const sum = new Piece();
    const oldest = Math.floor(nowMs / PIECE_MS) - PIECES + 1;
    for (const piece of this.#pieces) if (piece.number >= oldest) addPiece(sum, piece);
    const ageMs = Number.isNaN(this.firstReceivedAtMs) ? 0 : nowMs - this.firstReceivedAtMs;
    const windowMs = QUALITY_WINDOW_MS - PIECE_MS + (nowMs % PIECE_MS);
    const { messages, received, accepted, duplicate, rejected, late, longestGapMs, positions } = sum;
    return {
      seconds: Math.max(1, Math.min(ageMs, windowMs) / 1_000),
      messages,
      received,
      accepted,
      duplicate,
      rejected,
      late,
      longestGapMs,
      skewMs: skewOf(sum),
      positions,
      positionsWithAccuracy: sum.positionsWithAccuracy,
      meanAccuracyM:
        sum.positionsWithAccuracy === 0 ? undefined : sum.accuracySumM / sum.positionsWithAccuracy,
    };
  }

  #pieceAt(timeMs: number): Piece {
    const number = Math.floor(timeMs / PIECE_MS);
    const piece = this.#pieces[number % PIECES] as Piece;
    if (piece.number !== number) piece.restart(number);
    return piece;
  }
}

/** As validation has it: what lies farther ahead is a wrong clock. */
const FUTURE_MS = 2_000;

function noteAhead(piece: Piece, skewMs: number): void {
  piece.ahead++;
  if (skewMs < piece.leastAheadMs) piece.leastAheadMs = skewMs;
}

/** The source's clock is ahead where most of its stations are; a single one has a wrong clock of its own. */
function skewOf({ ahead, positions, leastAheadMs, leastSkewMs }: Piece): number | undefined {
  if (ahead * 2 > positions) return leastAheadMs;
  return Number.isFinite(leastSkewMs) ? leastSkewMs : undefined;
}

function addPiece(sum: Piece, piece: Piece): void {
  sum.messages += piece.messages;
  sum.received += piece.received;
  sum.accepted += piece.accepted;
  sum.duplicate += piece.duplicate;
  sum.rejected += piece.rejected;
  sum.late += piece.late;
  sum.longestGapMs = Math.max(sum.longestGapMs, piece.longestGapMs);
  sum.leastSkewMs = Math.min(sum.leastSkewMs, piece.leastSkewMs);
  sum.ahead += piece.ahead;
  sum.leastAheadMs = Math.min(sum.leastAheadMs, piece.leastAheadMs);
  sum.positions += piece.positions;
  sum.positionsWithAccuracy += piece.positionsWithAccuracy;
  sum.accuracySumM += piece.accuracySumM;
}
