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

/** One series of a table: the rest of its name, its type, its help, and the number that it shows. */
export type GaugeRow<Gauges> = readonly [name: string, type: Series["type"], help: string, key: keyof Gauges];

/** The series of numbers that are read together; none of them has a sample where there are no numbers. */
export function gaugeTable<Gauges extends Readonly<Record<keyof Gauges, number>>>(
  prefix: string,
  rows: readonly GaugeRow<Gauges>[],
  read: () => Gauges | undefined,
): Series[] {
  return rows.map(([name, type, help, key]) => ({
    name: `${prefix}_${name}`,
    help,
    type,
    read: () => {
      const gauges = read();
      return gauges === undefined ? [] : single(gauges[key]);
    },
  }));
}
