import { destinationPoint } from "../../src/geo/geodesy.ts";
import { seededRandom } from "../support/random.ts";
import type { ToldReport, TrueReport } from "./report.ts";

/** The five attacks of VeReMi (van der Heijden et al. 2018); each falsifies the position, the last also the speed. */
export const ATTACKS = [
  "constant-position",
  "random-position",
  "eventual-stop",
  "random-offset",
  "constant-offset",
] as const;
export type Attack = (typeof ATTACKS)[number];

/** VeReMi: constant offset of +250 m and −150 m; random offset of up to 300 m on each axis. */
const CONSTANT_OFFSET_M = { eastM: 250, northM: -150 };
const RANDOM_OFFSET_M = 300;

/** VeReMi: the probability of the stop grows by 0.025 with each report at 1 Hz. */
const STOP_GROWTH_PER_S = 0.025;

interface Extent {
  readonly southDeg: number;
  readonly northDeg: number;
  readonly westDeg: number;
  readonly eastDeg: number;
}

type Liar = (report: TrueReport) => TrueReport;

/** Makes a share of the stations attackers. Everything else stays as it is. */
export function withAttack(
  reports: readonly TrueReport[],
  attack: Attack,
  share: number,
  seed: number,
): ToldReport[] {
  const random = seededRandom(seed * 31 + ATTACKS.indexOf(attack));
  const extent = extentOf(reports);
  const liars = new Map<number, Liar | undefined>();
  return reports.map((report) => {
    if (!liars.has(report.stationId)) {
      liars.set(report.stationId, random() < share ? liarOf(attack, extent, random) : undefined);
    }
    const told = liars.get(report.stationId)?.(report) ?? report;
    const isLie = told !== report;
    return { ...told, isLie, trueLatitudeDeg: report.latitudeDeg, trueLongitudeDeg: report.longitudeDeg };
  });
}

function liarOf(attack: Attack, extent: Extent, random: () => number): Liar {
  switch (attack) {
    case "constant-position": {
      const place = somewhere(extent, () => 0.5);
      return (report) => ({ ...report, ...place });
    }
    case "random-position":
      return (report) => ({ ...report, ...somewhere(extent, random) });
    case "random-offset":
      return (report) => {
        const eastM = (random() * 2 - 1) * RANDOM_OFFSET_M;
        const northM = (random() * 2 - 1) * RANDOM_OFFSET_M;
        return { ...report, ...moved(report, northM, eastM) };
      };
    case "constant-offset":
      return (report) => ({ ...report, ...moved(report, CONSTANT_OFFSET_M.northM, CONSTANT_OFFSET_M.eastM) });
    case "eventual-stop":
      return stopper(random);
  }
}

function stopper(random: () => number): Liar {
  let stopped: TrueReport | undefined;
  let chance = 0;
  let beforeMs: number | undefined;
  return (report) => {
    const elapsedS = (report.atMs - (beforeMs ?? report.atMs)) / 1_000;
    beforeMs = report.atMs;
    if (stopped === undefined) {
      chance += STOP_GROWTH_PER_S * elapsedS;
      if (random() >= chance * elapsedS) return report;
      stopped = report;
    }
    const { latitudeDeg, longitudeDeg, headingDeg } = stopped;
    return { ...report, latitudeDeg, longitudeDeg, headingDeg, speedMps: 0, accelerationMps2: 0 };
  };
}

function moved(report: TrueReport, northM: number, eastM: number) {
  return destinationPoint(destinationPoint(report, 0, northM), 90, eastM);
}

function somewhere({ southDeg, northDeg, westDeg, eastDeg }: Extent, random: () => number) {
  return {
    latitudeDeg: southDeg + (northDeg - southDeg) * random(),
    longitudeDeg: westDeg + (eastDeg - westDeg) * random(),
  };
}

function extentOf(reports: readonly TrueReport[]): Extent {
  let [southDeg, northDeg, westDeg, eastDeg] = [90, -90, 180, -180];
  for (const { latitudeDeg, longitudeDeg } of reports) {
    southDeg = Math.min(southDeg, latitudeDeg);
    northDeg = Math.max(northDeg, latitudeDeg);
    westDeg = Math.min(westDeg, longitudeDeg);
    eastDeg = Math.max(eastDeg, longitudeDeg);
  }
  return { southDeg, northDeg, westDeg, eastDeg };
}
