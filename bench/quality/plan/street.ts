import { type Bend, bentLine, besideLine, type PlanPoint } from "./plane.ts";
import { LANE_WIDTH_M, PlanRoad, type PlanRoadOptions } from "./road.ts";

export interface StreetOptions {
  readonly name: string;
  readonly lengthM?: number;
  readonly lanes?: number;
  readonly start?: PlanPoint;
  readonly headingDeg?: number;
  readonly bends?: readonly Bend[];
  /** Stop lines of the signals of the first direction, m from its beginning. */
  readonly signalsM?: readonly number[];
  /** Where halting is ordinary: stops, bays. */
  readonly haltingM?: readonly { readonly fromM: number; readonly toM: number }[];
}

export interface Street {
  readonly forth: PlanRoad;
  readonly back: PlanRoad;
}

const BENDS: readonly Bend[] = [{ fromM: 700, toM: 1_100, turnDeg: 15 }];
/** Stop lines of the other direction lie beyond the junction. */
const JUNCTION_M = 25;

/** A street of a town, 50 km/h, both directions on one carriageway, with or without signals. */
export function street(options: StreetOptions): Street {
  const { name, lengthM = 2_000, lanes = 1, signalsM = [], haltingM = [] } = options;
  const { start = { x: 500, y: -800 }, headingDeg = 80, bends = BENDS } = options;
  const axis = bentLine(start, headingDeg, lengthM, bends);
  const besideM = (lanes * LANE_WIDTH_M) / 2;
  const common = { ref: name, lanes, limitKmh: 50, divided: false, flags: { urban: true } };
  const backSignalsM = signalsM.map((atM) => lengthM - atM - JUNCTION_M).reverse();
  const backHaltingM = haltingM.map(({ fromM, toM }) => ({ fromM: lengthM - toM, toM: lengthM - fromM }));
  return {
    forth: new PlanRoad({
      ...common,
      id: `${name}-forth`,
      direction: "Markt",
      points: besideLine(axis, -besideM),
      ...cutsAndFlags(lengthM, signalsM, haltingM),
    }),
    back: new PlanRoad({
      ...common,
      id: `${name}-back`,
      direction: "Hafen",
      points: besideLine(axis, besideM).reverse(),
      ...cutsAndFlags(lengthM, backSignalsM, backHaltingM),
    }),
  };
}

function cutsAndFlags(
  lengthM: number,
  signalsM: readonly number[],
  haltingM: readonly { readonly fromM: number; readonly toM: number }[],
): Required<Pick<PlanRoadOptions, "cutsM" | "stretches">> {
  const cutsM = [...signalsM, ...haltingM.flatMap(({ fromM, toM }) => [fromM, toM])];
  const edges = [0, ...cutsM, lengthM].sort((a, b) => a - b);
  // A signal stands at the end of its link: the stretch before a stop line has the flag.
  const signals = signalsM.map((atM) => ({
    fromM: edges[edges.indexOf(atM) - 1] ?? 0,
    toM: atM,
    flags: { signal: true },
  }));
  const halting = haltingM.map(({ fromM, toM }) => ({ fromM, toM, flags: { halting: true } }));
  return { cutsM: [...new Set(cutsM)].sort((a, b) => a - b), stretches: [...signals, ...halting] };
}
