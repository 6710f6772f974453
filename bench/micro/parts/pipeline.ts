import { Pipeline, type PipelineOptions } from "../../../src/pipeline.ts";
import { encodeIngestFrame, SCHEMA_MINOR } from "../../../src/wire/ingest-frame.ts";
import { CamStream, type CamStreamOptions } from "../../traffic/cam-stream.ts";
import { type MicroCase, type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";

const BATCH = 50;
const FEW_SHARE = 0.1;

/** Everything between two sockets: bytes of producers in, alert transitions out, ticks at their rate. */
export function pipelinePart({ stations, settlingSweeps }: MicroSize): MicroPart {
  const few = Math.max(BATCH, Math.round(stations * FEW_SHARE));
  const running = (reportsPerMessage: number, vehicles: number): MicroCase => {
    const world = pipelineWith({ vehicles, reportsPerMessage, seed: 1 });
    for (let sweep = 0; sweep < settlingSweeps; sweep++) world.sweep()();
    const sweeps = Math.round(stations / vehicles);
    return {
      name: `${reportsPerMessage} per message, ${vehicles} stations`,
      unit: "report",
      operations: sweeps * vehicles,
      batch: () => sweepsOf(world, sweeps),
    };
  };
  return {
    name: "whole pipeline",
    note: "decode, validate, track, detect, alert; no sockets; ticks of 50 ms with 10 reports per second and station",
    cases: [running(1, few), running(BATCH, few), running(1, stations), running(BATCH, stations)],
  };
}

/** Prepares so many sweeps of a fleet through its pipeline, and returns what carries them out. */
export function sweepsOf({ sweep }: { sweep(): () => void }, count: number): () => void {
  const work = Array.from({ length: count }, () => sweep());
  return () => {
    for (const run of work) run();
  };
}

/** A pipeline with an introduced session, and the messages of a fleet. */
export function pipelineWith(
  options: CamStreamOptions,
  optionsFor: (stream: CamStream) => PipelineOptions = () => ({}),
): {
  readonly pipeline: Pipeline;
  readonly stream: CamStream;
  readonly sweep: () => () => void;
} {
  const stream = new CamStream(options);
  const pipeline = new Pipeline({ maxStations: 4_000_000, ...optionsFor(stream) });
  pipeline.alerts$.subscribe(({ transitions }) => {
    sink.sum += transitions.length;
  });
  introduce(pipeline, stream.nowMs);
  return {
    pipeline,
    stream,
    sweep: () => {
      const records = stream.sweep();
      return () => {
        for (const record of records) sink.sum += pipeline.push(record)?.accepted ?? 0;
      };
    },
  };
}

const GATEWAY_KIND = 3;

function introduce(pipeline: Pipeline, receivedAtMs: number): void {
  pipeline.push({ kind: "session-opened", receivedAtMs, slot: 1 });
  const hello = { source_id: "bench", kind: GATEWAY_KIND, time_base: 1 };
  const bytes = encodeIngestFrame({ hello, schema_minor: SCHEMA_MINOR });
  pipeline.push({ kind: "message", receivedAtMs, slot: 1, bytes });
}
