/** A quality card as `GET /v1/sources` tells it; members that JSON leaves out are absent. */
export interface SourceCard {
  readonly source: string;
  readonly verdict: "ok" | "doubtful" | "failed";
  readonly reasons: readonly string[];
  readonly silentS?: number;
  readonly lastMinute: {
    readonly messagesPerS: number;
    readonly itemsPerS: number;
    readonly acceptedShare: number;
    readonly duplicateShare: number;
    readonly rejectedShare: number;
    readonly lateShare: number;
    readonly longestGapMs: number;
    readonly clockSkewMs?: number;
    readonly positionsWithAccuracyShare?: number;
    readonly meanPositionAccuracyM?: number;
  };
  readonly totals: {
    readonly received: number;
    readonly accepted: number;
    readonly duplicate: number;
    readonly late: number;
    readonly shed: number;
    readonly rejectedByReason: Readonly<Record<string, number>>;
  };
  readonly sensors: { readonly lanes: number; readonly failures: readonly unknown[] };
}
