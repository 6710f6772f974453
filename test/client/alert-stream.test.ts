import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { alertMessages } from "../../src/client/alert-messages.ts";
import {
  type AlertStream,
  type AlertStreamMessage,
  type AlertStreamOptions,
  type Interruption,
  subscribeAlerts,
} from "../../src/client/alert-stream.ts";
import { DeliveryHub } from "../../src/deliver/delivery-hub.ts";
import type { Subscription } from "../../src/domain/subscription.ts";
import { encodeAlertBatch, encodeProblem, encodeSubscribed } from "../../src/wire/server-message.ts";
import { decodeSubscriberMessage } from "../../src/wire/subscriber-message.ts";
import { alert, EPOCH, FakeStations, START_MS, subscription } from "../deliver/world.ts";
import { scriptedServer, welcome } from "./scripted-server.ts";

const AT_ONCE: AlertStreamOptions = { random: () => 0 };

/** Serves a hub as the server does. */
function serve(hub: DeliveryHub, socket: WebSocket): void {
  socket.send(welcome());
  const session = hub.openSession(
    {
      send: (bytes) => {
        socket.send(bytes);
        return "sent";
      },
      bufferedBytes: () => 0,
      close: (code, reason) => socket.close(code, reason),
      terminate: () => socket.terminate(),
    },
    START_MS,
  );
  socket.on("message", (data: Buffer) => session.onMessage(data));
  socket.on("close", () => session.close());
}

function makeHub(): DeliveryHub {
  return new DeliveryHub({ epoch: EPOCH, stations: new FakeStations(), labelOf: (id) => id });
}

const sequences = (messages: readonly AlertStreamMessage[]) =>
  messages.flatMap((message) =>
    message.kind === "alerts" ? message.deliveries.map(({ sequence }) => sequence) : [],
  );

/** Collects messages and lets a test wait for what they show. */
class Collected {
  readonly messages: AlertStreamMessage[] = [];
  #wake: () => void = () => undefined;

  readonly take = (message: AlertStreamMessage): void => {
    this.messages.push(message);
    this.#wake();
  };

