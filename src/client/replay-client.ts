import { once } from "node:events";
import { WebSocket } from "ws";
import type { StreamRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import { subprotocol } from "../domain/subprotocol.ts";
import { Pacer, type ReplaySpeed } from "../stream/pacer.ts";
import {
  decodeReplayProgress,
  encodeReplayRecord,
  REPLAY_WINDOW_RECORDS,
  type WireReplayRecord,
} from "../wire/replay-record.ts";
import { toSessionEvent } from "../wire/session-event.ts";
import { openSocket } from "./socket.ts";

type Batches = AsyncIterable<readonly StreamRecord[]>;

export interface PlayProgress {
  readonly records: number;
  /** Receive time that the replay has reached on the recording's clock, Unix ms. */
  readonly receivedAtMs: number;
}

export interface PlayOptions {
  readonly onProgress?: (progress: PlayProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Plays records into a server that runs on the recording's clock (`--clock replay`), as fast as it takes them or at a
 * speed. Resolves when the server has handled all of them and every alert has ended.
 * @throws Error in one sentence where the server refuses or goes away.
 */
export async function playOnRecordedClock(
  url: string,
  batches: Batches,
  options: PlayOptions & { readonly speed?: ReplaySpeed } = {},
): Promise<PlayProgress> {
  const socket = await openSocket(url, subprotocol.replay);
  const window = new Window(socket);
  const pacer = new Pacer(options.speed ?? "max");
  let receivedAtMs = 0;
  try {
    for await (const batch of batches) {
      for (const record of batch) {
        const wire = toWire(record);
        if (wire === undefined) continue;
        if (pacer.isAhead(record.receivedAtMs)) await pacer.until(record.receivedAtMs, options.signal);
        if (window.isFull) await window.opens();
        if (options.signal?.aborted) break;
        socket.send(encodeReplayRecord(wire));
        window.sent++;
        receivedAtMs = record.receivedAtMs;
      }
      options.onProgress?.({ records: window.sent, receivedAtMs });
      if (options.signal?.aborted) break;
    }
    socket.send(encodeReplayRecord({ end: {} }));
    await window.done();
    return { records: window.sent, receivedAtMs };
  } finally {
    socket.close();
  }
}

/** Keeps at most `REPLAY_WINDOW_RECORDS` under way: the server's socket buffer stays small and memory bounded. */
class Window {
  sent = 0;
  #handled = 0;
  #isDone = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(socket: WebSocket) {
    socket.on("message", (data: Buffer) => this.#read(data));
    socket.on("close", (code: number, reason: Buffer) => {
      if (!this.#isDone)
        this.#fail(
          new Error(`the server closed the replay with ${code}: ${reason.toString() || "no reason"}`),
        );
    });
    socket.on("error", (error: Error) => this.#fail(error));
  }

  get isFull(): boolean {
    return this.sent - this.#handled >= REPLAY_WINDOW_RECORDS || this.#failure !== undefined;
  }

  async opens(): Promise<void> {
    while (this.isFull) await this.#change();
  }

  async done(): Promise<void> {
    while (!this.#isDone) await this.#change();
  }

  #read(data: Buffer): void {
    const progress = decodeReplayProgress(data);
    if (isRejection(progress)) return;
    this.#handled = Number(progress.records ?? 0);
    this.#isDone = progress.done === true;
    this.#wake?.();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  async #change(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (this.#failure !== undefined && !this.#isDone) throw this.#failure;
  }
}

function toWire(record: StreamRecord): WireReplayRecord | undefined {
  const received_at_unix_ms = record.receivedAtMs;
  if (record.kind === "tick" || record.kind === "outage") return undefined;
  if (record.kind === "message") {
    return { received_at_unix_ms, message: { slot: record.slot, frame: record.bytes } };
  }
  return { received_at_unix_ms, session: toSessionEvent(record) };
}

/** Bytes that wait in one producer's socket before the replay waits for it. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Plays records into a live server through real producer sessions, one socket per recorded session. `rebase` moves the
 * times of a frame to now. A session that the server closes is left out from then on and counted.
 */
export async function playThroughSessions(
  url: string,
  batches: Batches,
  options: PlayOptions & { readonly speed: number; readonly rebase: (frame: Uint8Array) => Uint8Array },
): Promise<PlayProgress & { readonly refusedSessions: number }> {
  const sockets = new Map<number, WebSocket>();
  const pacer = new Pacer(options.speed);
  let records = 0;
  let receivedAtMs = 0;
  let refusedSessions = 0;
  try {
    for await (const batch of batches) {
      for (const record of batch) {
        if (pacer.isAhead(record.receivedAtMs)) await pacer.until(record.receivedAtMs, options.signal);
        if (options.signal?.aborted) break;
        if (record.kind === "session-opened") {
          const socket = await openSocket(url, subprotocol.ingest);
          socket.on("error", () => undefined);
          socket.on("close", (code) => {
            if (code !== 1000 && code !== 1005) refusedSessions++;
          });
          sockets.set(record.slot, socket);
        } else if (record.kind === "session-closed") {
          sockets.get(record.slot)?.close(1000);
          sockets.delete(record.slot);
        } else if (record.kind === "message") {
          await sendWhenRoom(sockets.get(record.slot), options.rebase(record.bytes));
        }
        records++;
        receivedAtMs = record.receivedAtMs;
      }
      options.onProgress?.({ records, receivedAtMs });
      if (options.signal?.aborted) break;
    }
    return { records, receivedAtMs, refusedSessions };
  } finally {
    await Promise.all([...sockets.values()].map(closeGently));
  }
}

async function sendWhenRoom(socket: WebSocket | undefined, frame: Uint8Array): Promise<void> {
  if (socket === undefined || socket.readyState !== WebSocket.OPEN) return;
  if (socket.bufferedAmount <= MAX_WAITING_BYTES) {
    socket.send(frame);
    return;
  }
  await new Promise<void>((resolve) => socket.send(frame, () => resolve()));
}

async function closeGently(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const closed = once(socket, "close");
  socket.close(1000);
  await closed;
}
