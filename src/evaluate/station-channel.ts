import { Chance, hash32 } from "./chance.ts";
import type { ChannelModel } from "./channel.ts";

/** What the channel does to one vehicle's messages: an error of position that drifts, bursts of loss, pseudonyms. */
export class StationChannel {
  readonly phase: number;
  readonly clockMs: number;
  readonly #model: ChannelModel;
  readonly #stationId: number;
  readonly #chance: Chance;
  #errorEastM = 0;
  #errorNorthM = 0;
  #errorAtMs = Number.NaN;
  #lostUntilMs = Number.NEGATIVE_INFINITY;
  #heardUntilMs = Number.NEGATIVE_INFINITY;
  #pseudonym: number;
  #pseudonymUntilMs = Number.NaN;

  constructor(model: ChannelModel, seed: number, stationId: number) {
    this.#model = model;
    this.#stationId = stationId;
    this.#chance = new Chance(hash32(seed, 2, stationId));
    this.phase = this.#chance.uniform();
    this.clockMs = model.clockSigmaMs === 0 ? 0 : Math.round(model.clockSigmaMs * this.#chance.normal());
    this.#pseudonym = stationId;
  }

  /** Id under which the vehicle speaks now. */
  pseudonym(atMs: number): number {
    const meanMs = this.#model.pseudonymS * 1_000;
    if (meanMs === 0) return this.#stationId;
    const next = (): number => (0.5 + this.#chance.uniform()) * meanMs;
    if (Number.isNaN(this.#pseudonymUntilMs)) this.#pseudonymUntilMs = atMs + this.#chance.uniform() * next();
    while (atMs >= this.#pseudonymUntilMs) {
      this.#pseudonym = hash32(this.#pseudonym, 3, this.#stationId) || 1;
      this.#pseudonymUntilMs += next();
    }
    return this.#pseudonym;
  }

  /** First-order Gauss–Markov error, m: as satellite receivers drift. */
  error(atMs: number): { readonly eastM: number; readonly northM: number } {
    const { positionSigmaM: sigma, positionCorrelationS: correlationS } = this.#model;
    if (sigma > 0) {
      const isFirst = Number.isNaN(this.#errorAtMs);
      const keep = isFirst ? 0 : Math.exp(-Math.max(0, atMs - this.#errorAtMs) / (correlationS * 1_000));
      const fresh = sigma * Math.sqrt(1 - keep * keep);
      this.#errorEastM = this.#errorEastM * keep + fresh * this.#chance.normal();
      this.#errorNorthM = this.#errorNorthM * keep + fresh * this.#chance.normal();
      this.#errorAtMs = atMs;
    }
    return { eastM: this.#errorEastM, northM: this.#errorNorthM };
  }

  /** Whether nobody hears what is sent now: two states with exponential stays (Gilbert 1960). */
  isLost(atMs: number): boolean {
    const { lossShare, burstMs } = this.#model;
    if (lossShare === 0) return false;
    if (burstMs === 0) return this.#chance.uniform() < lossShare;
    while (atMs >= this.#lostUntilMs && atMs >= this.#heardUntilMs) {
      const wasLost = this.#lostUntilMs > this.#heardUntilMs;
      const fromMs = Math.max(this.#lostUntilMs, this.#heardUntilMs);
      const beganMs = fromMs === Number.NEGATIVE_INFINITY ? atMs : fromMs;
      if (wasLost || fromMs === Number.NEGATIVE_INFINITY) {
        this.#heardUntilMs = beganMs + this.#chance.exponential((burstMs * (1 - lossShare)) / lossShare);
      } else this.#lostUntilMs = beganMs + this.#chance.exponential(burstMs);
    }
    return this.#lostUntilMs > this.#heardUntilMs;
  }

  delayMs(): number {
    const { delayMs, jitterMs } = this.#model;
    return delayMs + (jitterMs === 0 ? 0 : this.#chance.exponential(jitterMs));
  }

  isHeardTwice(): boolean {
    return this.#model.overlapShare > 0 && this.#chance.uniform() < this.#model.overlapShare;
  }
}

/** EN 302 637-2 V1.4.1 clause 6.1.3: a CAM is due after 1 s, or after 0.1 s where the vehicle has changed by one of these. */
const LONGEST_MS = 1_000;
const SHORTEST_MS = 100;
const MOVED_M = 4;
const TURNED_DEG = 4;
const FASTER_MPS = 0.5;

/** Decides which samples of a fast source become CAMs. */
export class CamTrigger {
  #atMs = Number.NEGATIVE_INFINITY;
  #x = 0;
  #y = 0;
  #speedMps = 0;
  #headingDeg = 0;

  isDue(atMs: number, x: number, y: number, speedMps: number, headingDeg: number): boolean {
    const elapsedMs = atMs - this.#atMs;
    if (elapsedMs < SHORTEST_MS) return false;
    const turnDeg = Math.abs(headingDeg - this.#headingDeg) % 360;
    const movedSquared = (x - this.#x) * (x - this.#x) + (y - this.#y) * (y - this.#y);
    const isDue =
      elapsedMs >= LONGEST_MS ||
      movedSquared > MOVED_M * MOVED_M ||
      Math.min(turnDeg, 360 - turnDeg) > TURNED_DEG ||
      Math.abs(speedMps - this.#speedMps) > FASTER_MPS;
    if (!isDue) return false;
    this.#atMs = atMs;
    this.#x = x;
    this.#y = y;
    this.#speedMps = speedMps;
    this.#headingDeg = headingDeg;
    return true;
  }
}
