import { besideLine } from "../plan/plane.ts";
import { PlanRoad } from "../plan/road.ts";
import { addSignal } from "./signals.ts";
import { motorwayScenario, stage } from "./stage.ts";

/** From the middle of the carriageway to the street beside it, m: as near as frontage roads are built. */
const ASIDE_M = 24;

/** Two roads side by side: a queue on one must not be told of the other. */
export const parallelRoads = motorwayScenario(
  {
    name: "parallel-roads",
    title: "A frontage road 24 m beside a free motorway has signals, queues and a parked van",
    asks: [],
  },
  (seed) => {
    const set = stage({ name: "parallel-roads", seed, perHour: 1_500 });
    const { chance, main, world } = set;
    const line = main.road.between(1_200, 4_200);
    const frontage = new PlanRoad({
      id: "B288-forth",
      ref: "B288",
      direction: "Markt",
      points: besideLine(line, -ASIDE_M),
      lanes: 1,
      limitKmh: 50,
      divided: false,
      flags: { urban: true },
      cutsM: [1_000, 2_000],
      stretches: [
        { fromM: 0, toM: 1_000, flags: { signal: true } },
        { fromM: 1_000, toM: 2_000, flags: { signal: true } },
      ],
    });
    const traffic = world.addRoad(frontage, [{ perHour: 480 }]);
    for (const atM of [1_000, 2_000]) {
      addSignal(traffic, { atM, cycleS: 90, greenS: 36, offsetS: chance.between(0, 90) });
    }
    set.signalised.push(frontage.id);
    set.nameStopOn.set(frontage.id, "signal");
    return set;
  },
);
