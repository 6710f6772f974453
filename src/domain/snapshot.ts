/** A value that survives JSON unchanged. State is kept in this form between runs. */
export type SnapshotValue =
  | string
  | number
  | boolean
  | null
  | readonly SnapshotValue[]
  | { readonly [name: string]: SnapshotValue };

/** Keeps state that must survive a restart. Snapshots are taken on ticks, between two records. */
export interface Snapshotable {
  /** Key of the part in the snapshot of the whole. */
  readonly name: string;
  /** Raised when the form of the snapshot changes; another version is refused. */
  readonly version: number;
  snapshot(): SnapshotValue;
  /** Replaces the state. Throws on a value that `snapshot` of this version cannot have made. */
  restore(value: SnapshotValue): void;
}
