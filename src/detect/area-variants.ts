import type { Detection } from "../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../domain/detector.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { areaTest, type TunedArea } from "./tuned-area.ts";

/** A detector with the values of an area. */
export interface AreaVariant {
  readonly area: TunedArea;
  readonly detector: Detector<unknown>;
}

/** State of every variant, the one for everywhere else first, and what each has told of. */
interface AreaState {
  readonly states: unknown[];
  /** Keys of detections that a variant may speak of, with the end of their validity, Unix ms. */
  readonly told: readonly Map<string, number>[];
}

/** Detectors may let things expire without an end; what has expired is forgotten this often. */
const FORGET_EVERY_MS = 60_000;

/** Things told of at a time by one variant; beyond it the oldest is forgotten and its end is not heard. Bounds memory. */
const MAX_TOLD = 100_000;

/**
 * One detector with other values in some areas. Each variant sees everything, so that nothing is lost at borders; told is
 * what begins in its own area, and it stays with the variant that told of it until it ends. What a detector provides for
 * others comes from the variant for everywhere else. Costs one run of the detector per area.
 */
export function inAreas(base: Detector<unknown>, variants: readonly AreaVariant[]): Detector<unknown> {
  const all = [base, ...variants.map(({ detector }) => detector)];
  const suffixes = ["", ...variants.map(({ area }) => `@${area.name}`)];
  const tests = variants.map(({ area }) => areaTest(area.where));
  const ownerOf = (detection: Detection, context: DetectionContext): number =>
    1 + tests.findIndex((test) => test(detection, context.roads));

  const passes = (
    detection: Detection,
    index: number,
    told: Map<string, number>,
    context: DetectionContext,
  ) => {
    const { key, phase, validUntilMs } = detection;
    if (phase === "end" || phase === "cancel") return told.delete(key);
    if (!told.has(key) && (phase !== "start" || ownerOf(detection, context) !== index)) return false;
    told.delete(key);
    told.set(key, validUntilMs);
    if (told.size > MAX_TOLD) told.delete(told.keys().next().value ?? "");
    return true;
  };

  const each = (
    state: AreaState,
    context: DetectionContext,
    emit: Emit,
    call: (detector: Detector<unknown>, own: unknown, emitOwn: Emit) => void,
  ): void => {
    for (const [index, detector] of all.entries()) {
      const told = state.told[index] as Map<string, number>;
      call(detector, state.states[index], (detection) => {
        if (!passes(detection, index, told, context)) return;
        emit(index === 0 ? detection : { ...detection, key: detection.key + suffixes[index] });
      });
    }
  };

  const asState = (state: unknown): AreaState => state as AreaState;
  return {
    name: base.name,
    snapshotVersion: base.snapshotVersion,
    ...(base.restartsEmpty === undefined ? {} : { restartsEmpty: base.restartsEmpty }),
    ...(base.hears === undefined ? {} : { hears: base.hears }),
    init: (): AreaState => ({ states: all.map((one) => one.init()), told: all.map(() => new Map()) }),
    onItem: (state, frame, context, emit) =>
      each(asState(state), context, emit, (one, own, tell) => one.onItem?.(own, frame, context, tell)),
    onCorroboration: (state, corroboration, context, emit) =>
      each(asState(state), context, emit, (one, own, tell) =>
        one.onCorroboration?.(own, corroboration, context, tell),
      ),
    onRefusal: (state, refusal, context, emit) =>
      each(asState(state), context, emit, (one, own, tell) => one.onRefusal?.(own, refusal, context, tell)),
    onSessionEnd: (state, end, context, emit) =>
      each(asState(state), context, emit, (one, own, tell) => one.onSessionEnd?.(own, end, context, tell)),
    onTick(state, tickMs, context, emit) {
      if (tickMs % FORGET_EVERY_MS === 0) for (const told of asState(state).told) forget(told, tickMs);
      each(asState(state), context, emit, (one, own, tell) => one.onTick?.(own, tickMs, context, tell));
    },
    provides: (state, roads) => base.provides?.(asState(state).states[0], roads) ?? {},
    snapshot: (state) => snapshotOf(asState(state), all),
    restore: (value) => restored(value, all),
  };
}

function forget(told: Map<string, number>, nowMs: number): void {
  for (const [key, validUntilMs] of told) if (validUntilMs < nowMs) told.delete(key);
}

function snapshotOf({ states, told }: AreaState, all: readonly Detector<unknown>[]): SnapshotValue {
  return all.map((detector, i) => ({
    state: detector.snapshot(states[i]),
    told: [...(told[i] ?? [])].map(([key, validUntilMs]) => [key, validUntilMs]),
  }));
}

function restored(value: SnapshotValue, all: readonly Detector<unknown>[]): AreaState {
  const parts = value as { readonly state: SnapshotValue; readonly told: [string, number][] }[];
  if (!Array.isArray(value) || parts.length !== all.length) {
    throw new Error(`snapshot holds ${Array.isArray(value) ? parts.length : 0} variants, not ${all.length}`);
  }
  return {
    states: all.map((detector, i) => detector.restore(parts[i]?.state as SnapshotValue)),
    told: parts.map(({ told }) => new Map(told)),
  };
}
