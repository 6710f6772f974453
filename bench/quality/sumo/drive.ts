import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LightBit } from "../../../src/domain/observation.ts";
import { toPlan } from "../plan/plane.ts";
import type { PlanRoad } from "../plan/road.ts";
import type { Sample } from "../samples.ts";
import { NO_VALIDATION } from "./network.ts";

export interface SumoDrive {
  readonly net: string;
  /** Body of the routes file. */
  readonly routes: string;
  readonly seed: number;
  readonly durationS: number;
  readonly stepS: number;
  /** Simulated before second 0, until traffic is there, s. */
  readonly warmUpS: number;
  /** The road that an edge is part of. */
  readonly roadOf: (edge: string) => PlanRoad | undefined;
  readonly lightsOf?: (name: string, atS: number, speedMps: number) => number;
}

let found: boolean | undefined;

/** Whether SUMO can be run here. */
export function hasSumo(): boolean {
  found ??= spawnSync("sumo", ["--version"], { stdio: "ignore" }).status === 0;
  return found;
}

/** German traffic by day: nobody brakes harder than 3.6 m/s² by choice, or 4.5 in need, unless a scenario says so. */
export const VEHICLE_TYPES = `<vTypeDistribution id="traffic">
<vType id="passengerCar" vClass="passenger" length="4.6" accel="2.6" decel="3.6" emergencyDecel="4.5" tau="1.1" sigma="0.4" speedFactor="normc(1.02,0.08,0.85,1.25)" probability="0.78"/>
<vType id="lightTruck" vClass="delivery" length="6.5" accel="2.0" decel="3.6" emergencyDecel="4.5" tau="1.1" sigma="0.4" speedFactor="normc(0.98,0.06,0.85,1.15)" probability="0.1"/>
<vType id="heavyTruck" vClass="truck" length="16.5" accel="1.0" decel="3.3" emergencyDecel="3.9" tau="1.3" sigma="0.3" maxSpeed="24.4" speedFactor="normc(0.9,0.04,0.8,1.0)" probability="0.12"/>
</vTypeDistribution>
<vType id="passengerCar.stopping" vClass="passenger" length="4.6" accel="2.6" decel="7.5" emergencyDecel="7.5" sigma="0" lcStrategic="10" lcKeepRight="0"/>`;

/** Runs SUMO and reads every vehicle of every step from its floating-car output. */
export function runSumo(folder: string, drive: SumoDrive): Sample[] {
  const routes = join(folder, "plan.rou.xml");
  const fcd = join(folder, "plan.fcd.xml");
  writeFileSync(routes, `<routes>\n${VEHICLE_TYPES}\n${drive.routes}\n</routes>\n`);
  const options = [
    ["--net-file", drive.net],
    ["--route-files", routes],
    ["--fcd-output", fcd],
    ["--fcd-output.geo"],
    ["--fcd-output.acceleration"],
    ["--precision.geo", "7"],
    ["--device.fcd.begin", String(drive.warmUpS)],
    ["--end", String(drive.warmUpS + drive.durationS)],
    ["--step-length", String(drive.stepS)],
    ["--time-to-teleport", "-1"],
    ["--collision.action", "warn"],
    ["--seed", String(drive.seed)],
    ["--no-step-log"],
    ["--no-warnings"],
    ["--duration-log.disable"],
  ].flat();
  execFileSync("sumo", [...options, ...NO_VALIDATION], { stdio: ["ignore", "ignore", "pipe"] });
  return readFloatingCars(readFileSync(fcd, "utf8"), drive);
}

const TIMESTEP = /<timestep time="([\d.]+)"/;
const ATTRIBUTE = / (\w+)="([^"]*)"/g;

function readFloatingCars(text: string, drive: SumoDrive): Sample[] {
  const reader = new FloatingCars(drive);
  const samples: Sample[] = [];
  let atS = 0;
  for (const line of text.split("\n")) {
    const step = TIMESTEP.exec(line);
    if (step !== null) atS = Math.round((Number(step[1]) - drive.warmUpS) * 10) / 10;
    else if (line.includes("<vehicle ")) {
      const sample = reader.read(line, atS);
      if (sample !== undefined) samples.push(sample);
    }
  }
  return samples;
}

const LENGTHS_M: Readonly<Record<string, number>> = { passengerCar: 4.6, lightTruck: 6.5, heavyTruck: 16.5 };

class FloatingCars {
  readonly #drive: SumoDrive;
  readonly #numbers = new Map<string, number>();
  /** Road of each vehicle, for the lanes inside junctions, which belong to none. */
  readonly #last = new Map<string, { readonly road: PlanRoad; readonly routeM: number }>();

  constructor(drive: SumoDrive) {
    this.#drive = drive;
  }

  read(line: string, atS: number): Sample | undefined {
    const a: Record<string, string> = {};
    for (const [, key = "", value = ""] of line.matchAll(ATTRIBUTE)) a[key] = value;
    const name = a["id"] ?? "";
    const lane = a["lane"] ?? "";
    const last = this.#last.get(name);
    const road = this.#drive.roadOf(lane.slice(0, lane.lastIndexOf("_"))) ?? last?.road;
    if (road === undefined) return undefined;
    const place = { latitudeDeg: Number(a["y"]), longitudeDeg: Number(a["x"]) };
    const routeM = road.placeOf(toPlan(place), last?.road === road ? last.routeM : undefined);
    this.#last.set(name, { road, routeM });
    const speedMps = Number(a["speed"]);
    const type = (a["type"] ?? "").split(".")[0] ?? "";
    return {
      atS,
      vehicle: this.#numberOf(name),
      type,
      ...place,
      speedMps,
      headingDeg: Number(a["angle"]) % 360,
      accelerationMps2: Number(a["acceleration"]),
      road: road.id,
      lane: Number(lane.slice(lane.lastIndexOf("_") + 1)),
      routeM,
      lengthM: LENGTHS_M[type] ?? 4.6,
      lightBits: LightBit.daytime | (this.#drive.lightsOf?.(name, atS, speedMps) ?? 0),
      controlBits: 0,
      eventBits: 0,
      role: 0,
      wiperPerMin: 0,
    };
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return number;
  }
}
