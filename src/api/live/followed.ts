import type { RoadMatch, RoadNetwork } from "../../domain/road.ts";
import type { LiveMessage } from "../contract/live.ts";
import type { LivePermit } from "./board.ts";
import { placeOf } from "./vehicle-feed.ts";
import type { LiveVehicle } from "./vehicle-frame.ts";

export interface FollowParts {
  readonly roads: RoadNetwork | undefined;
  readonly labelOf: (stationId: number, atMs: number) => number;
  readonly reachedMs: () => number;
}

/** Labels have 48 bits. */
const LABEL_HEX_DIGITS = 12;

type Followed = Extract<LiveMessage, { type: "followed" }>;

/** What the follower of a vehicle is told of it. */
export function followedMessage(
  slot: number,
  vehicle: (LiveVehicle & { readonly road?: RoadMatch | undefined }) | undefined,
  permit: LivePermit | undefined,
  { roads, labelOf, reachedMs }: FollowParts,
): Followed {
  if (vehicle === undefined || permit?.allowsPlace(placeOf(vehicle)) === false)
    return { type: "followed", slot, vehicle: undefined };
  const { stationId, stationType, speedMps, headingDeg, receivedAtMs, road } = vehicle;
  return {
    type: "followed",
    slot,
    vehicle: {
      label: labelOf(stationId, receivedAtMs).toString(16).padStart(LABEL_HEX_DIGITS, "0"),
      stationType,
      ...placeOf(vehicle),
      speedMps,
      headingDeg,
      ageMs: Math.max(0, Math.round(reachedMs() - receivedAtMs)),
      road: road && roads?.describe(road.link.route, road.routeM, road.routeM).text,
    },
  };
}
