import type { Car } from "../idm/car.ts";
import { hazardOn, motorwayScenario, stage } from "./stage.ts";

const ESCORT = "the escort itself: slow vehicle and head of a queue";

/** One of two lanes ends; more want to pass than one lane takes. */
export const bottleneck = motorwayScenario(
  {
    name: "bottleneck",
    title: "One of two lanes is closed for good; demand is above what one lane takes and a queue grows",
    asks: ["congestion", "queue-end"],
    durationS: 480,
  },
  (seed) => {
    const set = stage({
      name: "bottleneck",
      seed,
      durationS: 480,
      perHour: (atS) => (atS < 40 ? 1_400 : atS < 300 ? 2_900 + (seed % 4) * 200 : 900),
      rising: { lanes: 2 },
    });
    const placeM = set.chance.between(3_700, 4_100);
    set.main.obstacles.push({
      atM: placeM,
      lanes: [1],
      isActive: () => true,
      avoidFromM: 700,
      endsLanes: true,
    });
    set.notes["bottleneck_m"] = Math.round(placeM);
    return set;
  },
);

/** An escort rolls at 20 km/h in both lanes: a queue whose tail and head both move downstream. */
export const rollingQueue = motorwayScenario(
  {
    name: "rolling-queue",
    title: "An escort rolls at 20 km/h on both lanes; a queue rolls behind it",
    asks: ["congestion", "queue-end"],
    durationS: 420,
  },
  (seed) => {
    const set = stage({ name: "rolling-queue", seed, durationS: 420, perHour: 2_400 + (seed % 3) * 300 });
    const { main, world, chance } = set;
    const startS = chance.between(45, 70);
    const endS = startS + 200;
    const placeM = chance.between(2_300, 2_700);
    let escort = false;
    const escorts: Car[] = [];
    const track: (readonly [number, number, number])[] = [];
    world.onStep = (atS) => {
      if (!escort && atS >= startS) {
        for (const lane of [0, 1]) {
          const car = main.inLane(lane).find(({ atM }) => atM <= placeM);
          if (car === undefined) continue;
          car.mark = "escort";
          car.capMps = 20 / 3.6;
          car.mayChangeLane = false;
          escort = true;
          escorts.push(car);
        }
      }
      const leader = escorts[0];
      if (leader !== undefined && atS < endS && Number.isInteger(atS) && main.cars.includes(leader)) {
        const { longitudeDeg, latitudeDeg } = main.road.geo(leader.atM);
        track.push([atS, longitudeDeg, latitudeDeg]);
      }
      if (escort && atS >= endS) for (const car of main.cars) car.capMps = Number.POSITIVE_INFINITY;
    };
    // Those who lead are slow vehicles indeed, though the queue behind them says more.
    set.atEnd.push(() => {
      const place = { kind: "slow-vehicle", startS, endS, fromM: placeM, toM: placeM + 1, track } as const;
      const vehicles = escorts.map(({ number }) => number);
      set.hazards.push({
        ...hazardOn(main.road, { ...place, vehicles }),
        tolerance_m: 60,
        dont_care: ESCORT,
      });
    });
    return set;
  },
);

/** Dense traffic and one disturbance: a jam that moves upstream by itself at about −15 km/h. */
export const movingJam = motorwayScenario(
  {
    name: "moving-jam",
    title: "Dense traffic, one disturbance: a jam without a bottleneck moves upstream",
    asks: ["congestion", "queue-end"],
    durationS: 420,
  },
  (seed) => {
    const set = stage({ name: "moving-jam", seed, durationS: 420, perHour: 3_300, limitKmh: 100 });
    const { main, chance } = set;
    const startS = chance.between(30, 50);
    const releaseS = startS + chance.between(45, 60);
    const placeM = chance.between(3_900, 4_300);
    main.speedLimitAt = (atM, atS) =>
      atS >= startS && atS < releaseS && atM > placeM && atM < placeM + 120 ? 0.3 : Number.POSITIVE_INFINITY;
    return set;
  },
);

/** Waves of dense traffic that never come to rest for long; vehicles stop for seconds, none is a hazard. */
export const stopAndGo = motorwayScenario(
  {
    name: "stop-and-go",
    title: "Stop-and-go waves in a queue; vehicles stand for seconds and none of them is a hazard",
    asks: ["congestion", "queue-end"],
    durationS: 420,
  },
  (seed) => {
    const set = stage({ name: "stop-and-go", seed, durationS: 420, perHour: 3_000, limitKmh: 100 });
    const { main, chance } = set;
    const placeM = chance.between(3_800, 4_200);
    const periodS = chance.between(50, 80);
    const shareOfStop = chance.between(0.35, 0.5);
    main.speedLimitAt = (atM, atS) => {
      if (atM < placeM || atM > placeM + 150) return Number.POSITIVE_INFINITY;
      return (atS / periodS) % 1 < shareOfStop ? 0.3 : 9;
    };
    return set;
  },
);

/** The map ends inside the traffic; a queue grows across its border from outside. */
export const mapBorder = motorwayScenario(
  {
    name: "map-border",
    title: "The map shows the middle 3 km of the road only; a queue grows into it from outside",
    asks: ["congestion", "queue-end"],
    durationS: 480,
  },
  (seed) => {
    const mapped = { fromM: 500, toM: 3_500 };
    const set = stage({
      name: "map-border",
      seed,
      durationS: 480,
      perHour: (atS) => (atS < 30 ? 1_400 : atS < 300 ? 3_000 : 1_000),
      rising: { mapped },
      falling: { mapped },
    });
    const placeM = set.chance.between(3_800, 4_000);
    set.main.obstacles.push({
      atM: placeM,
      lanes: [1],
      isActive: () => true,
      avoidFromM: 500,
      endsLanes: true,
    });
    set.notes["mapped_from_m"] = mapped.fromM;
    set.notes["mapped_to_m"] = mapped.toM;
    return set;
  },
);
