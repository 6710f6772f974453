import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { MotionReport } from "../../domain/observation.ts";
import type { GeoPoint } from "../../domain/place.ts";
import type { SessionEnd } from "../../domain/record.ts";
import type { RoadMatch, RoadNetwork } from "../../domain/road.ts";
import { TICK_MS } from "../../domain/time.ts";
import { valuesOf } from "../parameter.ts";
import { NAME, runDetection, sourceDetection } from "./blind-content.ts";
import {
  type BlindState,
  emptyState,
  restoreState,
  type SilentRun,
  STRETCH_M,
  snapshotState,
  stretchKey,
  Visit,
} from "./blind-state.ts";
import { BLIND_AREA } from "./reported-parameters.ts";
import {
  arrivalsBetween,
  type BlindParameters,
  hear,
  newWatch,
  type Silence,
  shift,
  silenceOf,
  type Watch,
  widen,
} from "./silence.ts";

const MAX_SOURCES = 5_000;
const MAX_STRETCHES = 20_000;

/**
 * With many stations a station's motion reports are looked at in one second of 4 or 16, by its id, so that the look is
 * spread over all reports: a Poisson process that is thinned is one, and learning and silence are thinned alike. In 16 s
 * a vehicle at 31 m/s drives through a stretch.
 */
const SPARSE_STATIONS = 5_000;
const SPARSE_MASK = 3;
const DENSE_STATIONS = 25_000;
const DENSE_MASK = 15;

const NO_WATCH = 0;

const DECIDE_EVERY_MS = 5_000;
const EXTEND_EVERY_MS = 60_000;
const SWEEP_EVERY_MS = 60_000;
const SWEEP_TICKS = SWEEP_EVERY_MS / TICK_MS;

/** A station heard again after this long has arrived anew. */
const ANEW_MS = 60_000;

/** What was silent for so long is forgotten with what was usual there. */
const FORGET_MS = 6 * 3_600_000;

/** Silent stretches with at most one between them are one. */
const JOINED_M = 2 * STRETCH_M;

/**
 * "Blind here": a roadside unit, gateway or 500 m of a route that is usually heard and now is not, for longer than chance
 * explains: the rate of the last quarter of an hour would have brought 14 arrivals, and the silence is three times the
 * longest of that time. A source's own messages count like arrivals. Silence is never told as free traffic; it ends when
 * something is heard. A source whose session was closed in order is told as such. Behind a queue that stands nobody is
 * expected, nor where nobody is heard before the stretch either; stretches that a silent source explains are its matter.
 */
export function blindArea(parameters: BlindParameters = valuesOf(BLIND_AREA)): Detector<BlindState> {
  return {
    name: NAME,
    snapshotVersion: 2,
    init: emptyState,
    prefetch({ visits, phase, mask }, frames) {
      let sum = 0;
      for (const { stationId } of frames) {
        if (((stationId + phase) & mask) === 0) sum ^= visits.prefetchOne(stationId);
      }
      return sum;
    },
    onItem(state, frame, context) {
      const report = frame.observation;
      if (report.kind === "motion") {
        if (report.stationType === "infrastructure") hearBeat(state, frame, parameters);
        else if (((frame.stationId + state.phase) & state.mask) === 0)
          hearMotion(state, frame, report, context, parameters);
      } else if (report.kind === "signal" || report.kind === "sensor" || report.kind === "intersection") {
        hearBeat(state, frame, parameters);
      }
    },
    onSessionEnd: noteEnd,
    onOutage: passOver,
    onTick(state, tickMs, context, emit) {
      if (tickMs % 1_000 === 0) {
        state.phase = (tickMs / 1_000) & DENSE_MASK;
        state.mask = maskOf(context.stations.size);
      }
      forgetVisits(state, tickMs);
      if (tickMs % SWEEP_EVERY_MS === 0) sweep(state, tickMs);
      if (tickMs % DECIDE_EVERY_MS !== 0) return;
      decideSources(state, tickMs, emit, parameters);
      if (context.roads !== undefined)
        decideStretches(state, tickMs, context, context.roads, emit, parameters);
    },
    refused: ({ refused }) => refused,
    snapshot: snapshotState,
    restore: restoreState,
  };
}

function maskOf(stations: number): number {
  if (stations < SPARSE_STATIONS) return 0;
  return stations < DENSE_STATIONS ? SPARSE_MASK : DENSE_MASK;
}

