import { LightBit } from "../../../src/domain/observation.ts";
import { Chance } from "../chance.ts";
import { bentLine, besideLine, type PlanPoint } from "../plan/plane.ts";
import { PlanRoad } from "../plan/road.ts";
import { type Sample, stationIdOf } from "../samples.ts";
import type { SumoConnection, SumoEdge, SumoNode, SumoPlan } from "../sumo/network.ts";
import { sumoScenario } from "../sumo/sumo-scenario.ts";

const DURATION_S = 420;
const WARM_UP_S = 150;
const LENGTH_M = 5_000;
/** Where the number of lanes changes: speed-change lanes of 250 m (RAA 2008). */
const CUTS_M = [0, 1_500, 1_750, 2_900, 3_150, LENGTH_M];
const LANES = [2, 3, 2, 3, 2];
const MEDIAN_M = 12;
const RAMP_M = 300;

/** A breakdown on a motorway with an entrance and an exit, driven by other drivers than those of our own model. */
export const sumoMerge = sumoScenario(
  {
    name: "sumo-merge",
    title: "A car breaks down behind an entrance and an exit; traffic merges, leaves, and changes lane",
    asks: ["stationary-vehicle"],
    victims: ["equipped"],
    durationS: DURATION_S,
  },
  (seed) => {
    const chance = new Chance("sumo-merge", seed);
    const axis = bentLine({ x: 0, y: 2_000 }, 85, LENGTH_M, [{ fromM: 1_800, toM: 2_800, turnDeg: 22 }]);
    const lines = { main: besideLine(axis, -MEDIAN_M / 2), back: besideLine(axis, MEDIAN_M / 2).reverse() };
    const main = carriageway("main", "Ostheim", lines.main);
    const back = carriageway("back", "Westheim", lines.back);
    const plan = mergePlan(main, back);
    const ramps = plan.edges
      .filter(({ id }) => id === "on" || id === "off")
      .map((edge) => rampRoad(edge, plan.nodes));
    const roadOf = (edge: string): PlanRoad | undefined => {
      if (edge.startsWith("main")) return main;
      return edge === "back" ? back : ramps.find(({ id }) => id === edge);
    };
    const startS = WARM_UP_S + chance.between(40, 80);
    const placeM = chance.between(600, 1_500);
    const lane = chance.whole(0, 1);
    return {
      plan,
      roads: [main, back, ...ramps],
      drive: {
        routes: routes(seed, { startS, placeM, lane }),
        durationS: DURATION_S,
        stepS: 0.2,
        warmUpS: WARM_UP_S,
        roadOf,
        lightsOf: (name, _atS, speedMps) =>
          name === "victim" && speedMps < 0.1 ? LightBit.leftTurn | LightBit.rightTurn : 0,
      },
      truth: (samples) => {
        const victim = victimOf(samples);
        return {
          hazards: [],
          nameStop: (vehicle) => (vehicle === victim ? ("incident" as const) : undefined),
          waitingPlaces: [{ road: "main", atM: 1_760 }],
          notes: { victim: victim === undefined ? 0 : stationIdOf(victim) },
        };
      },
    };
  },
);

/** The only vehicle with hazard lights. */
function victimOf(samples: readonly Sample[]): number | undefined {
  const both = LightBit.leftTurn | LightBit.rightTurn;
  return samples.find(({ lightBits }) => (lightBits & both) === both)?.vehicle;
}

function carriageway(id: string, direction: string, points: readonly PlanPoint[]): PlanRoad {
  return new PlanRoad({ id, ref: "A901", direction, points, lanes: 2, limitKmh: 120 });
}

