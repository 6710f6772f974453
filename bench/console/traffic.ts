import { connectProducer, type Producer } from "../../src/client/producer.ts";
import { MAX_FRAME_ITEMS, type WireIngestItem } from "../../src/wire/ingest-frame.ts";

/** Some 5 × 4 km around the Rhine bridge of the A40: the picture of zoom 14 beside the list. */
const AREA = { west: 6.725, south: 51.413, east: 6.795, north: 51.449 } as const;
const SPEED_MPS = 12;
const METRES_PER_DEGREE = 111_320;
const PERIOD_MS = 1_000;

/** Vehicles on a grid that drive east and begin again at its western side, each heard once a second. */
export class GridTraffic {
  readonly #producer: Producer;
  readonly #vehicles: number;
  readonly #startedAtMs = Date.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next = 0;

  private constructor(producer: Producer, vehicles: number) {
    this.#producer = producer;
    this.#vehicles = vehicles;
  }

  static async start(url: string, vehicles: number): Promise<GridTraffic> {
    const producer = await connectProducer(url, { sourceId: "grid", kind: "gateway", timeBase: "utc" });
    const traffic = new GridTraffic(producer, vehicles);
    traffic.#send();
    return traffic;
  }

  stop(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#producer.close();
  }

  /** Frames are spread over the second, as gateways do. */
  readonly #send = (): void => {
    const frames = Math.ceil(this.#vehicles / MAX_FRAME_ITEMS);
    const due = Math.floor(((Date.now() - this.#startedAtMs) / PERIOD_MS) * frames);
    for (; this.#next <= due; this.#next++) this.#sendFrame(this.#next % frames);
    this.#timer = setTimeout(this.#send, PERIOD_MS / frames);
  };

  #sendFrame(frame: number): void {
    const nowMs = Date.now();
    const items: WireIngestItem[] = [];
    const first = frame * MAX_FRAME_ITEMS;
    for (let i = first; i < Math.min(first + MAX_FRAME_ITEMS, this.#vehicles); i++) {
      items.push(this.#itemOf(i, nowMs));
    }
    this.#producer.send({ base_time_unix_ms: nowMs, items });
  }

  #itemOf(vehicle: number, nowMs: number): WireIngestItem {
    const columns = Math.ceil(Math.sqrt(this.#vehicles * 1.2));
    const rows = Math.ceil(this.#vehicles / columns);
    const perMetre = 1 / (METRES_PER_DEGREE * Math.cos((AREA.south * Math.PI) / 180));
    const drivenDeg =
      (((nowMs - this.#startedAtMs) / 1_000) * SPEED_MPS * perMetre) % (AREA.east - AREA.west);
    const atDeg = ((vehicle % columns) / columns) * (AREA.east - AREA.west) + drivenDeg;
    const longitudeDeg = AREA.west + (atDeg % (AREA.east - AREA.west));
    const latitudeDeg = AREA.south + (Math.floor(vehicle / columns) / rows) * (AREA.north - AREA.south);
    return {
      station_id: 1_000 + vehicle,
      awareness: {
        latitude_e7: Math.round(latitudeDeg * 1e7),
        longitude_e7: Math.round(longitudeDeg * 1e7),
        speed_cmps: SPEED_MPS * 100,
        heading_ddeg: 900,
        source: 1,
        station_type: 6,
      },
    };
  }
}
