import type { BaseTraffic } from "./base-traffic.ts";
import { RoadReport } from "./reports.ts";
import type { RoadState } from "./state.ts";

/**
 * Brings a state to where it stands when the window begins: one expressway by its traffic, the others as copies of it. Playing
 * the traffic of all of them leads to the same state (a test holds it to that) and takes minutes for hundreds.
 */
export function warmStart(state: RoadState, base: BaseTraffic, copies: number): void {
  const report = new RoadReport();
  for (const tuple of base.warmUp) {
    report.take(tuple);
    state.traffic.take(tuple.vehicle, report);
    state.notices.clear();
    state.traffic.book.untold.length = 0;
  }
  state.replicate(copies, base.vehicleStride);
}