/** A message of the infrastructure itself: the source lives. */
function hearBeat(state: BlindState, frame: Frame, { learnMs }: BlindParameters): void {
  const { observation, receivedAtMs, receiver, source } = frame;
  if (source.kind === "vehicle") return;
  const place = "latitudeDeg" in observation ? observation : undefined;
  const gateway = watchOf(state, state.gateways, "gateway", frame, place);
  if (gateway !== undefined) hear(gateway, receivedAtMs, true, learnMs);
  if (receiver === source.name) return;
  const unit = watchOf(state, state.roadside, "roadside", frame, place);
  if (unit === undefined) return;
  unit.gateway = source.name;
  hear(unit, receivedAtMs, true, learnMs);
}

function hearMotion(
  state: BlindState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  parameters: BlindParameters,
): void {
  const { visits } = state;
  const known = visits.find(frame.stationId);
  const at = known >= 0 ? known : visits.add(frame.stationId);
  if (at < 0) {
    state.refused++;
    return;
  }
  const { words } = visits;
  const { learnMs } = parameters;
  const nowMs = Math.floor(frame.receivedAtMs) | 0;
  const isAnew = known < 0 || ((nowMs - (words[at + Visit.at] as number)) | 0) > ANEW_MS;
  words[at + Visit.at] = nowMs;
  const { source, receiver } = frame;
  if (source.kind !== "vehicle") {
    const gateway = watchOf(state, state.gateways, "gateway", frame, report);
    if (gateway !== undefined) {
      arrive(gateway, words[at + Visit.gateway] as number, frame, report, isAnew, learnMs);
      words[at + Visit.gateway] = gateway.number;
    }
    const unit =
      receiver === source.name ? undefined : watchOf(state, state.roadside, "roadside", frame, report);
    if (unit !== undefined) {
      unit.gateway = source.name;
      hearUnit(words, at, unit, frame, report, isAnew, learnMs);
    }
  }
  const match = context.roads === undefined ? undefined : context.stations.get(frame.stationId)?.road;
  const stretch = match === undefined ? undefined : stretchOf(state, match, frame);
  const number = stretch?.number ?? NO_WATCH;
  if (stretch !== undefined)
    hear(stretch, frame.receivedAtMs, isAnew || number !== words[at + Visit.stretch], learnMs);
  words[at + Visit.stretch] = number;
}

function hearUnit(
  words: Int32Array,
  at: number,
  unit: Watch,
  frame: Frame,
  report: MotionReport,
  isAnew: boolean,
  learnMs: number,
): void {
  const last = words[at + Visit.unit] as number;
  const other = words[at + Visit.other] as number;
  arrive(unit, unit.number === other ? other : last, frame, report, isAnew, learnMs);
  if (unit.number !== last) words[at + Visit.other] = last;
  words[at + Visit.unit] = unit.number;
}

function arrive(
  watch: Watch,
  last: number,
  frame: Frame,
  report: MotionReport,
  isAnew: boolean,
  learnMs: number,
): void {
  hear(watch, frame.receivedAtMs, isAnew || watch.number !== last, learnMs);
  widen(watch, report.latitudeDeg, report.longitudeDeg);
}

function watchOf(
  state: BlindState,
  watches: Map<string, Watch>,
  kind: "gateway" | "roadside",
  frame: Frame,
  place: GeoPoint | undefined,
): Watch | undefined {
  const name = kind === "gateway" ? frame.source.name : frame.receiver;
  const known = watches.get(name);
  if (known !== undefined) return known;
  // Signal states have no place; another message of the source will.
  if (place === undefined) return undefined;
  if (watches.size >= MAX_SOURCES) {
    state.refused++;
    return undefined;
  }
  const watch = newWatch(
    state.nextWatch++,
    kind,
    name,
    frame.receivedAtMs,
    place.latitudeDeg,
    place.longitudeDeg,
  );
  watches.set(name, watch);
  return watch;
}

function stretchOf(state: BlindState, match: RoadMatch, frame: Frame): Watch | undefined {
  if (match.against) return undefined;
  const { index } = match.link.route;
  const key = stretchKey(index, match.routeM);
  let watch = state.stretches.get(key);
  if (watch === undefined) {
    if (state.stretches.size >= MAX_STRETCHES) {
      state.refused++;
      return undefined;
    }
    const fromM = Math.floor(match.routeM / STRETCH_M) * STRETCH_M;
    watch = newWatch(state.nextWatch++, "stretch", "", frame.receivedAtMs, 0, 0, index, fromM);
    state.stretches.set(key, watch);
  }
  watch.gateway = frame.source.name;
  watch.receiver = frame.receiver;
  return watch;
}

/** Good-bye: what follows is no surprise. */
function noteEnd(state: BlindState, { source, isRegular }: SessionEnd): void {
  if (!isRegular) return;
  const gateway = state.gateways.get(source.name);
  if (gateway !== undefined) gateway.isClosed = true;
  for (const unit of state.roadside.values()) if (unit.gateway === source.name) unit.isClosed = true;
}

