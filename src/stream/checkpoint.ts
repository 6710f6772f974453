import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";

interface SavedPart {
  readonly version: number;
  readonly state: SnapshotValue;
}

/** The state of several parts under their names, each with its version. */
export function snapshotParts(parts: readonly Snapshotable[]): SnapshotValue {
  return Object.fromEntries(
    parts.map((part) => [part.name, { version: part.version, state: part.snapshot() }]),
  );
}

/**
 * Gives each part its state back.
 * @throws Error naming the part whose state is missing or was written in another version.
 */
export function restoreParts(parts: readonly Snapshotable[], snapshot: SnapshotValue): void {
  const saved = snapshot as unknown as Readonly<Record<string, SavedPart | undefined>>;
  for (const part of parts) {
    const state = saved[part.name];
    if (state?.version !== part.version) {
      throw new Error(
        `the snapshot holds "${part.name}" in version ${state?.version ?? "none"}; this build reads version ${part.version}`,
      );
    }
    part.restore(state.state);
  }
}
