import type {
  WireAutomationEvent,
  WireAwareness,
  WireHazardNotice,
  WireHello,
  WireIngestFrame,
  WireIngestItem,
  WirePerceivedObjects,
} from "../../wire/ingest-frame.ts";

/** What becomes of a field: it leaves as it is, in another form, or not at all; and why. */
export type Treatment = "kept" | { readonly changed: string } | { readonly dropped: string };

/** A new field of a message does not compile until somebody has decided what becomes of it. `body` names a oneof. */
export type Treatments<T> = { readonly [K in Exclude<keyof T, "$unknowns" | "body">]-?: Treatment };

const pseudonym: Treatment = {
  changed: "keyed hash with the day, so that nothing joins days; infrastructure keeps its id",
};

export const FRAME: Treatments<WireIngestFrame> = {
  base_time_unix_ms: "kept",
  frame_seq: { changed: "counted anew in sessions of vehicles: a counter would join their sessions" },
  items: { changed: "item by item" },
  hello: { changed: "see Hello" },
  schema_minor: "kept",
  want_receipt: "kept",
  want_durable_receipt: "kept",
  subscribe: { dropped: "the area of a subscription tells the planned route; no alert depends on it" },
  unsubscribe: { dropped: "goes with the subscription" },
  authenticate: { dropped: "a credential; servers take it off before they record" },
};

export const HELLO: Treatments<WireHello> = {
  source_id: { changed: "keyed hash with the day for vehicles; roadside units and gateways keep their name" },
  kind: "kept",
  time_base: "kept",
  software: { dropped: "for vehicles: free text that may hold the number of a device" },
  receipts: "kept",
};

export const ITEM: Treatments<WireIngestItem> = {
  station_id: pseudonym,
  time_offset_ms: "kept",
  receiver_id: pseudonym,
  original_format: "kept",
  original_payload: {
    dropped:
      "holds the true id, the exact size and a certificate; where the server would refuse the item for it, an empty one of its length or its first byte stays",
  },
  security_verdict: "kept",
  awareness: { changed: "see Awareness" },
  hazard: { changed: "see HazardNotice" },
  perceived: { changed: "see PerceivedObjects" },
  signal: "kept",
  intersection: "kept",
  automation: { changed: "see AutomationEvent" },
  sensor: { changed: "the name of a sensor in a vehicle is hashed" },
};

const size: Treatment = {
  changed: "classed: length and width in centimetres name the model, and join a pseudonym with the next one",
};

export const AWARENESS: Treatments<WireAwareness> = {
  latitude_e7: "kept",
  longitude_e7: "kept",
  speed_cmps: "kept",
  heading_ddeg: "kept",
  longitudinal_acceleration_cmps2: "kept",
  yaw_rate_cdegps: "kept",
  source: "kept",
  station_type: "kept",
  control_bits: "kept",
  exterior_light_bits: "kept",
  event_bits: "kept",
  length_cm: size,
  width_cm: size,
  drive_direction: "kept",
  role: "kept",
  altitude_cm: "kept",
  position_confidence: "kept",
  speed_confidence_cmps: "kept",
  heading_confidence_ddeg: "kept",
  lateral_acceleration_cmps2: "kept",
  curvature_e4_per_m: "kept",
  lane_position: "kept",
  steering_wheel_angle_ddeg: "kept",
  light_bar_active: "kept",
  siren_active: "kept",
  path_history: { dropped: "repeats places that were cut, and joins a pseudonym with the one before" },
  wiper_rate_per_min: "kept",
  message_count: { dropped: "a counter that goes on under the next pseudonym" },
};

export const HAZARD: Treatments<WireHazardNotice> = {
  event: { changed: "pseudonym of the originator; sequence numbers of road users are counted anew each day" },
  detection_offset_ms: "kept",
  reference_offset_ms: "kept",
  termination: "kept",
  position: "kept",
  validity_s: "kept",
  cause_code: "kept",
  sub_cause_code: "kept",
  information_quality: "kept",
  awareness_distance_m: "kept",
  traffic_direction: "kept",
  event_speed_cmps: "kept",
  event_heading_ddeg: "kept",
  transmission_interval_ms: "kept",
  station_type: "kept",
  event_zone: "kept",
  traces: { changed: "cut where they reach a redacted area or an end of the sender's trip" },
  road_type: "kept",
  lane_position: "kept",
  linked_cause_code: "kept",
  linked_sub_cause_code: "kept",
  linked_events: { changed: "as event" },
  roadworks: "kept",
  stationary_vehicle: { changed: "without the number of occupants and the load, which single a vehicle out" },
  external_temperature_c: "kept",
};

export const PERCEIVED: Treatments<WirePerceivedObjects> = {
  reference_position: "kept",
  station_type: "kept",
  heading_ddeg: "kept",
  speed_cmps: "kept",
  objects: { changed: "without those in redacted areas; sizes are classed, but for things on the road" },
  regions: "kept",
};

export const AUTOMATION: Treatments<WireAutomationEvent> = {
  kind: "kept",
  position: "kept",
  sae_level: "kept",
  engaged: "kept",
  heading_ddeg: "kept",
  speed_cmps: "kept",
  lead_time_ms: "kept",
  cause: "kept",
  design_domain: { dropped: "free text that names the fleet, and a fleet may be one vehicle" },
  planned_path: { changed: "cut where it reaches a redacted area or an end of the trip" },
  min_acceleration_cmps2: "kept",
  occurrence: { changed: "counted anew each day" },
};

/** Asked for every item, so listed once per table. */
const keptNames = new WeakMap<object, readonly string[]>();

function namesOf(treatments: object): readonly string[] {
  let names = keptNames.get(treatments);
  if (names === undefined) {
    names = Object.entries(treatments).flatMap(([name, treatment]) => (treatment === "kept" ? [name] : []));
    keptNames.set(treatments, names);
  }
  return names;
}

/** A copy of a message with the fields that leave as they are. */
export function keptOf<T extends object>(message: T, treatments: Treatments<T>): T {
  const kept: Partial<T> = {};
  for (const name of namesOf(treatments) as readonly (keyof T)[]) {
    if (Object.hasOwn(message, name)) kept[name] = message[name];
  }
  return kept as T;
}
