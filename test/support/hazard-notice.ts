import type { WireIngestItem } from "../../src/wire/ingest-frame.ts";

let sequence = 0;

/** A hazard notice on 6.7° east: cause 14 is a wrong-way driver, 10 an obstacle. */
export function notice(
  causeCode: number,
  latitudeDeg = 51.44,
  event = ++sequence,
  over: object = {},
): WireIngestItem {
  return {
    station_id: 900,
    hazard: {
      event: { originating_station_id: 900, sequence_number: event },
      position: { latitude_e7: Math.round(latitudeDeg * 1e7), longitude_e7: 67_000_000 },
      cause_code: causeCode,
      sub_cause_code: 1,
      information_quality: 6,
      event_heading_ddeg: 900,
      validity_s: 600,
      ...over,
    },
  };
}
