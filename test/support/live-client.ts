import { once } from "node:events";
import { type ClientOptions, WebSocket } from "ws";
import {
  JSON_MESSAGE,
  type LiveMessage,
  type LiveRequest,
  VEHICLE_MESSAGE,
} from "../../src/api/contract/live.ts";
import { VEHICLE_BYTES, VEHICLE_HEADER_BYTES } from "../../src/api/contract/vehicles.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";

export interface TileVehicle {
  readonly slot: number;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly flags: number;
}

export interface TileFrame {
  readonly key: string;
  readonly step: number;
  readonly reachedMs: number;
  readonly vehicles: readonly TileVehicle[];
}

export type LiveMessageOf<Type extends LiveMessage["type"]> = Extract<LiveMessage, { type: Type }>;

export function readFrame(bytes: Uint8Array): TileFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(12, true);
  if (bytes.length !== VEHICLE_HEADER_BYTES + count * VEHICLE_BYTES)
    throw new Error("a frame of a wrong length");
  const vehicles = Array.from({ length: count }, (_, i) => {
    const at = VEHICLE_HEADER_BYTES + i * VEHICLE_BYTES;
    return {
      slot: view.getUint32(at, true),
      longitudeDeg: view.getInt32(at + 4, true) / 1e7,
      latitudeDeg: view.getInt32(at + 8, true) / 1e7,
      speedMps: view.getUint16(at + 12, true) / 100,
      headingDeg: (view.getUint8(at + 14) * 360) / 256,
      flags: view.getUint8(at + 15),
    };
  });
  const key = `${view.getUint8(2)}/${view.getUint32(4, true)}/${view.getUint32(8, true)}`;
  return { key, step: view.getUint8(3), reachedMs: view.getFloat64(16, true), vehicles };
}

export function readLive(bytes: Uint8Array): LiveMessage | TileFrame {
  if (bytes[0] === JSON_MESSAGE) return JSON.parse(new TextDecoder().decode(bytes.subarray(1)));
  if (bytes[0] === VEHICLE_MESSAGE) return readFrame(bytes);
  throw new Error(`a message of kind ${bytes[0]}`);
}

export function liveRequest(request: LiveRequest | object): Uint8Array {
  return Buffer.concat([Uint8Array.of(JSON_MESSAGE), Buffer.from(JSON.stringify(request))]);
}

/** Keeps by id what a board's messages tell, as a console does. */
export class BoardPicture {
  readonly items = new Map<string, Record<string, unknown>>();
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  take(message: { full: boolean; changed: readonly object[]; gone: readonly string[] }): void {
    if (message.full) this.items.clear();
    for (const item of message.changed as Record<string, unknown>[])
      this.items.set(String(item[this.#id]), item);
    for (const id of message.gone) this.items.delete(id);
  }
}

/** A client of the stream behind the console. Real socket, no sleeping. */
export class LiveClient {
  readonly socket: WebSocket;
  readonly heard: (LiveMessage | TileFrame)[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly alerts = new BoardPicture("alertId");
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => {
      const message = readLive(data);
      if ("type" in message && message.type === "alerts") this.alerts.take(message);
      this.heard.push(message);
      this.#wake();
    });
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once("close", (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.#wake();
      });
    });
  }

  static async open(url: string, options: ClientOptions = {}): Promise<LiveClient> {
    const socket = new WebSocket(url, [subprotocol.console], options);
    const client = new LiveClient(socket);
    await once(socket, "open");
    return client;
  }

  ask(request: LiveRequest | object): void {
    this.socket.send(liveRequest(request));
  }

  /** The first message that fits, heard already or to come. */
  async next<Type extends LiveMessage["type"]>(
    type: Type,
    fits: (message: LiveMessageOf<Type>) => boolean = () => true,
  ): Promise<LiveMessageOf<Type>> {
    return (await this.#first(
      (message) => "type" in message && message.type === type && fits(message as LiveMessageOf<Type>),
    )) as LiveMessageOf<Type>;
  }

  async frame(fits: (frame: TileFrame) => boolean = () => true): Promise<TileFrame> {
    return (await this.#first(
      (message) => "vehicles" in message && "key" in message && fits(message),
    )) as TileFrame;
  }

  async #first(fits: (message: LiveMessage | TileFrame) => boolean): Promise<LiveMessage | TileFrame> {
    for (let at = 0; ; ) {
      for (; at < this.heard.length; at++) {
        const message = this.heard[at];
        if (message !== undefined && fits(message)) return message;
      }
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error("the connection ended without it");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
