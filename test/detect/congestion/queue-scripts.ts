import { type ScriptedVehicle, steady } from "../../support/scene.ts";

export interface QueueScript {
  readonly vehicles: number;
  /** Seconds between two arrivals. */
  readonly every: number;
  readonly fromS: number;
  /** Where the first one stops; each next one stops this much behind. */
  readonly headM: number;
  readonly spacingM: number;
  /** When the head drives on; each next one follows so much later. */
  readonly leavesAtS: number;
  readonly startEveryS?: number;
  readonly speedMps?: number;
  /** How far from its stop each appears. */
  readonly approachM?: number;
  readonly firstId?: number;
}

/** Vehicles that drive up, stand in a row, and drive on one after the other. */
export function queueOf(queue: QueueScript): ScriptedVehicle[] {
  const { speedMps = 28, startEveryS = 1.8, approachM = 2_000, firstId = 100 } = queue;
  return Array.from({ length: queue.vehicles }, (_, i) => {
    const stopM = queue.headM - i * queue.spacingM;
    const arrivesS = queue.fromS + i * queue.every;
    const leavesS = Math.max(queue.leavesAtS + i * startEveryS, arrivesS);
    return {
      stationId: firstId + i,
      at(s: number) {
        if (s < arrivesS - approachM / speedMps || s > leavesS + 80) return undefined;
        if (s < arrivesS) return { alongM: stopM - (arrivesS - s) * speedMps, speedMps };
        if (s < leavesS) return { alongM: stopM, speedMps: 0 };
        return { alongM: stopM + (s - leavesS) * speedMps, speedMps };
      },
    };
  });
}

/** Free traffic that crosses the whole scene, so that cells learn their free flow. */
export function freeFlow(
  fromS: number,
  count: number,
  everyS: number,
  speedMps = 28,
  firstId = 1,
): ScriptedVehicle[] {
  return Array.from({ length: count }, (_, i) => {
    const vehicle = steady(firstId + i, fromS + i * everyS, speedMps);
    return { ...vehicle, at: (s: number) => (s > fromS + i * everyS + 150 ? undefined : vehicle.at(s)) };
  });
}
