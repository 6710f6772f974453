import type { LiveMessage, LiveRequest } from "../../api/contract/live.ts";
import { askSession } from "../rest/session.ts";
import { serverNow } from "../state/clock.ts";
import { backoffMs } from "./backoff.ts";
import { readMessage, writeRequest } from "./messages.ts";
import { connection, heardAtMs, nextAttemptAtMs, takeIn, welcome } from "./picture.ts";
import { readFrame, vehicleFrames } from "./vehicles.ts";

const SUBPROTOCOL = "v1.console.roadpulse";
/** Until the server has told its own (heartbeats come each second). */
const SILENCE_MS = 5_000;
/** A hidden page gets no animation frames; what arrives is taken in all the same. */
const HIDDEN_MS = 250;
/** Messages that wait for an animation frame; beyond it they are taken in at once. */
const MOST_WAITING = 2_000;
/** The stream behind every view: opened for as long as the page lives. */
export class Connection {
  readonly #base: string;
  #url: string;
  #socket: WebSocket | undefined;
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #waiting: LiveMessage[] = [];
  #frame: { readonly animation: number; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  /** The last request of each type: told again to every new socket. */
  readonly #standing = new Map<string, LiveRequest>();
  #stopped = true;

  constructor(url: string) {
    this.#base = url;
    this.#url = url;
  }

  /** Shows a playback instead of what is, or what is again. What was shown goes when the new picture is there. */
  playback(id: string | undefined): void {
    const url = id === undefined ? this.#base : `${this.#base}?playback=${encodeURIComponent(id)}`;
    if (url === this.#url) return;
    this.#url = url;
    if (this.#stopped) return;
    this.#drop();
    this.#open();
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    this.#open();
  }

  /** Nobody is signed in: nothing is asked until `start`. */
  stop(): void {
    this.#stopped = true;
    removeEventListener("online", this.#hurry);
    document.removeEventListener("visibilitychange", this.#hurry);
    clearTimeout(this.#retry);
    this.#drop();
    connection.value = welcome.peek() === undefined ? "connecting" : "lost";
    nextAttemptAtMs.value = undefined;
  }

  send(request: LiveRequest): void {
    // A command is an act, and not repeated to the next socket.
    if (request.type !== "playback") this.#standing.set(request.type, request);
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(writeRequest(request));
  }

  #open(): void {
    clearTimeout(this.#retry);
    nextAttemptAtMs.value = undefined;
    const socket = new WebSocket(this.#url, SUBPROTOCOL);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    // A server that accepts and says nothing is as silent as one that went.
    this.#listenForSilence();
    socket.onopen = () => {
      for (const request of this.#standing.values()) socket.send(writeRequest(request));
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket && data instanceof ArrayBuffer) this.#heard(data);
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lost();
    };
  }

  #heard(bytes: ArrayBuffer): void {
    this.#attempts = 0;
    const incoming = readMessage(bytes);
    if (incoming.kind === "json") this.#waiting.push(incoming.message);
    // Slots of another life of the server name other vehicles.
    if (incoming.kind === "json" && incoming.message.type === "welcome") vehicleFrames.clear();
    if (incoming.kind === "vehicles") {
      const frame = readFrame(incoming.frame, performance.now());
      if (frame !== undefined) vehicleFrames.take(frame);
    }
    this.#listenForSilence();
    if (this.#waiting.length > MOST_WAITING) this.#flush();
    this.#frame ??= {
      animation: requestAnimationFrame(this.#flush),
      timer: setTimeout(this.#flush, HIDDEN_MS),
    };
  }

  readonly #flush = (): void => {
    if (this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame.animation);
      clearTimeout(this.#frame.timer);
      this.#frame = undefined;
    }
    const messages = this.#waiting;
    this.#waiting = [];
    takeIn(messages);
    heardAtMs.value = serverNow();
    if (welcome.peek() !== undefined) connection.value = "open";
    vehicleFrames.changed(performance.now());
  };

  #listenForSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(this.#silent, welcome.peek()?.silenceMs ?? SILENCE_MS);
  }

  /** A network may swallow a connection without a word: the picture is old from now on, and another socket is tried. */
  readonly #silent = (): void => {
    if (connection.peek() === "open") connection.value = "silent";
    this.#drop();
    this.#again();
  };

  #lost(): void {
    this.#drop();
    connection.value = welcome.peek() === undefined ? "connecting" : "lost";
    // A browser does not tell why a socket was refused; whether a sign-in is needed, the session says.
    void askSession();
    if (!this.#stopped) this.#again();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    clearTimeout(this.#silence);
    socket?.close();
    this.#forget();
  }

  /** What waited belongs to a connection that is gone; the next one tells everything anew. */
  #forget(): void {
    this.#waiting = [];
    if (this.#frame === undefined) return;
    cancelAnimationFrame(this.#frame.animation);
    clearTimeout(this.#frame.timer);
    this.#frame = undefined;
  }

  #again(): void {
    this.#attempts++;
    const waitMs = backoffMs(this.#attempts, Math.random());
    nextAttemptAtMs.value = Date.now() + waitMs;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), waitMs);
  }

  /** The network is back, or somebody looks again: no reason to wait longer. */
  readonly #hurry = (): void => {
    if (this.#socket === undefined && !this.#stopped && !document.hidden) this.#open();
  };
}

const scheme = location.protocol === "https:" ? "wss" : "ws";
export const live = new Connection(`${scheme}://${location.host}/v1/stream`);
