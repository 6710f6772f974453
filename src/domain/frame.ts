import type { Observation, SecurityVerdict } from "./observation.ts";
import type { RejectionCode } from "./rejection.ts";
import type { Source } from "./station.ts";

/** One decoded item before validation. Times are UTC: the source's time base has been applied. */
export interface DecodedItem {
  readonly stationId: number;
  /** The station's own claim, Unix ms. */
  readonly observedAtMs: number;
  /** Who heard it: the roadside unit named in the item, else the source. */
  readonly receiver: string;
  readonly security: SecurityVerdict;
  readonly observation: Observation;
}

/** One decoded, accepted observation. */
export interface Frame {
  readonly stationId: number;
  /** Event time, Unix ms UTC: the station's claim, or the receive time where `clockReplaced`. */
  readonly observedAtMs: number;
  /** Receive time of the record, Unix ms. */
  readonly receivedAtMs: number;
  readonly source: Source;
  readonly receiver: string;
  readonly security: SecurityVerdict;
  /** Behind the watermark: used for hazards if fresh enough, left out of windows. */
  readonly late: boolean;
  /** A safety message with an unusable clock took its receive time; left out of windows. */
  readonly clockReplaced: boolean;
  readonly observation: Observation;
}

/** The same message heard again through another receiver: evidence for what the first copy caused. */
export interface Corroboration {
  readonly stationId: number;
  readonly observedAtMs: number;
  readonly receiver: string;
}

/** A report that validation did not believe: evidence about its station, not about the world. */
export interface Refusal {
  readonly stationId: number;
  readonly rejected: RejectionCode;
  readonly receivedAtMs: number;
}
