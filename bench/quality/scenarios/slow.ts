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
    const startM = chance.between(300, 900);
    let transport: Car | undefined;
    const track: (readonly [number, number, number])[] = [];
    let placedM = 0;
    world.onStep = (atS) => {
      if (transport === undefined) {
        transport = world.addCar(main, "heavyTruck", 0, startM, speedMps);
        Object.assign(transport, {
          capMps: speedMps,
          mayChangeLane: false,
          mark: "transport",
          role: SPECIAL_TRANSPORT,
        });
        placedM = startM;
        makeRoom(main.cars, transport);
      }
      if (atS >= 0 && Number.isInteger(atS) && main.cars.includes(transport)) {
        const { longitudeDeg, latitudeDeg } = main.road.geo(transport.atM);
        track.push([atS, longitudeDeg, latitudeDeg]);
      }
      if (atS === world.options.durationS && transport !== undefined) {
        const [first, last] = [track[0], track.at(-1)];
        set.hazards.push(
          hazardOn(main.road, {
            kind: "slow-vehicle",
            startS: first?.[0] ?? 0,
            endS: last?.[0] ?? 0,
            fromM: placedM,
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

/** Vehicles of the first moment that would stand in the transport, or too near behind, are not there. */
function makeRoom(cars: Car[], transport: Car): void {
  const near = (car: Car): boolean =>
    car !== transport &&
    car.lane === transport.lane &&
    car.atM > transport.atM - 160 &&
    car.atM < transport.atM + 40;
  const kept = cars.filter((car) => !near(car));
  cars.length = 0;
  cars.push(...kept);
}
