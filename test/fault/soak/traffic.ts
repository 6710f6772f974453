import { connectProducer, type Producer } from "../../../src/client/producer.ts";
import type { RoadLink, RoadNetwork } from "../../../src/domain/road.ts";
import { bearingDeg, destinationPoint, distanceM } from "../../../src/geo/geodesy.ts";
import type { WireIngestItem } from "../../../src/wire/ingest-frame.ts";

/** A vehicle changes its name about every five minutes here: often enough that an hour sees it of all. */
const PSEUDONYM_S = 300;

const REPORT_EVERY_MS = 1_000;
const SPEED_SHARE = 0.8;
const USUAL_MPS = 25;

/** Every so many vehicles one brakes hard where it is; the alert goes with it. */
const BRAKE_SHARE = 0.0005;

type Random = () => number;

/** One vehicle on a road, again and again, as another one each time. */
class Vehicle {
  readonly #roads: readonly RoadLink[];
  readonly #random: Random;
  readonly #newId: () => number;
  #link: RoadLink;
  #alongM: number;
  #stationId: number;
  #braking = 0;

  constructor(roads: readonly RoadLink[], random: Random, newId: () => number) {
    this.#roads = roads;
    this.#random = random;
    this.#newId = newId;
    this.#link = this.#anyRoad();
    this.#alongM = random() * lengthM(this.#link);
    this.#stationId = newId();
  }

  /** Drives on by a second and reports. */
  next(): WireIngestItem {
    const speedMps = (this.#link.limitMps ?? USUAL_MPS) * SPEED_SHARE;
    this.#alongM += speedMps;
    if (this.#alongM >= lengthM(this.#link)) {
      this.#link = this.#anyRoad();
      this.#alongM = 0;
      this.#stationId = this.#newId();
    } else if (this.#random() < 1 / PSEUDONYM_S) this.#stationId = this.#newId();
    if (this.#random() < BRAKE_SHARE) this.#braking = 2;
    const isBraking = this.#braking-- > 0;
    const { point, headingDeg } = placeOn(this.#link, this.#alongM);
    return {
      station_id: this.#stationId,
      awareness: {
        latitude_e7: Math.round(point.latitudeDeg * 1e7),
        longitude_e7: Math.round(point.longitudeDeg * 1e7),
        speed_cmps: Math.round(speedMps * 100),
        heading_ddeg: Math.round(headingDeg * 10) % 3_600,
        longitudinal_acceleration_cmps2: isBraking ? -800 : 0,
        station_type: 5,
      },
    };
  }

  #anyRoad(): RoadLink {
    const link = this.#roads[Math.floor(this.#random() * this.#roads.length)];
    if (link === undefined) throw new Error("the map has no roads");
    return link;
  }
}

const lengthM = ({ fromM, toM }: RoadLink): number => Math.abs(toM - fromM);

function placeOn({ points }: RoadLink, alongM: number) {
  let left = alongM;
  for (let at = 1; at < points.length; at++) {
    const [from, to] = [points[at - 1], points[at]];
    if (from === undefined || to === undefined) break;
    const pieceM = distanceM(from, to);
    const headingDeg = (bearingDeg(from, to) + 360) % 360;
    if (left <= pieceM || at === points.length - 1)
      return { point: destinationPoint(from, headingDeg, Math.min(left, pieceM)), headingDeg };
    left -= pieceM;
  }
  throw new Error("a road without points");
}

/** Vehicles behind one gateway, which connects again whenever its connection is lost. */
export class Gateway {
  readonly #url: string;
  readonly #name: string;
  readonly #vehicles: readonly Vehicle[];
  readonly #signal: AbortSignal;
  #producer: Producer | undefined;
  sent = 0;
  connects = 0;

  constructor(
    url: string,
    name: string,
    fleet: { readonly vehicles: number; readonly roads: RoadNetwork; readonly random: Random },
    signal: AbortSignal,
    newId: () => number,
  ) {
    this.#url = url;
    this.#name = name;
    this.#signal = signal;
    const long = fleet.roads.links.filter((link) => lengthM(link) > 200);
    this.#vehicles = Array.from({ length: fleet.vehicles }, () => new Vehicle(long, fleet.random, newId));
  }

  /** Reports once a second until it is stopped. */
  run(): void {
    const timer = setInterval(() => void this.#report(), REPORT_EVERY_MS);
    this.#signal.addEventListener("abort", () => {
      clearInterval(timer);
      void this.#producer?.close();
    });
  }

  async #report(): Promise<void> {
    const items = this.#vehicles.map((vehicle) => vehicle.next());
    if (this.#producer?.isOpen !== true) {
      this.#producer = undefined;
      this.#producer = await connectProducer(this.#url, { sourceId: this.#name, kind: "gateway" }).catch(
        () => undefined,
      );
      this.connects++;
      return;
    }
    this.#producer.send({ base_time_unix_ms: Date.now(), items });
    this.sent += items.length;
  }
}
