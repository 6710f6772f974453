import type { AlertKind } from "../domain/alert.ts";
import type { AlarmAlert } from "./alarm-input.ts";
import { isAlarm, type Level, moreUrgent } from "./level.ts";

/** Alerts of one family at one stretch of road make one alarm. */
export const FAMILIES = [
  "road-event",
  "wrong-way",
  "person",
  "weather",
  "works",
  "crossing",
  "passing",
  "technical",
  "notice",
] as const;
export type Family = (typeof FAMILIES)[number];

/** What a confirmed and a suspected alert is. */
export type Levels = readonly [confirmed: Level, suspected: Level];

/** How alerts of one kind call an operator. Times in ms. */
export interface AlarmRule {
  /** On roads that are driven fast, and where nobody knows. */
  readonly fast: Levels;
  readonly elsewhere: Levels;
  /** In tunnels and on bridges; as above where absent. */
  readonly confined?: Levels;
  /** An alarm is announced once it has lasted so long, seen by two stations or more. */
  readonly holdMs: number;
  /** The same, seen by one. */
  readonly holdOneMs: number;
  /** It is over, or less urgent, once that has lasted so long. */
  readonly releaseMs: number;
  readonly family: Family;
  /** Stands for an alarm before kinds with a higher number: causes up to `LAST_CAUSE`, then symptoms. */
  readonly rank: number;
  /** What the operator does about it: why it has this level, and not another. */
  readonly reason: string;
}

/** Kinds up to this rank are causes; the others follow from one. */
export const LAST_CAUSE = 5;

/** An alarm about a danger to life is never less than this. */
const DANGER_TO_LIFE: Level = "P2";

const SECOND = 1_000;

/** Hazards: two witnesses cannot both be wrong, one may be (console-and-ecosystem: persistence; EEMUA 191 §3.6 asks for it). */
const HAZARD = { holdMs: 0, holdOneMs: 10 * SECOND, releaseMs: 10 * SECOND } as const;

/** Traffic swings: a wave of stop and go passes a place within a minute (Kerner: jams move at 15 km/h). */
const TRAFFIC = { holdMs: 60 * SECOND, holdOneMs: 60 * SECOND, releaseMs: 120 * SECOND } as const;

/** A device or network that is back within a minute needs nobody. */
const DEVICE = { holdMs: 60 * SECOND, holdOneMs: 60 * SECOND, releaseMs: 60 * SECOND } as const;

/** Weather stays for minutes. */
const WEATHER = { holdMs: 30 * SECOND, holdOneMs: 60 * SECOND, releaseMs: 120 * SECOND } as const;

const AT_ONCE = { holdMs: 0, holdOneMs: 0, releaseMs: 10 * SECOND } as const;

const SILENT: Levels = ["alert", "event"];
const LOGGED: Levels = ["event", "event"];

/**
 * Which alert calls an operator, and how urgently: by what follows if nobody acts, and by the time there is to act. Own
 * choices after the alarm philosophy of EEMUA 191 and ISA-18.2; an operator's settings file may change each of them.
 */
