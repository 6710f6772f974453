import { playOnRecordedClock } from "../../src/client/replay-client.ts";
import { type RecordedRecord, readRecording } from "../../src/recording/reader.ts";
import type { RunningServer } from "../../src/server/server.ts";
import { startTestServer } from "./server.ts";

export interface ShowOptions {
  /** Name in `fixtures/recordings`. */
  readonly recording?: string;
  /** Seconds of the recording that have passed when the show is ready. */
  readonly readyAtS?: number;
  /** Speed from then on. */
  readonly speed?: number;
  readonly flags?: Readonly<Record<string, unknown>>;
}

/** A server with a recording in it. */
export interface Show {
  readonly server: RunningServer;
  /** Ends the recording; the server ends with the test by itself. */
  stop(): Promise<void>;
}

/**
 * A real server on the recording's clock, with Duisburg's map, into which a recording is played: the first part as fast as
 * the server takes it, then on at a speed. By 150 s the default one has a jam with a queue end and vehicles that stand in it.
 */
export async function startShow(options: ShowOptions = {}): Promise<Show> {
  const { recording = "incident-queue", readyAtS = 150, speed = 1, flags = {} } = options;
  const server = await startTestServer({
    clock: "replay",
    "roads.map": "fixtures/maps/duisburg.geojson",
    ...flags,
  });
  const stop = new AbortController();
  const path = `fixtures/recordings/${recording}.mcap`;
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const paced = pacedFrom(readRecording(path), { readyAtS, speed, signal: stop.signal, ready });
  const played = playOnRecordedClock(server.streamUrl, paced, { signal: stop.signal }).catch(() => undefined);
  await Promise.race([isReady, played]);
  return {
    server,
    async stop() {
      stop.abort();
      await played;
    },
  };
}

interface Pace {
  readonly readyAtS: number;
  readonly speed: number;
  readonly signal: AbortSignal;
  /** The server has taken nearly all of the first part. */
  readonly ready: () => void;
}

/** Records in small pieces, those after the first part at the speed that is wanted. */
async function* pacedFrom(
  batches: AsyncIterable<readonly RecordedRecord[]>,
  { readyAtS, speed, signal, ready }: Pace,
): AsyncGenerator<readonly RecordedRecord[]> {
  let fromMs: number | undefined;
  let startedAtMs: number | undefined;
  for await (const batch of batches) {
    for (const record of batch) {
      fromMs ??= record.receivedAtMs + readyAtS * 1_000;
      const aheadMs = record.receivedAtMs - fromMs;
      if (aheadMs > 0) {
        if (startedAtMs === undefined) ready();
        startedAtMs ??= performance.now();
        const waitMs = aheadMs / speed - (performance.now() - startedAtMs);
        if (waitMs > 0) await delay(waitMs, signal);
      }
      if (signal.aborted) return;
      yield [record];
    }
  }
  ready();
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