function mergePlan(main: PlanRoad, back: PlanRoad): SumoPlan {
  const cuts = CUTS_M.map((atM) => Math.min(atM, main.lengthM));
  const nodes: SumoNode[] = cuts.map((atM, i) => ({ id: `c${i}`, x: main.pose(atM).x, y: main.pose(atM).y }));
  const edges: SumoEdge[] = LANES.map((lanes, i) => ({
    ...motorwayEdge(`main${i}`, `c${i}`, `c${i + 1}`, lanes),
    shape: main.between(cuts[i] ?? 0, cuts[i + 1] ?? 0),
  }));
  const onFrom = main.pose(1_500 - RAMP_M, -60);
  const offTo = main.pose(3_150 + RAMP_M, -60);
  const first = back.pose(0);
  const last = back.pose(back.lengthM);
  nodes.push({ id: "onfrom", ...point(onFrom) }, { id: "offto", ...point(offTo) });
  nodes.push({ id: "b0", ...point(first) }, { id: "b1", ...point(last) });
  edges.push(
    { ...motorwayEdge("on", "onfrom", "c1", 1), limitKmh: 80, type: "highway.motorway_link" },
    { ...motorwayEdge("off", "c4", "offto", 1), limitKmh: 80, type: "highway.motorway_link" },
    { ...motorwayEdge("back", "b0", "b1", 2), shape: back.between(0, back.lengthM) },
  );
  return { nodes, edges, connections: connections() };
}

const point = ({ x, y }: PlanPoint): PlanPoint => ({ x, y });

function motorwayEdge(id: string, from: string, to: string, lanes: number): SumoEdge {
  return { id, from, to, lanes, limitKmh: 120, type: "highway.motorway", centred: true };
}

/** Through lanes keep their side; the outer lane of the wider pieces comes from the entrance or leads to the exit. */
function connections(): readonly SumoConnection[] {
  const through = (from: string, to: string, shift: number, lanes: readonly number[]): SumoConnection[] =>
    lanes.map((lane) => ({ from, to, fromLane: lane, toLane: lane + shift }));
  return [
    ...through("main0", "main1", 1, [0, 1]),
    { from: "on", to: "main1", fromLane: 0, toLane: 0 },
    ...through("main1", "main2", -1, [1, 2]),
    ...through("main2", "main3", 1, [0, 1]),
    { from: "main2", to: "main3", fromLane: 0, toLane: 0 },
    ...through("main3", "main4", -1, [1, 2]),
    { from: "main3", to: "off", fromLane: 0, toLane: 0 },
  ];
}

function rampRoad({ id, from, to }: SumoEdge, nodes: readonly SumoNode[]): PlanRoad {
  const at = (name: string): PlanPoint => nodes.find((node) => node.id === name) ?? { x: 0, y: 0 };
  return new PlanRoad({
    id,
    ref: "A901",
    direction: "",
    points: [at(from), at(to)],
    lanes: 1,
    limitKmh: 80,
    flags: { ramp: true },
  });
}

interface Victim {
  readonly startS: number;
  /** On the last edge. */
  readonly placeM: number;
  readonly lane: number;
}

/** About how long the victim drives to its place, s. */
const APPROACH_S = 135;

function routes(seed: number, { startS, placeM, lane }: Victim): string {
  const perHour = 1_300 + (seed % 3) * 300;
  const end = WARM_UP_S + DURATION_S;
  const flow = (id: string, from: string, to: string, rate: number): string =>
    `<flow id="${id}" type="traffic" begin="0" end="${end}" period="exp(${(rate / 3_600).toFixed(5)})" from="${from}" to="${to}" departLane="best" departSpeed="max"/>`;
  const stop = `<stop lane="main4_${lane}" startPos="${(placeM - 8).toFixed(1)}" endPos="${placeM.toFixed(1)}" until="${end + 10}"/>`;
  const way = "main0 main1 main2 main3 main4";
  return [
    flow("through", "main0", "main4", perHour),
    flow("leaves", "main0", "off", 250),
    flow("joins", "on", "main4", 350),
    flow("back", "back", "back", 900),
    `<vehicle id="victim" type="passengerCar.stopping" depart="${Math.max(0, startS - APPROACH_S).toFixed(1)}" departLane="best" departSpeed="max"><route edges="${way}"/>${stop}</vehicle>`,
  ].join("\n");
}
