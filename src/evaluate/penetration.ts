import { shareOf } from "./chance.ts";
import { EvaluationError } from "./evaluation-error.ts";
import type { Ground } from "./ground.ts";
import { squareKey } from "./road-line.ts";
import { share } from "./statistics.ts";
import type { Truth, TruthEvent } from "./truth.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** What share of all vehicles a recording holds, and how that is known. */
export interface RecordedPenetration {
  readonly value: number;
  /** Upper 95 % bound: more than this cannot be drawn. */
  readonly high: number;
  readonly from: "given" | "truth file" | "witnesses of the truth";
  readonly witnesses: number;
}

/** Fewer witnesses tell too little. */
const LEAST_WITNESSES = 20;
/** Above this share of the witnesses all vehicles are there; the rest left the recorded area meanwhile. */
const WHOLE = 0.98;

/**
 * The recording's own penetration: as given, as the truth file says, or as the share of the vehicles of which the truth
 * knows that they were in the recorded area and that the recording holds.
 * @throws EvaluationError where nothing tells
 */
export function recordedPenetration(
  table: VehicleTable,
  truth: Truth,
  victims: ReadonlySet<number>,
  ground: Ground,
  given: number | undefined,
): RecordedPenetration {
  if (given !== undefined) return { value: given, high: given, from: "given", witnesses: 0 };
  if (truth.penetration !== undefined)
    return { value: truth.penetration, high: truth.penetration, from: "truth file", witnesses: 0 };
  const [present, all] = countWitnesses(table, truth, victims, ground);
  if (all < LEAST_WITNESSES)
    throw new EvaluationError(
      "Nothing tells what share of all vehicles the recording holds.",
      "Name it with --recorded-penetration, 1 where it holds them all.",
    );
  const { value = 0, high = 0 } = share(present, all);
  if (value >= WHOLE) return { value: 1, high: 1, from: "witnesses of the truth", witnesses: all };
  return { value, high, from: "witnesses of the truth", witnesses: all };
}

/** Distinct stations: a vehicle that stops ten times is one witness. Its own hazard stations do not count: files keep them. */
function countWitnesses(
  table: VehicleTable,
  truth: Truth,
  victims: ReadonlySet<number>,
  ground: Ground,
): readonly [number, number] {
  const recorded = new Set(table.stationIds);
  const covered = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    covered.add(
      squareKey(ground.x(table.longitudeDeg[row] as number), ground.y(table.latitudeDeg[row] as number)),
    );
  }
  const seen = new Set<number>();
  let present = 0;
  for (const { timeMs, stationId, place } of truth.witnesses) {
    if (seen.has(stationId) || victims.has(stationId)) continue;
    if (timeMs < table.firstMs || timeMs > table.lastMs) continue;
    const { x, y } = ground.xy(place);
    if (!covered.has(squareKey(x, y))) continue;
    seen.add(stationId);
    if (recorded.has(stationId)) present++;
  }
  return [present, seen.size];
}

/** Stations that are a hazard themselves. */
export function victimsOf(events: readonly TruthEvent[]): ReadonlySet<number> {
  return new Set(events.flatMap(({ stationIds, dontCare }) => (dontCare === undefined ? stationIds : [])));
}

export type VictimDraw = "drawn" | "equipped" | "bare";

export interface DrawOptions {
  /** Share of all vehicles that are equipped, 0 < p ≤ 1; undefined: all that are recorded. */
  readonly penetration: number | undefined;
  readonly recorded: RecordedPenetration;
  readonly seed: number;
  /** Vehicles that are the hazard: in the draw like all others, always equipped, or never. */
  readonly victims: VictimDraw;
}

/**
 * Which vehicles are equipped in one run. The share is absolute: of a recording of 30 % of all vehicles a draw of 5 % keeps
 * every sixth. Vehicles that are a hazard are in such recordings always, so they are drawn by the share itself.
 * @throws EvaluationError where the recording holds fewer than asked
 */
export function drawEquipped(
  table: VehicleTable,
  hazards: ReadonlySet<number>,
  options: DrawOptions,
): Uint8Array {
  const { penetration, recorded, seed, victims } = options;
  const equipped = new Uint8Array(table.stationIds.length);
  if (penetration !== undefined) refuseTooMany(penetration, recorded);
  const portion = penetration === undefined ? 1 : Math.min(1, penetration / recorded.value);
  table.stationIds.forEach((stationId, vehicle) => {
    const isVictim = hazards.has(stationId);
    const chance = isVictim ? (penetration ?? 1) : portion;
    let isEquipped = shareOf(seed, 1, stationId) < chance;
    if (isVictim && victims !== "drawn") isEquipped = victims === "equipped";
    equipped[vehicle] = isEquipped ? 1 : 0;
  });
  return equipped;
}

const percent = (value: number): string => `${Math.round(value * 1_000) / 10} %`;

function refuseTooMany(asked: number, recorded: RecordedPenetration): void {
  if (asked <= recorded.high + 1e-9) return;
  throw new EvaluationError(
    `The recording holds ${percent(recorded.value)} of all vehicles, so ${percent(asked)} cannot be drawn from it.`,
    `Ask for ${percent(recorded.value)} at most, or take a recording of all vehicles.`,
  );
}
