import type { Scenario } from "./scenario.ts";
import { bottleneck, mapBorder, movingJam, rollingQueue, stopAndGo } from "./scenarios/congested.ts";
import { control } from "./scenarios/control.ts";
import { busStops, parking, restArea } from "./scenarios/halting.ts";
import { parallelRoads } from "./scenarios/parallel.ts";
import { cycleFailure, redQueues, spillBack } from "./scenarios/signals.ts";
import { slowTransport } from "./scenarios/slow.ts";
import { breakdown, crashChain, fullClosure } from "./scenarios/stopped.ts";
import { sumoMerge } from "./scenarios/sumo-merge.ts";
import { sumoTown } from "./scenarios/sumo-town.ts";
import { cloudburst, fog, slippery } from "./scenarios/weather.ts";
import { wrongWayMotorway, wrongWayRamp } from "./scenarios/wrong-way.ts";

/** All scenarios, in the order of the tables. */
export const SCENARIOS: readonly Scenario[] = [
  breakdown,
  crashChain,
  fullClosure,
  wrongWayMotorway,
  wrongWayRamp,
  bottleneck,
  rollingQueue,
  movingJam,
  stopAndGo,
  slowTransport,
  slippery,
  fog,
  cloudburst,
  redQueues,
  cycleFailure,
  spillBack,
  busStops,
  parking,
  restArea,
  mapBorder,
  parallelRoads,
  sumoTown,
  sumoMerge,
  control,
];
