/** One line of the exposition. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** Differs from the series' name in histograms only (`…_bucket`, `…_sum`, `…_count`). */
  readonly metricName?: string;
}

/** A metric whose values are read when it is scraped. */
export interface Series {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly read: () => Sample[];
}

export const single = (value: number): Sample[] => [{ labels: {}, value }];
