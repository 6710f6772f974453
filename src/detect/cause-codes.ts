import type { AlertKind, Severity } from "../domain/alert.ts";

/** What an ETSI cause means for people. */
export interface CauseMeaning {
  readonly kind: AlertKind;
  readonly severity: Severity;
  /** Words of the standard, for explanations. */
  readonly text: string;
}

interface CauseEntry extends CauseMeaning {
  /** Sub-causes that differ from their cause. */
  readonly subCauses?: Readonly<Record<number, Partial<CauseMeaning>>>;
}

const cause = (
  text: string,
  kind: AlertKind,
  severity: Severity,
  subCauses: Readonly<Record<number, Partial<CauseMeaning>>> = {},
): CauseEntry => ({ text, kind, severity, subCauses });

/**
 * CauseCodeType and its sub-causes of ETSI TS 102 894-2 V2.4.1; numbers are stable since V1.3.1 but for the meanings
 * of 3, 15 and 17. Severities are ours: 5 where somebody on the road may be killed next, 4 where a driver must act now,
 * 3 where traffic is disturbed, 2 and 1 below. What belongs to which kind follows Delegated Regulation (EU) 886/2013,
 * by sub-cause: rockfall and sewer collapse (cause 9) are no slippery road.
 */
const CAUSES: Readonly<Record<number, CauseEntry>> = {
  1: cause("traffic condition", "congestion", 3, {
    1: { text: "increased volume of traffic", severity: 2 },
    4: { text: "traffic jam strongly increasing" },
    5: { text: "traffic jam" },
    6: { text: "traffic jam slightly decreasing", severity: 2 },
    7: { text: "traffic jam decreasing", severity: 2 },
    8: { text: "traffic jam strongly decreasing", severity: 2 },
  }),
  2: cause("accident", "accident", 4, {
    2: { text: "heavy accident", severity: 5 },
    5: { text: "accident with hazardous materials", severity: 5 },
    7: { text: "unsecured accident", severity: 5 },
    8: { text: "accident, assistance requested", severity: 5 },
  }),
  3: cause("roadworks", "roadworks", 2, {
    1: { text: "road or carriageway closed for roadworks", severity: 3 },
    3: { text: "slow moving roadworks", severity: 3 },
    4: { text: "short-term stationary roadworks", severity: 3 },
  }),
  4: cause("roadworks detected", "roadworks", 3),
  5: cause("road impassable", "blockage", 4, {
    1: { text: "road flooded" },
    4: { text: "landslip" },
    5: { text: "chemical spillage", severity: 5 },
    7: { text: "sinkhole", severity: 5 },
    10: { text: "rockfalls", severity: 5 },
    16: { text: "fallen power cables", severity: 5 },
  }),
  6: cause("low adhesion", "slippery-road", 4, {
    1: { text: "frost on road" },
    2: { text: "fuel on road" },
    3: { text: "mud on road", severity: 3 },
    4: { text: "snow on road" },
    5: { text: "ice on road" },
    6: { text: "black ice on road", severity: 5 },
    7: { text: "oil on road" },
    8: { text: "loose chippings", severity: 3 },
    9: { text: "instant black ice", severity: 5 },
    10: { text: "salted road", severity: 2 },
    11: { text: "flooding", severity: 4 },
    12: { text: "water on road", severity: 3 },
  }),
  7: cause("danger of aquaplaning", "slippery-road", 4),
  9: cause("hazardous road surface", "dangerous-situation", 3, {
    1: { text: "rockfalls", kind: "obstacle", severity: 4 },
    2: { text: "earthquake damage", severity: 4 },
    3: { text: "sewer collapse", severity: 4 },
    4: { text: "subsidence", severity: 4 },
    5: { text: "snow drifts", kind: "obstacle", severity: 4 },
    6: { text: "storm damage", kind: "obstacle", severity: 4 },
    7: { text: "burst pipe", kind: "slippery-road" },
  }),
  10: cause("obstacle on the road", "obstacle", 4, {
    1: { text: "shed load" },
    2: { text: "parts of vehicles" },
    3: { text: "parts of tyres" },
    4: { text: "big objects", severity: 5 },
    5: { text: "fallen trees", severity: 5 },
    6: { text: "hub caps", severity: 3 },
  }),
  11: cause("animal on the road", "animal-on-road", 4, {
    2: { text: "herd of animals" },
    3: { text: "small animals", severity: 3 },
    4: { text: "large animals", severity: 5 },
  }),
  12: cause("person on the road", "person-on-road", 5, {
    6: { text: "road workers on the road", severity: 4 },
    7: { text: "first responders on the road", severity: 4 },
  }),
  14: cause("wrong-way driver", "wrong-way", 5),
  15: cause("rescue, recovery or maintenance work", "dangerous-situation", 4),
  17: cause("extreme weather", "extreme-weather", 3, {
    1: { text: "strong winds" },
    3: { text: "hurricane", severity: 4 },
    4: { text: "thunderstorm" },
    5: { text: "tornado", severity: 5 },
  }),
  18: cause("reduced visibility", "reduced-visibility", 4, {
    1: { text: "fog" },
    2: { text: "smoke" },
    6: { text: "low sun glare", severity: 3 },
  }),
  19: cause("precipitation", "heavy-precipitation", 3, {
    1: { text: "heavy rain" },
    2: { text: "heavy snowfall", severity: 4 },
  }),
  20: cause("violence", "dangerous-situation", 5),
  26: cause("slow vehicle", "slow-vehicle", 3, {
    5: { text: "convoy", severity: 2 },
    6: { text: "snow plough" },
  }),
  27: cause("dangerous end of queue", "queue-end", 4),
  28: cause("public transport vehicle approaching", "notice", 1),
  91: cause("vehicle breakdown", "stationary-vehicle", 4, {
    10: { text: "vehicle on fire", severity: 5 },
  }),
  92: cause("post crash", "accident", 5),
  93: cause("human problem", "dangerous-situation", 4),
  94: cause("stationary vehicle", "stationary-vehicle", 4, {
    2: { text: "broken-down vehicle" },
    3: { text: "vehicle after a crash", severity: 5 },
    4: { text: "public transport at a stop", severity: 1 },
    5: { text: "stationary vehicle with dangerous goods", severity: 5 },
    6: { text: "vehicle on fire", severity: 5 },
  }),
  95: cause("emergency vehicle approaching", "emergency-vehicle", 4),
  96: cause("dangerous curve", "dangerous-situation", 2),
  97: cause("collision risk", "collision-risk", 5, {
    4: { text: "collision risk with a vulnerable road user", kind: "vru-risk" },
    5: { text: "collision risk with a pedestrian", kind: "vru-risk" },
    6: { text: "collision risk with a cyclist", kind: "vru-risk" },
  }),
  98: cause("signal violation", "signal-violation", 5),
  99: cause("dangerous situation", "dangerous-situation", 4, {
    1: { text: "emergency braking", kind: "emergency-brake" },
    2: { text: "pre-crash system engaged", severity: 5 },
    3: { text: "electronic stability programme engaged", severity: 3 },
    4: { text: "antilock brakes engaged", severity: 3 },
    5: { text: "automatic emergency braking", kind: "emergency-brake" },
    8: { text: "risk mitigation function engaged", kind: "minimal-risk-manoeuvre" },
  }),
  100: cause("railway level crossing", "rail-crossing", 2, {
    1: { text: "level crossing out of order", severity: 4 },
    2: { text: "level crossing closed" },
    5: { text: "train approaching", severity: 4 },
  }),
};

/** Codes that this edition does not know are passed on with their numbers. */
export function causeMeaning(causeCode: number, subCauseCode: number): CauseMeaning {
  const entry = CAUSES[causeCode];
  if (entry === undefined) {
    return { kind: "notice", severity: 2, text: `cause ${causeCode}, sub-cause ${subCauseCode}` };
  }
  const sub = entry.subCauses?.[subCauseCode];
  return {
    kind: sub?.kind ?? entry.kind,
    severity: sub?.severity ?? entry.severity,
    text: sub?.text ?? entry.text,
  };
}
