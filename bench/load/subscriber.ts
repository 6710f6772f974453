import { isRejection } from "../../src/domain/rejection.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { decodeServerMessage } from "../../src/wire/server-message-reader.ts";
import { encodeSubscribe } from "../../src/wire/subscriber-message.ts";
import type { GeneratorMark } from "./generator-protocol.ts";
import type { Hazards } from "./hazards.ts";
import { clientFrame, LeanSocket } from "./lean-socket.ts";

/** What turns an alert into a latency. */
interface Listening {
  readonly hazards: Hazards;
  readonly monotonicMs: (unixMs: number) => number;
}

const US_PER_MS = 1_000;

/** One socket that takes all alerts and measures those of planted hazards, on the clock that planted them. */
export class Subscriber {
  #listening: Listening | undefined;
  #alertLatenciesMs: number[] = [];
  #serverLatenciesMs: number[] = [];
  #socket: LeanSocket | undefined;

  async open(url: string): Promise<void> {
    this.#socket = await LeanSocket.open(url, subprotocol.alerts, (payload) =>
      this.#read(payload, performance.now()),
    );
    this.#socket.sendFrame(
      clientFrame(
        encodeSubscribe({
          subscriptionId: "all",
          area: { form: "everywhere" },
          filter: EVERY_ALERT,
          positionsIntervalMs: undefined,
          resume: undefined,
        }),
      ),
    );
  }

  close(): void {
    this.#socket?.destroy();
  }

  listen(listening: Listening): void {
    this.#listening = listening;
    this.take();
  }

  /** Latencies since the last call. */
  take(): Pick<GeneratorMark, "alertLatenciesMs" | "serverLatenciesMs"> {
    const taken = { alertLatenciesMs: this.#alertLatenciesMs, serverLatenciesMs: this.#serverLatenciesMs };
    this.#alertLatenciesMs = [];
    this.#serverLatenciesMs = [];
    return taken;
  }

  #read(payload: Uint8Array, arrivedMs: number): void {
    const message = decodeServerMessage(payload);
    if (isRejection(message)) throw new Error(`the server sent what cannot be read: ${message.rejected}`);
    if (message.kind === "problem")
      throw new Error(`the server refused the subscription: ${message.message}`);
    if (message.kind !== "alerts" || this.#listening === undefined) return;
    for (const { alert, latency } of message.deliveries) {
      const brakedAtUnixMs = this.#listening.hazards.recognise(alert);
      if (brakedAtUnixMs === undefined) continue;
      this.#alertLatenciesMs.push(arrivedMs - this.#listening.monotonicMs(brakedAtUnixMs));
      if (latency !== undefined) this.#serverLatenciesMs.push(latency.deliveredUs / US_PER_MS);
    }
  }
}
