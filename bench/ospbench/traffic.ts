import { clientFrame, clientHeadBytes } from "../load/lean-socket.ts";
import { ExpectedResults } from "./expected-results.ts";
import type { LoopData } from "./loop-data.ts";
import { HEAD_BYTES } from "./message-reader.ts";
import { type PublishedLine, solve } from "./oracle.ts";

/** Seconds after which the same observations are published again: as many as the memory of the sender holds at full rate. */
export const CYCLE_S = 3;

/** A second looks back on two others. */
const LEAD_IN_S = 2;

/** One message to be sent: a whole WebSocket frame in which the time is patched. */
export interface Message {
  readonly frame: Buffer;
  readonly timeAt: number;
  readonly observations: number;
}

/** The two streams of one second, in the order in which they are sent. */
export interface Second {
  readonly flows: readonly Message[];
  readonly speeds: readonly Message[];
}

/** Copies of all lanes under names of their own, the data of each shifted in time. */
export class LoopTraffic {
  readonly observationsPerSecond: number;
  readonly points: number;
  readonly seconds: readonly Second[];
  readonly #data: LoopData;
  readonly #copies: number;
  readonly #tag: string;
  readonly #batch: number;

  /** @param tag part of the names: two traffics at once must differ in it */
  constructor(data: LoopData, copies: number, tag: string, batch: number) {
    this.#data = data;
    this.#copies = copies;
    this.#tag = tag;
    this.#batch = batch;
    this.observationsPerSecond = 2 * copies * data.lanes.length;
    this.points = copies * new Set(data.lanes.map(({ key }) => pointOf(key))).size;
    this.seconds = Array.from({ length: CYCLE_S }, (_, second) => ({
      flows: this.#messages(second, "flows"),
      speeds: this.#messages(second, "speeds"),
    }));
  }

  /** What the oracle says of all points. It is asked copy by copy, with the lines that are sent. */
  expected(): ExpectedResults {
    const expected = new ExpectedResults(this.points);
    for (let copy = 0; copy < this.#copies; copy++) {
      const lines: PublishedLine[] = [];
      for (let second = 0; second < LEAD_IN_S + CYCLE_S; second++) {
        for (const stream of ["flows", "speeds"] as const) {
          for (const line of this.#linesOf(copy, second % CYCLE_S, stream)) {
            lines.push({ publishedAtMs: second * 1_000, line });
          }
        }
      }
      for (const result of solve(lines)) expected.add(result);
    }
    return expected;
  }

  #messages(second: number, stream: "flows" | "speeds"): Message[] {
    const lines = this.#lines(second, stream);
    const messages: Message[] = [];
    for (let from = 0; from < lines.length; from += this.#batch) {
      const some = lines.slice(from, from + this.#batch);
      const text = Buffer.from(some.join("\n"), "latin1");
      const payload = Buffer.concat([Buffer.alloc(HEAD_BYTES), text]);
      messages.push({
        frame: clientFrame(payload),
        timeAt: clientHeadBytes(payload.length),
        observations: some.length,
      });
    }
    return messages;
  }

  #lines(second: number, stream: "flows" | "speeds"): string[] {
    return Array.from({ length: this.#copies }, (_, copy) => this.#linesOf(copy, second, stream)).flat();
  }

  #linesOf(copy: number, second: number, stream: "flows" | "speeds"): string[] {
    const { lanes, times } = this.#data;
    const time = (copy * CYCLE_S + second) % times;
    return lanes.map((lane) => `${this.#name(lane.key, copy)}= ${lane[stream][time]}`);
  }

  #name(key: string, copy: number): string {
    const point = pointOf(key);
    return `${point}.${this.#tag}${copy}${key.slice(point.length)}`;
  }
}

function pointOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/"));
}
