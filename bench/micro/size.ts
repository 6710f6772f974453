/** How large the benchmarks are: the full size, or one that only shows that everything runs. */
export interface MicroSize {
  readonly stations: number;
  readonly areas: number;
  readonly sessions: number;
  readonly alerts: number;
  /** Sweeps of 100 ms until every station is known and the first windows are full. */
  readonly settlingSweeps: number;
  /** Stations of the memory measurement. */
  readonly heldStations: number;
  /** Station ids that come and go in the flatness measurement. */
  readonly passingStations: number;
}

export const FULL_SIZE: MicroSize = {
  stations: 100_000,
  areas: 10_000,
  sessions: 1_000,
  alerts: 5_000,
  settlingSweeps: 60,
  heldStations: 200_000,
  passingStations: 2_000_000,
};

export const SMOKE_SIZE: MicroSize = {
  stations: 2_000,
  areas: 200,
  sessions: 20,
  alerts: 100,
  settlingSweeps: 4,
  heldStations: 2_000,
  passingStations: 20_000,
};