/** For what was not known to be silent, time stands still while nothing can be heard. */
function passOver(state: BlindState, fromMs: number, untilMs: number): void {
  for (const watches of [state.gateways, state.roadside]) {
    for (const watch of watches.values()) {
      if (!state.sources.has(`${watch.kind}:${watch.name}`)) shift(watch, untilMs - fromMs);
    }
  }
  const runs = [...state.runs.values()];
  for (const watch of state.stretches.values()) {
    const { routeIndex, routeM } = watch;
    const place = { routeIndex, fromM: routeM, toM: routeM + STRETCH_M };
    if (!runs.some((run) => overlaps(place, run))) shift(watch, untilMs - fromMs);
  }
}

function decideSources(state: BlindState, tickMs: number, emit: Emit, parameters: BlindParameters): void {
  const watches = [...state.gateways.values(), ...state.roadside.values()];
  watches.sort((a, b) => (a.kind !== b.kind ? (a.kind < b.kind ? -1 : 1) : a.name < b.name ? -1 : 1));
  for (const watch of watches) decideSource(state, watch, tickMs, emit, parameters);
}

function decideSource(
  state: BlindState,
  watch: Watch,
  tickMs: number,
  emit: Emit,
  parameters: BlindParameters,
): void {
  const key = `${watch.kind}:${watch.name}`;
  const told = state.sources.get(key);
  if (told !== undefined && watch.lastAtMs > told.referencedAtMs)
    return end(state.sources, key, told, tickMs, emit);
  if (told !== undefined) return;
  // Where the gateway is silent its units are, and nobody needs to be told of each.
  if (watch.kind === "roadside" && state.sources.has(`gateway:${watch.gateway}`)) return;
  const silence = silenceOf(watch, tickMs, parameters);
  if (silence === undefined || silence.silentMs > parameters.validityMs) return;
  const detection = sourceDetection(watch, silence, "start", tickMs, parameters);
  state.sources.set(key, detection);
  emit(detection);
}

function end(
  told: Map<string, Detection>,
  key: string,
  detection: Detection,
  tickMs: number,
  emit: Emit,
): void {
  told.delete(key);
  emit({ ...detection, phase: "end", decidedAtMs: tickMs });
}

interface Silent {
  readonly routeIndex: number;
  readonly fromM: number;
  toM: number;
  silence: Silence;
}

function decideStretches(
  state: BlindState,
  tickMs: number,
  context: DetectionContext,
  roads: RoadNetwork,
  emit: Emit,
  parameters: BlindParameters,
): void {
  if (state.stretches.size === 0) return;
  const found = silentRuns(state, tickMs, context, roads, parameters);
  const taken = new Set<Silent>();
  for (const [key, run] of state.runs) {
    const own = found.find((one) => !taken.has(one) && overlaps(one, run));
    if (own === undefined) {
      state.runs.delete(key);
      emit({ ...run.told, phase: "end", decidedAtMs: tickMs });
    } else {
      taken.add(own);
      renew(key, run, own, tickMs, roads, emit, parameters);
    }
  }
  for (const silent of found) if (!taken.has(silent)) begin(state, silent, tickMs, roads, emit, parameters);
}

/** Stretches that are silent without another reason, joined along their routes. */
function silentRuns(
  state: BlindState,
  tickMs: number,
  context: DetectionContext,
  roads: RoadNetwork,
  parameters: BlindParameters,
): Silent[] {
  const silent: Silent[] = [];
  for (const watch of state.stretches.values()) {
    if (tickMs - watch.lastAtMs < parameters.minSilentMs) continue;
    if (isSourceSilent(state, watch, tickMs, parameters) || isCutOff(watch, context, roads)) continue;
    const silence = silenceOf(watch, tickMs, parameters);
    if (silence === undefined || silence.silentMs > parameters.validityMs) continue;
    const { routeIndex, routeM } = watch;
    silent.push({ routeIndex, fromM: routeM, toM: routeM + STRETCH_M, silence });
  }
  silent.sort((a, b) => a.routeIndex - b.routeIndex || a.fromM - b.fromM);
  const runs: Silent[] = [];
  for (const one of silent) {
    const last = runs.at(-1);
    if (last?.routeIndex !== one.routeIndex || one.fromM - last.toM >= JOINED_M) runs.push(one);
    else {
      last.toM = one.toM;
      if (one.silence.silentMs < last.silence.silentMs) last.silence = one.silence;
    }
  }
  return runs.filter((run) => isFed(state, run, tickMs, parameters));
}

