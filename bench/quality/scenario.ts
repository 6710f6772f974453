import type { AlertKind } from "../../src/domain/alert.ts";
import type { VictimDraw } from "../../src/evaluate/penetration.ts";
import type { ExtraMessage, Sample } from "./samples.ts";
import type { ScenarioTruth } from "./truth/truth.ts";

/** One run of a scenario: all that happened, and what is true of it. */
export interface ScenarioRun {
  readonly scenario: string;
  readonly seed: number;
  /** All vehicles, sorted by time. */
  readonly samples: readonly Sample[];
  /** What else is sent, sorted by time. */
  readonly extras: readonly ExtraMessage[];
  readonly truth: ScenarioTruth;
  /** A map file, as `readRoadMap` reads it. */
  readonly map: object;
}

/** A kind of traffic with known truth, made anew for every seed. */
export interface Scenario {
  readonly name: string;
  /** One sentence for tables and captions. */
  readonly title: string;
  /** `idm` runs anywhere; `sumo` needs SUMO. */
  readonly engine: "idm" | "sumo";
  /** Kinds of alerts that its truth asks for; none where all should be silent. */
  readonly asks: readonly AlertKind[];
  /**
   * Who of the vehicles that are the hazard is equipped. Where one vehicle is all there is to see, nothing is learned from
   * the nineteen runs of twenty in which it is not: those are scored as `equipped`, and apart from them as `bare`.
   */
  readonly victims: readonly VictimDraw[];
  /** Seconds of traffic. */
  readonly durationS: number;
  /** Whether the levels of its traffic are scored: no signals, and every vehicle in the table. */
  readonly levels?: boolean;
  /** Runs for every seed that is asked for; 1 where absent. */
  readonly repeats?: number;
  /** Channel of a run where it is not the one that was asked for. */
  channelFor?(seed: number, asked: string): string;
  /** `densest`: the highest share of equipped vehicles that will be drawn, for those that leave out what nobody will hear. */
  generate(seed: number, densest?: number): ScenarioRun | Promise<ScenarioRun>;
}