export const ALARM_RULES: Readonly<Record<AlertKind, AlarmRule>> = {
  "wrong-way": {
    ...AT_ONCE,
    fast: ["P1", "P1"],
    elsewhere: ["P2", "P3"],
    family: "wrong-way",
    rank: 1,
    reason: "Head-on within a minute; warn on signs, radio and to vehicles at once, also on one sign.",
  },
  "person-on-road": {
    ...HAZARD,
    fast: ["P1", "P2"],
    elsewhere: ["P3", "event"],
    confined: ["P1", "P1"],
    family: "person",
    rank: 1,
    reason:
      "Killed within a minute on a fast road; close the lane, send the police. In towns people cross roads.",
  },
  obstacle: {
    ...HAZARD,
    fast: ["P1", "P2"],
    elsewhere: ["P3", "event"],
    confined: ["P1", "P2"],
    family: "road-event",
    rank: 2,
    reason: "The next driver hits it or swerves; close the lane, send the patrol.",
  },
  "animal-on-road": {
    ...HAZARD,
    fast: ["P2", "P3"],
    elsewhere: ["P3", "event"],
    family: "road-event",
    rank: 2,
    reason: "Moves, so that closing a lane is no help; warn, send the patrol.",
  },
  accident: {
    ...HAZARD,
    fast: ["P2", "P2"],
    elsewhere: ["P2", "P3"],
    confined: ["P1", "P1"],
    family: "road-event",
    rank: 1,
    reason:
      "Unprotected until somebody secures it; dispatch within minutes. Smoke and no way out in tunnels: at once.",
  },
  "stationary-vehicle": {
    ...HAZARD,
    fast: ["P2", "alert"],
    elsewhere: ["P3", "event"],
    confined: ["P1", "P2"],
    family: "road-event",
    rank: 3,
    reason:
      "A breakdown in a lane is hit within minutes; protect it. No hard shoulder in tunnels and on bridges.",
  },
  "minimal-risk-manoeuvre": {
    ...HAZARD,
    fast: ["P2", "alert"],
    elsewhere: ["P3", "alert"],
    confined: ["P1", "P2"],
    family: "road-event",
    rank: 3,
    reason: "A vehicle that drives itself stops where it is; protect it as a breakdown, call its operator.",
  },
  blockage: {
    ...HAZARD,
    fast: ["P2", "P3"],
    elsewhere: ["P3", "alert"],
    confined: ["P1", "P2"],
    family: "road-event",
    rank: 4,
    reason: "Nobody gets through; detour and rescue lane before the queue is at the last exit.",
  },
  "dangerous-situation": {
    ...HAZARD,
    fast: ["P2", "alert"],
    elsewhere: ["P3", "event"],
    family: "road-event",
    rank: 4,
    reason: "Somebody tells of a danger without saying which; look at it.",
  },
  "slow-vehicle": {
    ...HAZARD,
    holdMs: 20 * SECOND,
    holdOneMs: 30 * SECOND,
    fast: ["P3", "alert"],
    elsewhere: LOGGED,
    family: "road-event",
    rank: 5,
    reason: "Warn behind it on a fast road if it lasts; an everyday thing elsewhere.",
  },
  "hard-brake-chain": {
    ...HAZARD,
    fast: ["P2", "alert"],
    elsewhere: SILENT,
    family: "road-event",
    rank: 6,
    reason: "Several braked hard one behind the other: a pile-up has begun or was missed; look at it.",
  },
  "queue-end": {
    ...HAZARD,
    fast: ["P2", "alert"],
    elsewhere: SILENT,
    confined: ["P2", "P3"],
    family: "road-event",
    rank: 7,
    reason: "Drivers meet standing traffic that they do not expect; queue warning within minutes.",
  },
  congestion: {
    ...TRAFFIC,
    fast: ["P3", "alert"],
    elsewhere: SILENT,
    confined: ["P2", "P3"],
    family: "road-event",
    rank: 8,
    reason: "Inform and re-route once it lasts. In tunnels nobody may stand.",
  },
  "emergency-brake": {
    ...HAZARD,
    fast: SILENT,
    elsewhere: LOGGED,
    family: "road-event",
    rank: 9,
    reason: "Over before anybody could act; told to vehicles behind, and a sign of what may follow.",
  },
  "collision-risk": {
    ...HAZARD,
    fast: LOGGED,
    elsewhere: LOGGED,
    family: "road-event",
    rank: 9,
    reason: "Decided within 2 s by the drivers; told to vehicles.",
  },
  "vru-risk": {
    ...HAZARD,
    fast: SILENT,
    elsewhere: LOGGED,
    family: "person",
    rank: 9,
    reason: "Decided within 2 s by those on the road; told to vehicles.",
  },
  "emergency-vehicle": {
    ...HAZARD,
    fast: SILENT,
    elsewhere: ["alert", "event"],
    family: "passing",
    rank: 5,
    reason: "Control centre knows of it; to be seen on the map.",
  },
  "slippery-road": {
    ...WEATHER,
    fast: ["P2", "alert"],
    elsewhere: ["P3", "alert"],
    family: "weather",
    rank: 1,
    reason: "Speed limit and gritting within minutes, before the first accident.",
  },
  "reduced-visibility": {
    ...WEATHER,
    fast: ["P2", "alert"],
    elsewhere: ["P3", "alert"],
    family: "weather",
    rank: 2,
    reason: "Fog on a fast road makes pile-ups; speed limit within minutes.",
  },
  "extreme-weather": {
    ...WEATHER,
    fast: ["P2", "P3"],
    elsewhere: ["P3", "alert"],
    family: "weather",
    rank: 3,
    reason: "Wind and hail: bridges closed to lorries, warnings.",
  },
  "heavy-precipitation": {
    ...WEATHER,
    fast: ["P3", "alert"],
    elsewhere: SILENT,
    family: "weather",
    rank: 4,
    reason: "Aquaplaning; speed limit if it lasts.",
  },
  roadworks: {
    ...DEVICE,
    fast: ["P3", "event"],
    elsewhere: SILENT,
    family: "works",
    rank: 1,
    reason: "Compare with the plan of works; unplanned ones are protected.",
  },
  "rail-crossing": {
    ...AT_ONCE,
    fast: ["P1", "P1"],
    elsewhere: ["P1", "P2"],
    family: "crossing",
    rank: 1,
    reason: "A train cannot stop: call the railway at once.",
  },
  "signal-violation": {
    ...HAZARD,
    fast: SILENT,
    elsewhere: ["event", "event"],
    family: "crossing",
    rank: 5,
    reason: "Over within 6 s; many at one place are a matter for the signal's timing.",
  },
  "automation-cluster": {
    ...TRAFFIC,
    fast: ["P3", "event"],
    elsewhere: SILENT,
    family: "technical",
    rank: 4,
    reason: "Vehicles give up driving themselves here: marking, works or sun; send somebody to look.",
  },
  "blind-area": {
    ...DEVICE,
    fast: ["P3", "P3"],
    elsewhere: ["P3", "P3"],
    family: "technical",
    rank: 1,
    reason: "Nothing is heard here, and quiet is not safe: repair; watch by other means.",
  },
  notice: {
    ...HAZARD,
    fast: SILENT,
    elsewhere: ["alert", "event"],
    family: "notice",
    rank: 5,
    reason: "Told by others or by this centre itself; nothing to do.",
  },
};

export type AlarmRules = Readonly<Record<AlertKind, AlarmRule>>;

/** What an alert is by its rule, whether or not it has lasted. */
export function levelOf(alert: AlarmAlert, { fast, elsewhere, confined }: AlarmRule): Level {
  if (alert.over) return "none";
  const { place, tier, severity } = alert;
  const open = place.fast ? fast : elsewhere;
  const [confirmed, suspected] = place.confined === true ? (confined ?? open) : open;
  const level = tier === "confirmed" ? confirmed : suspected;
  const endangers = severity === 5 && tier === "confirmed" && isAlarm(level);
  return endangers ? moreUrgent(level, DANGER_TO_LIFE) : level;
}

/** How long an alarm must last before it is announced. */
export function holdMsOf({ witnesses }: AlarmAlert, { holdMs, holdOneMs }: AlarmRule): number {
  return witnesses >= 2 ? holdMs : holdOneMs;
}
