import { median } from "../support/statistics.ts";
import type { Side } from "./play.ts";
import { Player } from "./player.ts";
import type { Played } from "./player-protocol.ts";
import { FleetRecording, type RecordingOrder, readFixture, type Segment } from "./recording.ts";

/** In process, or through a real WebSocket with the sender on another core. */
export type Way = "in process" | "socket";

export interface ContestOrder {
  readonly name: string;
  readonly recording: RecordingOrder;
  readonly way: Way;
  readonly sides: readonly Side[];
  readonly repetitions: number;
  readonly playerCore: number | undefined;
  readonly profile: boolean;
  readonly log: (line: string) => void;
}

/** What one side did, medians over the repetitions. */
export interface SideResult {
  readonly side: Side;
  readonly engine: string | undefined;
  readonly reportsPerS: number;
  /** Processor time of the process per report, µs. */
  readonly processorUs: number;
  /** All repetitions, in order. */
  readonly runs: readonly { readonly reportsPerS: number; readonly processorUs: number }[];
}

/** Roadpulse against the twin: of the rates, and of the processor times, which hardly depend on what else runs. */
export interface Ratio {
  readonly rates: readonly [median: number, least: number, most: number];
  readonly processor: readonly [median: number, least: number, most: number];
}

export interface ContestResult {
  readonly name: string;
  readonly way: Way;
  readonly reportsPerRun: number;
  /** Transitions told by the twin and by Roadpulse with the same detectors: equal, else this is no result. */
  readonly alerts: number;
  readonly sides: readonly SideResult[];
  readonly ratio: Ratio;
  readonly twinProfile: Readonly<Record<string, number>> | undefined;
}

/**
 * Plays one recording on all sides in turn, segment by segment.
 * @throws Error where the twin and Roadpulse do not tell the same alerts, byte by byte
 */
export async function contest(order: ContestOrder): Promise<ContestResult> {
  const players = await startAll(order);
  try {
    return await run(order, players);
  } finally {
    for (const player of players) player.end();
  }
}

async function startAll({ sides, playerCore }: ContestOrder): Promise<Player[]> {
  const players: Player[] = [];
  for (const side of sides) players.push(await Player.start(side, playerCore));
  return players;
}

async function run(order: ContestOrder, players: readonly Player[]): Promise<ContestResult> {
  const { recording, repetitions, way, log } = order;
  const engines = new Map<Side, string>();
  for (const player of players) {
    await player.open(recording);
    if (way === "socket") engines.set(player.side, await player.connect());
  }
  const turn = way === "socket" ? await sentTurns(recording, players) : () => inTurn(players);
  await turn();
  const runs = new Map<Side, Played[]>(players.map(({ side }) => [side, []]));
  for (let i = 0; i < repetitions; i++) {
    for (const { side, played } of await turn()) runs.get(side)?.push(played);
    log(`  ${order.name}, ${way}, ${i + 1} of ${repetitions}: ${latest(runs)}`);
  }
  const twin = players.find(({ side }) => side === "twin");
  const twinProfile = order.profile && way === "in process" ? await profileOf(twin, players) : undefined;
  const alerts = await equalAlerts(players);
  const sides = [...runs].map(([side, played]) => sideResult(side, engines.get(side), played));
  const reportsPerRun = Math.min(...[...runs.values()].flat().map(({ reports }) => reports));
  return { name: order.name, way, reportsPerRun, alerts, sides, ratio: ratioOf(sides), twinProfile };
}

interface Turn {
  readonly side: Side;
  readonly played: Played;
}

/** One after the other: never two at a time. */
async function inTurn(players: readonly Player[]): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const player of players) turns.push({ side: player.side, played: await player.play() });
  return turns;
}

/** The same through sockets: this process makes the segments and sends them. */
async function sentTurns(
  recording: RecordingOrder,
  players: readonly Player[],
): Promise<() => Promise<Turn[]>> {
  const next = await segmentSource(recording);
  return async () => {
    const segment = next();
    const turns: Turn[] = [];
    for (const player of players) turns.push({ side: player.side, played: await player.send(segment) });
    return turns;
  };
}

async function segmentSource(recording: RecordingOrder): Promise<() => Segment> {
  if (recording.kind === "fixture") {
    const segment = await readFixture(recording.name);
    return () => segment;
  }
  const fleet = new FleetRecording(recording);
  let isWarm = false;
  return () => {
    const seconds = isWarm ? recording.segmentS : recording.warmUpS;
    isWarm = true;
    return fleet.next(seconds);
  };
}

function latest(runs: ReadonlyMap<Side, readonly Played[]>): string {
  return [...runs].map(([side, played]) => `${side} ${perReportUs(played.at(-1)).toFixed(2)} µs`).join(", ");
}

function perReportUs(played: Played | undefined): number {
  return played === undefined ? Number.NaN : (played.processorMs * 1_000) / played.reports;
}

/** All must have heard the same when their alerts are compared, so everybody plays the segment that one is profiled on. */
async function profileOf(
  twin: Player | undefined,
  players: readonly Player[],
): Promise<Readonly<Record<string, number>> | undefined> {
  const parts = await twin?.profile();
  for (const player of players) if (player !== twin) await player.play();
  return parts;
}

async function equalAlerts(players: readonly Player[]): Promise<number> {
  const files = new Map<Side, readonly string[]>();
  for (const player of players) files.set(player.side, await player.finish());
  const own = files.get("roadpulse") ?? [];
  const twin = files.get("twin") ?? [];
  const at = own.findIndex((line, i) => line !== twin[i]);
  if (at >= 0 || own.length !== twin.length) {
    const line = at >= 0 ? at : Math.min(own.length, twin.length);
    throw new Error(
      `the alerts differ (${own.length} and ${twin.length} transitions), first in line ${line + 1}:\n` +
        `roadpulse ${own[line]}\ntwin      ${twin[line]}`,
    );
  }
  return own.length;
}

function sideResult(side: Side, engine: string | undefined, played: readonly Played[]): SideResult {
  const runs = played.map((one) => ({
    reportsPerS: (one.reports * 1_000) / one.wallMs,
    processorUs: perReportUs(one),
  }));
  return {
    side,
    engine,
    reportsPerS: median(runs.map(({ reportsPerS }) => reportsPerS)),
    processorUs: median(runs.map(({ processorUs }) => processorUs)),
    runs,
  };
}

/** Ratios within each repetition: what disturbs one turn disturbs both. */
function ratioOf(sides: readonly SideResult[]): Ratio {
  const own = sides.find(({ side }) => side === "roadpulse")?.runs ?? [];
  const twin = sides.find(({ side }) => side === "twin")?.runs ?? [];
  const range = (values: readonly number[]): [number, number, number] => [
    median(values),
    Math.min(...values),
    Math.max(...values),
  ];
  return {
    rates: range(own.map(({ reportsPerS }, i) => reportsPerS / (twin[i]?.reportsPerS ?? Number.NaN))),
    processor: range(own.map(({ processorUs }, i) => (twin[i]?.processorUs ?? Number.NaN) / processorUs)),
  };
}
