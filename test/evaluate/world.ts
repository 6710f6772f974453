import type { Alert, AlertKind, AlertState, AlertTier, Severity } from "../../src/domain/alert.ts";
import type { GeoPoint, Outline } from "../../src/domain/place.ts";
import { type Episode, EpisodeBook } from "../../src/evaluate/episode.ts";
import { Ground } from "../../src/evaluate/ground.ts";
import { parseTruth } from "../../src/evaluate/read-truth.ts";
import { makeScene, type Scene } from "../../src/evaluate/scene.ts";
import { type VehicleTable, VehicleTableBuilder } from "../../src/evaluate/vehicle-table.ts";

/** Second 0 of truth files. */
export const EPOCH_MS = 1_790_000_000_000;

const ground = new Ground({ latitudeDeg: 51.4, longitudeDeg: 6.7 });

/** A place on a straight road to the east that begins at 0, or on one `northM` beside it. */
export function at(alongM: number, northM = 0): GeoPoint {
  return ground.point(alongM, northM);
}

export interface Drive {
  readonly stationId: number;
  readonly fromS: number;
  readonly fromM: number;
  readonly toM: number;
  readonly speedMps: number;
  /** Stands at the end until then. */
  readonly untilS?: number;
  readonly northM?: number;
}

/** A table of vehicles that drive east (or west, towards smaller metres) at constant speed, at 1 Hz. */
export function tableOf(drives: readonly Drive[]): VehicleTable {
  const rows = drives.flatMap((drive) => samples(drive));
  rows.sort((a, b) => a.timeMs - b.timeMs || a.stationId - b.stationId);
  const builder = new VehicleTableBuilder();
  for (const row of rows) builder.add(row);
  return builder.build();
}

function samples({ stationId, fromS, fromM, toM, speedMps, untilS, northM = 0 }: Drive) {
  const drivenS = Math.floor(Math.abs(toM - fromM) / speedMps);
  const lastS = untilS === undefined ? fromS + drivenS : untilS;
  const isEast = toM >= fromM;
  return Array.from({ length: lastS - fromS + 1 }, (_, s) => {
    const isDriving = s <= drivenS;
    const alongM = isDriving ? fromM + (isEast ? 1 : -1) * s * speedMps : toM;
    return {
      timeMs: EPOCH_MS + (fromS + s) * 1_000,
      stationId,
      type: "passenger-car" as const,
      ...at(alongM, northM),
      speedMps: isDriving ? speedMps : 0,
      headingDeg: isEast ? 90 : 270,
      accelerationMps2: 0,
    };
  });
}

/** Traffic on 6 km of road, every 5 s a vehicle in each direction, for `lastS` seconds. */
export function traffic(lastS: number): Drive[] {
  const starts = Array.from({ length: Math.floor(lastS / 5) }, (_, i) => i * 5);
  return starts.flatMap((fromS, i) => [
    { stationId: 1_000 + i, fromS, fromM: 0, toM: 6_000, speedMps: 30 },
    { stationId: 5_000 + i, fromS, fromM: 6_000, toM: 0, speedMps: 30, northM: 25 },
  ]);
}

export interface Queue {
  readonly onS: number;
  readonly offS: number;
  readonly tailM: number;
  readonly headM: number;
  readonly max_length_m?: number;
}

/** A truth file of queues that stand still, as JSON value. */
export function truthFile(
  queues: readonly Queue[],
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    source: "test",
    time_range_s: [0, 600],
    penetration: 1,
    queues: queues.map(({ onS, offS, tailM, headM, max_length_m = headM - tailM }) => ({
      road: "A1",
      direction: "rising",
      onset_s: onS,
      end_s: offS,
      max_length_m,
      columns: ["s", "tail_lon", "tail_lat", "head_lon", "head_lat"],
      series: [
        [onS, at(tailM).longitudeDeg, at(tailM).latitudeDeg, at(headM).longitudeDeg, at(headM).latitudeDeg],
      ],
    })),
    ...more,
  };
}

export function sceneOf(truth: unknown, drives: readonly Drive[] = traffic(600)): Scene {
  return makeScene(tableOf(drives), parseTruth(truth), undefined);
}

export interface AlertPlan {
  readonly kind?: AlertKind;
  readonly fromS: number;
  readonly toS: number;
  readonly tailM: number;
  readonly headM?: number;
  readonly headingDeg?: number | undefined;
  readonly tier?: AlertTier;
  readonly confirmedS?: number;
  readonly severity?: Severity;
  readonly northM?: number;
  readonly outline?: Outline;
}

/** Episodes of alerts as a pipeline would have told them. */
export function episodesOf(plans: readonly AlertPlan[]): readonly Episode[] {
  const book = new EpisodeBook();
  plans.forEach((plan, i) => {
    const tell = (s: number, state: AlertState, tier: AlertTier): void => {
      book.add(alertOf(`alert-${String(i).padStart(4, "0")}`, plan, s, state, tier));
    };
    const tier = plan.tier ?? "confirmed";
    tell(plan.fromS, "new", plan.confirmedS === undefined ? tier : "suspected");
    if (plan.confirmedS !== undefined) tell(plan.confirmedS, "updated", "confirmed");
    tell(plan.toS, "ended", tier);
  });
  return book.episodes(EPOCH_MS + 600_000);
}

function alertOf(alertId: string, plan: AlertPlan, s: number, state: AlertState, tier: AlertTier): Alert {
  const { tailM, headM = tailM, northM = 0, severity = 3 } = plan;
  const points = tailM === headM ? [at(tailM, northM)] : [at(tailM, northM), at(headM, northM)];
  return {
    alertId,
    kind: plan.kind ?? "congestion",
    state,
    tier,
    severity,
    detectedAtMs: EPOCH_MS + s * 1_000,
    beganAtMs: EPOCH_MS + plan.fromS * 1_000,
    position: at(tailM, northM),
    headingDeg: "headingDeg" in plan ? plan.headingDeg : 90,
    outline: plan.outline ?? { form: points.length === 1 ? "point" : "line", points },
  } as unknown as Alert;
}