/**
 * As many vehicles as would prove it were heard just before it since: a road whose traffic has dried up, or gone another
 * way, is not blind.
 */
function isFed(
  { stretches }: BlindState,
  { routeIndex, fromM }: Silent,
  tickMs: number,
  { minSilentMs, expectedArrivals, learnMs }: BlindParameters,
): boolean {
  const first = stretches.get(stretchKey(routeIndex, fromM));
  const before = fromM < STRETCH_M ? undefined : stretches.get(stretchKey(routeIndex, fromM - STRETCH_M));
  if (first === undefined || before === undefined || tickMs - before.lastAtMs >= minSilentMs) return false;
  const usual = arrivalsBetween(first, first.lastAtMs - learnMs, first.lastAtMs);
  const usualBefore = arrivalsBetween(before, first.lastAtMs - learnMs, first.lastAtMs);
  if (usualBefore === 0) return false;
  return (arrivalsBetween(before, first.lastAtMs, tickMs) * usual) / usualBefore >= expectedArrivals;
}

/** Where the source is silent, however shortly, it explains its stretches. */
function isSourceSilent(
  { gateways, roadside }: BlindState,
  { gateway, receiver }: Watch,
  tickMs: number,
  { sourceSilentMs }: BlindParameters,
): boolean {
  const heardAtMs = (watch: Watch | undefined): number => watch?.lastAtMs ?? tickMs;
  const lastAtMs = Math.min(heardAtMs(gateways.get(gateway)), heardAtMs(roadside.get(receiver)));
  return tickMs - lastAtMs >= sourceSilentMs;
}

/** Nobody comes where traffic stands before it. */
function isCutOff({ routeIndex, routeM }: Watch, { traffic }: DetectionContext, roads: RoadNetwork): boolean {
  const route = roads.routes[routeIndex];
  if (route === undefined) return true;
  const level = traffic.levelOn?.(route, Math.max(0, routeM - STRETCH_M / 2));
  return level === "stationary" || level === "queuing";
}

function overlaps({ routeIndex, fromM, toM }: Omit<Silent, "silence">, run: SilentRun): boolean {
  return routeIndex === run.routeIndex && fromM < run.toM && run.fromM < toM;
}

function begin(
  state: BlindState,
  silent: Silent,
  tickMs: number,
  roads: RoadNetwork,
  emit: Emit,
  parameters: BlindParameters,
): void {
  const { routeIndex, fromM, toM, silence } = silent;
  const route = roads.routes[routeIndex];
  if (route === undefined) return;
  const key = `stretch:${route.id}:${fromM}:${tickMs}`;
  const told = runDetection(key, route, fromM, toM, silence, "start", tickMs, roads, parameters);
  state.runs.set(key, { routeIndex, fromM, toM, told });
  emit(told);
}

function renew(
  key: string,
  run: SilentRun,
  silent: Silent,
  tickMs: number,
  roads: RoadNetwork,
  emit: Emit,
  parameters: BlindParameters,
): void {
  const route = roads.routes[run.routeIndex];
  const changed = silent.fromM !== run.fromM || silent.toM !== run.toM;
  if (route === undefined || (!changed && tickMs - run.told.decidedAtMs < EXTEND_EVERY_MS)) return;
  [run.fromM, run.toM] = [silent.fromM, silent.toM];
  const phase = changed ? "update" : "extend";
  run.told = runDetection(key, route, run.fromM, run.toM, silent.silence, phase, tickMs, roads, parameters);
  emit(run.told);
}

/** Looks at a share of the visits, all of them in `SWEEP_EVERY_MS`. */
function forgetVisits(state: BlindState, tickMs: number): void {
  const { visits } = state;
  const nowMs = tickMs | 0;
  if (state.unswept <= 0 || state.unswept > visits.size) state.unswept = visits.size;
  // From the end: the last row takes the place of one that goes.
  for (let left = Math.ceil(visits.size / SWEEP_TICKS); left > 0 && state.unswept > 0; left--) {
    const at = visits.rowAt(--state.unswept);
    if (((nowMs - (visits.words[at + Visit.at] as number)) | 0) > ANEW_MS) visits.removeAt(at);
  }
}

function sweep(state: BlindState, tickMs: number): void {
  for (const watches of [state.gateways, state.roadside]) {
    for (const [name, watch] of watches) if (tickMs - watch.lastAtMs > FORGET_MS) watches.delete(name);
  }
  for (const [key, watch] of state.stretches) {
    if (tickMs - watch.lastAtMs > FORGET_MS) state.stretches.delete(key);
  }
}
