/** Under which circumstances attackers are looked for. */
export interface Condition {
  readonly name: string;
  readonly hz: number;
  /** Standard error of positions on each axis, and the share of its variance that lasts for half a minute. */
  readonly noiseM: number;
  readonly lastingShare: number;
  readonly loss: number;
  /** Of the vehicles asked for: ten times as many reports take ten times as long. */
  readonly vehicleShare: number;
  readonly attackers: number;
  /** The server has the map; and roadside units that tell their places. */
  readonly map: boolean;
  readonly units: boolean;
}

const BASE: Condition = {
  name: "base: 1 Hz, 1.5 m, 10 % lost, 10 % attackers",
  hz: 1,
  noiseM: 1.5,
  lastingShare: 0.5,
  loss: 0.1,
  vehicleShare: 1,
  attackers: 0.1,
  map: true,
  units: true,
};

/** The first one is what targets are stated for. */
export const CONDITIONS: readonly Condition[] = [
  BASE,
  { ...BASE, name: "10 Hz", hz: 10, vehicleShare: 0.3 },
  { ...BASE, name: "noise 3 m", noiseM: 3 },
  { ...BASE, name: "noise 5 m", noiseM: 5 },
  { ...BASE, name: "noise 5 m, all of it new", noiseM: 5, lastingShare: 0 },
  { ...BASE, name: "30 % lost", loss: 0.3 },
  { ...BASE, name: "30 % attackers", attackers: 0.3 },
  { ...BASE, name: "without roadside units", units: false },
  { ...BASE, name: "without a map", map: false },
  { ...BASE, name: "without either", map: false, units: false },
];

/** Changes nothing about the traffic itself. */
export function isAsRecorded({ hz, noiseM, lastingShare, loss }: Condition): boolean {
  const sameNoise = noiseM === BASE.noiseM && lastingShare === BASE.lastingShare;
  return hz === BASE.hz && sameNoise && loss === BASE.loss;
}