  async until(holds: (messages: readonly AlertStreamMessage[]) => boolean): Promise<void> {
    while (!holds(this.messages)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

async function endOf(stream: AlertStream): Promise<string> {
  return await stream.ended.then(
    () => "closed",
    (error: Error) => error.message,
  );
}

describe("a stream of alerts", () => {
  it("survives broken connections: every transition comes exactly once", async () => {
    const hub = makeHub();
    const sockets: WebSocket[] = [];
    const server = await scriptedServer((socket) => {
      sockets.push(socket);
      serve(hub, socket);
    });
    const interruptions: Interruption[] = [];
    const collected = new Collected();
    const stream = subscribeAlerts(server.url, subscription(), collected.take, {
      ...AT_ONCE,
      onInterruption: (interruption) => {
        interruptions.push(interruption);
        // Missed while the connection is down.
        hub.publish([alert({ alertId: `missed-${interruptions.length}` })], undefined, START_MS);
      },
    });
    await collected.until((messages) => messages.some(({ kind }) => kind === "subscribed"));
    for (let round = 0; round < 5; round++) {
      hub.publish([alert({ alertId: `live-${round}` })], undefined, START_MS);
      await collected.until((messages) => sequences(messages).length === 2 * round + 1);
      sockets.at(-1)?.terminate();
      await collected.until((messages) => sequences(messages).length === 2 * round + 2);
    }
    expect(sequences(collected.messages)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(stream.cursor).toEqual({ epoch: EPOCH, sequence: 10 });
    expect(interruptions).toMatchObject(Array.from({ length: 5 }, () => ({ failures: 0, retryInMs: 0 })));
    stream.close();
    await stream.ended;
    expect(sockets).toHaveLength(6);
  });

  it("resumes after the cursor of an earlier run", async () => {
    const hub = makeHub();
    for (let i = 1; i <= 5; i++) hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
    const server = await scriptedServer((socket) => serve(hub, socket));
    const collected = new Collected();
    const resume = { epoch: EPOCH, sequence: 3 };
    const stream = subscribeAlerts(server.url, subscription({ resume }), collected.take);
    await collected.until((messages) => sequences(messages).length === 2);
    expect(collected.messages[0]).toMatchObject({ kind: "subscribed", resumed: true });
    expect(sequences(collected.messages)).toEqual([4, 5]);
    stream.close();
    await stream.ended;
  });

  it("asks anew for a snapshot that was cut off", async () => {
    const asked: (Subscription["resume"] | "no subscription")[] = [];
    const server = await scriptedServer((socket, nth) => {
      socket.once("message", (data: Buffer) => {
        const request = decodeSubscriberMessage(data);
        asked.push(
          "kind" in request && request.kind === "subscribe" ? request.subscription.resume : "no subscription",
        );
        const cursor = { epoch: EPOCH, sequence: 8 };
        const delivery = { sequence: 8, alert: alert(), latency: undefined };
        socket.send(encodeSubscribed({ subscriptionId: "s", cursor, resumed: false, snapshotAlerts: 2 }));
        socket.send(encodeAlertBatch({ epoch: EPOCH, deliveries: [delivery], snapshot: true }));
        if (nth > 1) socket.send(encodeAlertBatch({ epoch: EPOCH, deliveries: [delivery], snapshot: true }));
        socket.close(1001);
      });
    });
    const collected = new Collected();
    const stream = subscribeAlerts(server.url, subscription(), collected.take, AT_ONCE);
    await collected.until((messages) => sequences(messages).length >= 4);
    stream.close();
    await stream.ended;
    expect(asked.slice(0, 3)).toEqual(
      [undefined, undefined, { epoch: EPOCH, sequence: 8 }].slice(0, asked.length),
    );
  });

  it("ends with the server's words where the subscription is refused", async () => {
    const server = await scriptedServer((socket) => {
      const message = "subscribe.polygon.points must not touch or cross itself.";
      const field = "subscribe.polygon.points";
      socket.send(encodeProblem({ code: "invalid-shape", message, field, subscriptionId: "s" }));
    });
    const stream = subscribeAlerts(server.url, subscription(), () => undefined, AT_ONCE);
    expect(await endOf(stream)).toBe("subscribe.polygon.points must not touch or cross itself.");
    expect(server.paths).toHaveLength(1);
  });

  it("ends where connecting again is of no use", async () => {
    const server = await scriptedServer((socket) => socket.close(4403, "needs the scope subscribe"));
    const stream = subscribeAlerts(server.url, subscription(), () => undefined, AT_ONCE);
    expect(await endOf(stream)).toContain("4403 (needs the scope subscribe)");
    expect(server.paths).toHaveLength(1);
  });

  it("ends at the first loss where it was told not to reconnect", async () => {
    const stream = subscribeAlerts("ws://127.0.0.1:1", subscription(), () => undefined, { reconnect: false });
    expect(await endOf(stream)).toContain("is the server running?");
  });

  it("waits longer after each failure, and at least 5 s for an overloaded server", async () => {
    const server = await scriptedServer((socket, nth) => socket.close(nth < 4 ? 1001 : 1013));
    const delays: number[] = [];
    await new Promise<void>((resolve) => {
      const stream = subscribeAlerts(server.url, subscription(), () => undefined, {
        random: () => 0.01,
        onInterruption: ({ retryInMs }) => {
          delays.push(retryInMs);
          if (delays.length < 4) return;
          stream.close();
          void stream.ended.then(resolve);
        },
      });
    });
    expect(delays).toEqual([5, 10, 20, 5_040]);
  });

  it("gives a server up that has fallen silent", async () => {
    const server = await scriptedServer((socket) => socket.send(welcome(20)));
    const interruption = await new Promise<Interruption>((resolve) => {
      const stream = subscribeAlerts(server.url, subscription(), () => undefined, {
        onInterruption: (event) => {
          stream.close();
          resolve(event);
        },
      });
    });
    expect(interruption.reason).toContain("1006");
  });

  it("stays paused across connections", async () => {
    const hub = makeHub();
    hub.publish([alert()], undefined, START_MS);
    let subscribed: () => void = () => undefined;
    const isServed = new Promise<void>((resolve) => {
      subscribed = resolve;
    });
    const server = await scriptedServer((socket, nth) => {
      if (nth === 1) return socket.close(1001);
      serve(hub, socket);
      socket.on("message", () => subscribed());
    });
    const collected = new Collected();
    const stream = subscribeAlerts(server.url, subscription(), collected.take, {
      ...AT_ONCE,
      onInterruption: () => stream.pause(),
    });
    await isServed;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(collected.messages).toEqual([]);
    stream.resume();
    await collected.until((messages) => sequences(messages).length === 1);
    stream.close();
    await stream.ended;
  });

  it("ends with what the handler throws, without another call", async () => {
    const hub = makeHub();
    const server = await scriptedServer((socket) => serve(hub, socket));
    let calls = 0;
    const stream = subscribeAlerts(
      server.url,
      subscription(),
      () => {
        calls++;
        throw new Error("no disk left");
      },
      AT_ONCE,
    );
    expect(await endOf(stream)).toBe("no disk left");
    expect(calls).toBe(1);
  });

  it("ends when its signal says so, even before it began", async () => {
    const stopped = AbortSignal.abort();
    const early = subscribeAlerts("ws://127.0.0.1:1", subscription(), () => undefined, { signal: stopped });
    expect(await endOf(early)).toBe("closed");
    const stop = new AbortController();
    const waiting = subscribeAlerts("ws://127.0.0.1:1", subscription(), () => undefined, {
      signal: stop.signal,
      random: () => 0.99,
      onInterruption: () => stop.abort(),
    });
    expect(await endOf(waiting)).toBe("closed");
  });
});

describe("alerts in a loop", () => {
  it("come in order; the cursor follows what was handled; leaving the loop closes", async () => {
    const hub = makeHub();
    const server = await scriptedServer((socket) => {
      serve(hub, socket);
      socket.once("message", () => {
        for (let i = 1; i <= 5; i++) hub.publish([alert({ alertId: `a${i}` })], undefined, START_MS);
      });
    });
    const messages = alertMessages(server.url, subscription());
    const seen: AlertStreamMessage[] = [];
    for await (const message of messages) {
      const before = sequences(seen).at(-1) ?? 0;
      expect(messages.cursor?.sequence ?? 0).toBe(before);
      seen.push(message);
      if (sequences(seen).length === 4) break;
    }
    expect(sequences(seen)).toEqual([1, 2, 3, 4]);
    expect(messages.cursor?.sequence).toBe(3);
  });

  it("throw what ends the stream", async () => {
    const server = await scriptedServer((socket) => socket.close(4401, ""));
    await expect(async () => {
      for await (const _ of alertMessages(server.url, subscription()));
    }).rejects.toThrow("4401");
  });

  it("make the server wait for a consumer that is busy", async () => {
    const count = 600;
    const batch = (sequence: number) =>
      encodeAlertBatch({
        epoch: EPOCH,
        deliveries: [
          {
            sequence,
            alert: alert({ why: { rule: "r", text: "x".repeat(100_000), measures: [] } }),
            latency: undefined,
          },
        ],
        snapshot: false,
      });
    let handedOver = 0;
    const served = new Promise<WebSocket>((resolve) => {
      void scriptedServer((socket) => {
        for (let i = 1; i <= count; i++) socket.send(batch(i), () => handedOver++);
        resolve(socket);
      }).then(({ url }) => begin(url));
    });
    let begin: (url: string) => void = () => undefined;
    const url = await new Promise<string>((resolve) => {
      begin = resolve;
    });
    const messages = alertMessages(url, subscription());
    const iterator = messages[Symbol.asyncIterator]();
    const seen: AlertStreamMessage[] = [];
    const take = async () => {
      const { value } = await iterator.next();
      seen.push(value as AlertStreamMessage);
    };
    await take();
    const socket = await served;
    // Everything that can move has moved when nothing was handed over during some turns of the loop.
    for (let quiet = 0, before = -1; quiet < 50; quiet = handedOver === before ? quiet + 1 : 0) {
      before = handedOver;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(handedOver).toBeLessThan(count);
    expect(socket.bufferedAmount).toBeGreaterThan(0);
    while (seen.length < count) await take();
    expect(sequences(seen)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    await iterator.return?.();
    await once(socket, "close");
  });
});
