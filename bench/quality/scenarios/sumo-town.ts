import { Chance } from "../chance.ts";
import type { PlanPoint } from "../plan/plane.ts";
import { PlanRoad } from "../plan/road.ts";
import type { SumoEdge, SumoNode, SumoPlan } from "../sumo/network.ts";
import { sumoScenario } from "../sumo/sumo-scenario.ts";

const DURATION_S = 420;
const WARM_UP_S = 120;
/** Junctions with signals along the main street, m from its western end. */
const JUNCTIONS_M = [500, 900, 1_400];
const CROSS_M = 350;
const MAIN_KMH = 50;

/** Three junctions with signals on a street of two lanes each way; side streets cross it. */
export const sumoTown = sumoScenario(
  {
    name: "sumo-town",
    title: "Junctions with signals, turning traffic and side streets; queues at red and no jam",
    asks: [],
    victims: ["drawn"],
    durationS: DURATION_S,
  },
  (seed) => {
    const plan = townPlan();
    const roads = plan.edges.map((edge) => roadOf(edge, plan.nodes));
    const byId = new Map(roads.map((road) => [road.id, road]));
    return {
      plan,
      roads,
      drive: {
        routes: townRoutes(seed),
        durationS: DURATION_S,
        stepS: 0.5,
        warmUpS: WARM_UP_S,
        roadOf: (edge) => byId.get(edge),
      },
      truth: () => ({
        hazards: [],
        signalised: roads.map(({ id }) => id),
        nameStop: () => "signal" as const,
      }),
    };
  },
);

function townPlan(): SumoPlan {
  const nodes: SumoNode[] = [
    { id: "west", x: 0, y: 0 },
    { id: "east", x: 1_900, y: 120 },
  ];
  const edges: SumoEdge[] = [];
  const main: string[] = ["west"];
  for (const [i, x] of JUNCTIONS_M.entries()) {
    const y = (x / 1_900) * 120;
    nodes.push({ id: `j${i}`, x, y, light: true });
    nodes.push({ id: `n${i}`, x: x + 20, y: y + CROSS_M }, { id: `s${i}`, x: x - 20, y: y - CROSS_M });
    main.push(`j${i}`);
    for (const end of [`n${i}`, `s${i}`]) {
      edges.push(street(`${end}in`, end, `j${i}`, 1), street(`${end}out`, `j${i}`, end, 1));
    }
  }
  main.push("east");
  for (const [i, to] of main.slice(1).entries()) {
    const from = main[i] ?? "";
    edges.push(street(`m${i}e`, from, to, 2), street(`m${i}w`, to, from, 2));
  }
  return { nodes, edges, connections: [] };
}

function street(id: string, from: string, to: string, lanes: number): SumoEdge {
  return { id, from, to, lanes, limitKmh: MAIN_KMH, type: "highway.secondary" };
}

function roadOf({ id, from, to, lanes }: SumoEdge, nodes: readonly SumoNode[]): PlanRoad {
  const point = (name: string): PlanPoint => nodes.find((node) => node.id === name) ?? { x: 0, y: 0 };
  return new PlanRoad({
    id,
    ref: id,
    direction: "",
    points: [point(from), point(to)],
    lanes,
    limitKmh: MAIN_KMH,
    divided: false,
  });
}

function townRoutes(seed: number): string {
  const chance = new Chance("sumo-town", seed);
  const main = Math.round(chance.between(380, 560));
  const flows: [string, string, number][] = [
    ["m0e", "m3e", main],
    ["m3w", "m0w", Math.round(main * 0.8)],
  ];
  for (const i of JUNCTIONS_M.keys()) {
    flows.push([`n${i}in`, `s${i}out`, 90], [`s${i}in`, `n${i}out`, 90]);
    flows.push(
      [`n${i}in`, "m3e", 45],
      [`s${i}in`, "m0w", 45],
      ["m0e", `s${i}out`, 40],
      ["m3w", `n${i}out`, 40],
    );
  }
  return flows
    .map(
      ([from, to, perHour], i) =>
        `<flow id="f${i}" type="traffic" begin="0" end="${WARM_UP_S + DURATION_S}" period="exp(${(perHour / 3_600).toFixed(5)})" from="${from}" to="${to}" departLane="best" departSpeed="max"/>`,
    )
    .join("\n");
}
