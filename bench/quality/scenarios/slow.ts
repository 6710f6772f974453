import type { Car } from "../idm/car.ts";
import { hazardOn, motorwayScenario, stage } from "./stage.ts";

/** Number of TS 102 894-2 VehicleRole for a special transport. */
const SPECIAL_TRANSPORT = 2;

/** One long and slow vehicle in the right lane; others overtake and nobody is in a queue for long. */
export const slowTransport = motorwayScenario(
  {
    name: "slow-transport",
    victims: ["equipped"],
    title: "An abnormal load drives at 30 to 45 km/h in the right lane; one slow vehicle is no jam",
    asks: ["slow-vehicle"],
  },
  (seed) => {
    const set = stage({ name: "slow-transport", seed, perHour: 900 + (seed % 3) * 250 });
    const { chance, main, world } = set;
    const speedMps = chance.between(30, 45) / 3.6;
    const startS = chance.between(20, 40);
    let transport: Car | undefined;
    const track: (readonly [number, number, number])[] = [];
    world.onStep = (atS) => {
      if (transport === undefined && atS >= startS && hasRoom(main.cars)) {
        transport = world.addCar(main, "heavyTruck", 0, START_M, speedMps);
        Object.assign(transport, {
          capMps: speedMps,
          mayChangeLane: false,
          mark: "transport",
          role: SPECIAL_TRANSPORT,
        });
      }
      if (transport === undefined) return;
      if (atS >= 0 && Number.isInteger(atS) && main.cars.includes(transport)) {
        const { longitudeDeg, latitudeDeg } = main.road.geo(transport.atM);
        track.push([atS, longitudeDeg, latitudeDeg]);
      }
      if (atS === world.options.durationS) {
        const [first, last] = [track[0], track.at(-1)];
        set.hazards.push(
          hazardOn(main.road, {
            kind: "slow-vehicle",
            startS: first?.[0] ?? 0,
            endS: last?.[0] ?? 0,
            fromM: START_M,
            toM: Math.min(transport.atM, main.road.lengthM),
            vehicles: [transport.number],
            track,
          }),
        );
      }
    };
    return set;
  },
);

/** Where it enters, m. */
const START_M = 20;

/** Nobody in its lane is where it enters, nor would reach it at once. */
function hasRoom(cars: readonly Car[]): boolean {
  return !cars.some(({ lane, atM }) => lane === 0 && atM < 60);
}
