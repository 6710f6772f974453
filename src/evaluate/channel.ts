import { EvaluationError } from "./evaluation-error.ts";

/** What lies between a vehicle's sensors and the traffic centre. */
export interface ChannelModel {
  readonly name: string;
  /**
   * `file`: every row is sent. `cam`: by the rules of EN 302 637-2 clause 6.1.3 where the rows come at 5 Hz or faster, else
   * once per row at a phase of the station's own.
   */
  readonly trigger: "file" | "cam";
  /** Least delay from sending to reception, ms, and the mean of an exponential delay on top. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Share of messages that no receiver hears, in bursts with this mean length, ms. */
  readonly lossShare: number;
  readonly burstMs: number;
  /** Standard deviation per axis of an error that comes on top of what the file has, m, and its correlation time, s. */
  readonly positionSigmaM: number;
  readonly positionCorrelationS: number;
  /** Standard deviation of a station's clock, ms. */
  readonly clockSigmaMs: number;
  /** Mean time between changes of pseudonym, s, from half to one and a half of it; 0 = never. */
  readonly pseudonymS: number;
  /** Roadside units, and the share of messages that a second one hears as well. */
  readonly receivers: number;
  readonly overlapShare: number;
}

const NONE: ChannelModel = {
  name: "none",
  trigger: "file",
  delayMs: 20,
  jitterMs: 0,
  lossShare: 0,
  burstMs: 0,
  positionSigmaM: 0,
  positionCorrelationS: 1,
  clockSigmaMs: 0,
  pseudonymS: 0,
  receivers: 64,
  overlapShare: 0,
};

/** Presets: `typical` a well-built corridor of roadside units, `harsh` its edge. Own choice, bracketed by field reports. */
export const CHANNELS: Readonly<Record<string, ChannelModel>> = {
  none: NONE,
  typical: {
    ...NONE,
    name: "typical",
    trigger: "cam",
    delayMs: 30,
    jitterMs: 20,
    lossShare: 0.03,
    burstMs: 500,
    positionSigmaM: 1,
    positionCorrelationS: 20,
    clockSigmaMs: 10,
    // Between 2 and 6 minutes: the newer rule of the C2C-CC (TR 103 415).
    pseudonymS: 240,
    overlapShare: 0.3,
  },
  harsh: {
    ...NONE,
    name: "harsh",
    trigger: "cam",
    delayMs: 80,
    jitterMs: 150,
    lossShare: 0.2,
    burstMs: 2_000,
    positionSigmaM: 3,
    positionCorrelationS: 20,
    clockSigmaMs: 50,
    pseudonymS: 120,
    overlapShare: 0.6,
  },
};

/** Parameters that a user may set, with their range. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  delayMs: [0, 10_000],
  jitterMs: [0, 10_000],
  lossShare: [0, 0.95],
  burstMs: [0, 60_000],
  positionSigmaM: [0, 100],
  positionCorrelationS: [0.1, 3_600],
  clockSigmaMs: [0, 10_000],
  pseudonymS: [0, 86_400],
  receivers: [1, 1_000],
  overlapShare: [0, 1],
};

/**
 * Reads `typical`, or a preset with changes: `typical,lossShare=0.1,delayMs=50`.
 * @throws EvaluationError naming what is not known
 */
export function channelFrom(text: string): ChannelModel {
  const [name = "none", ...changes] = text.split(",");
  const preset = Object.hasOwn(CHANNELS, name) ? CHANNELS[name] : undefined;
  if (preset === undefined)
    throw new EvaluationError(
      `There is no channel ${name}.`,
      `Known are ${Object.keys(CHANNELS).join(", ")}.`,
    );
  const values: Record<string, number | string> = { ...preset, name: text };
  for (const change of changes) {
    const [key = "", given = ""] = change.split("=");
    if (key === "trigger" && (given === "file" || given === "cam")) values[key] = given;
    else values[key] = numberIn(key, given);
  }
  return values as unknown as ChannelModel;
}

function numberIn(key: string, given: string): number {
  const range = Object.hasOwn(RANGES, key) ? RANGES[key] : undefined;
  if (range === undefined)
    throw new EvaluationError(
      `A channel has no parameter ${key}.`,
      `Known are trigger, ${Object.keys(RANGES).join(", ")}.`,
    );
  const value = Number(given);
  if (given !== "" && value >= range[0] && value <= range[1]) return value;
  throw new EvaluationError(`${key} of the channel must be ${range[0]} to ${range[1]}, not ${given}.`);
}
