// The server under test: observations in on one subprotocol, results out on the other.
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { TICK_MS } from "../../src/domain/time.ts";
import { liveClock } from "../../src/stream/clock.ts";
import { pickFastLane } from "../../src/transport/fast-lane.ts";
import type { Connection } from "../../src/transport/transport.ts";
import { LoopPipeline } from "./engine.ts";
import type { ServerMark } from "./server-protocol.ts";
import { RESULT_FIELDS, type Windows } from "./windows.ts";

const LIMITS = {
  maxMessageBytes: 1024 * 1024,
  maxBufferedBytes: 64 * 1024 * 1024,
  idleTimeoutMs: 120_000,
  maxConnections: 16,
};

const clock = liveClock();
const subscribers = new Set<Connection>();
const counts = { observations: 0, messages: 0, results: 0, dropped: 0 };

/** All results of a record as one message: rows of doubles. */
function deliver({ rows, results }: Windows): void {
  counts.results += results;
  const bytes = new Uint8Array(rows.buffer, 0, results * RESULT_FIELDS * 8).slice();
  for (const subscriber of subscribers) if (subscriber.send(bytes) === "dropped") counts.dropped += results;
}

const pipeline = new LoopPipeline(deliver);
const { engine, transport } = await pickFastLane();
const listener = await transport.listen({ host: "127.0.0.1", port: 0 }, LIMITS, {
  upgrade({ subprotocols }) {
    const offered = [subprotocol.ingest, subprotocol.alerts].find((one) => subprotocols.includes(one));
    return offered === undefined
      ? { accept: false, status: 400, reason: "offer a subprotocol of Roadpulse" }
      : { accept: true, subprotocol: offered };
  },
  open(connection) {
    if (connection.subprotocol === subprotocol.alerts) subscribers.add(connection);
  },
  message(_connection, bytes) {
    counts.messages++;
    counts.observations += pipeline.take(bytes, clock());
  },
  refusedText: () => {},
  drained: () => {},
  closed: (connection) => subscribers.delete(connection),
});
setInterval(() => pipeline.advanceTo(clock()), TICK_MS);

function mark(): ServerMark {
  const { user, system } = process.cpuUsage();
  return {
    url: `ws://127.0.0.1:${listener.port}/`,
    engine,
    ...counts,
    malformed: pipeline.reader.malformed,
    refused: pipeline.windows.refused,
    faults: pipeline.faults,
    processorUs: user + system,
    rssBytes: process.memoryUsage().rss,
  };
}

process.on("message", () => process.send?.(mark()));
// The driver has gone: nothing is left to do.
process.on("disconnect", () => process.exit(0));
process.send?.(mark());
