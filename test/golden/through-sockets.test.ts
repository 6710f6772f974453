import { afterEach, describe, expect, it } from "vitest";
import { playOnRecordedClock } from "../../src/client/replay-client.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { readRecording } from "../../src/recording/reader.ts";
import { encodeSubscribe } from "../../src/wire/subscriber-message.ts";
import {
  alertLine,
  alertText,
  conservationFaults,
  goldenText,
  recordingNames,
  recordingPath,
} from "../support/golden.ts";
import { startTestServer } from "../support/server.ts";
import { StreamClient } from "../support/stream-client.ts";

let subscriber: StreamClient | undefined;
afterEach(() => subscriber?.socket.terminate());

/** Plays a recording into a server on its clock and collects what a subscriber is told, over real sockets both ways. */
async function alertsThroughSockets(name: string, engine: "off" | "auto") {
  const server = await startTestServer({ clock: "replay", "listen.fastLaneEngine": engine });
  const url = server.fastLaneUrl ?? server.streamUrl;
  const client = await StreamClient.open(url, subprotocol.alerts);
  subscriber = client;
  client.send(
    encodeSubscribe({
      subscriptionId: "all",
      area: { form: "everywhere" },
      filter: EVERY_ALERT,
      positionsIntervalMs: undefined,
      resume: undefined,
    }),
  );
  await client.next("subscribed");
  await playOnRecordedClock(url, readRecording(recordingPath(name)));
  const last = server.hub.cursor.sequence;
  if (last > 0) await client.next("alerts", ({ deliveries }) => deliveries.at(-1)?.sequence === last);
  const deliveries = client.heard.flatMap((message) => (message.kind === "alerts" ? message.deliveries : []));
  expect(deliveries.map(({ sequence }) => sequence)).toEqual(deliveries.map((_, index) => index + 1));
  expect(conservationFaults(server.pipeline.counters)).toEqual([]);
  return alertText(deliveries.map(({ alert }) => alertLine(alert)));
}

describe.each(recordingNames())("recording %s through sockets", (name) => {
  it.each(["off", "auto"] as const)(
    "gives a subscriber its golden alerts, byte for byte (fast lane %s)",
    async (engine) => {
      const text = await alertsThroughSockets(name, engine);
      expect(text).toBe(goldenText(name, text));
    },
  );
});
