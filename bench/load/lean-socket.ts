import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** What the other side sent. `payload` is valid during the call only. */
export type OnMessage = (payload: Uint8Array) => void;

const OPCODE = { binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;
const FINAL = 0x80;
const MASKED = 0x80;
const MASK_BYTES = 4;

/** Bytes of the head of a client's frame. */
export function clientHeadBytes(payloadBytes: number): number {
  return (payloadBytes < 126 ? 2 : payloadBytes < 65_536 ? 4 : 10) + MASK_BYTES;
}

/**
 * Writes the head of a client's binary frame (RFC 6455 §5.2) with a mask of zeros: the server unmasks as for any other
 * mask, and the payload can be patched in place. Of use against one's own server only.
 */
export function writeClientHead(
  buffer: Uint8Array,
  payloadBytes: number,
  opcode: number = OPCODE.binary,
): void {
  buffer[0] = FINAL | opcode;
  if (payloadBytes < 126) {
    buffer[1] = MASKED | payloadBytes;
    buffer.fill(0, 2, 2 + MASK_BYTES);
  } else if (payloadBytes < 65_536) {
    buffer.set([MASKED | 126, payloadBytes >>> 8, payloadBytes & 0xff, 0, 0, 0, 0], 1);
  } else {
    const high = [payloadBytes >>> 24, (payloadBytes >>> 16) & 0xff, (payloadBytes >>> 8) & 0xff];
    buffer.set([MASKED | 127, 0, 0, 0, 0, ...high, payloadBytes & 0xff, 0, 0, 0, 0], 1);
  }
}

/** A whole client's frame around a payload. */
export function clientFrame(payload: Uint8Array, opcode: number = OPCODE.binary): Buffer {
  const headBytes = clientHeadBytes(payload.length);
  const frame = Buffer.allocUnsafeSlow(headBytes + payload.length);
  writeClientHead(frame, payload.length, opcode);
  frame.set(payload, headBytes);
  return frame;
}

/**
 * A WebSocket client on a bare TCP socket: no masking work, no events, no copies. A load generator needs several times
 * less time per message than the server under test; with the `ws` client it does not.
 */
export class LeanSocket {
  readonly #socket: Socket;
  readonly #onMessage: OnMessage;
  #pending: Buffer = Buffer.alloc(0);
  /** Set when the server closed or the connection broke: what ended it. */
  ended: string | undefined;

  private constructor(socket: Socket, onMessage: OnMessage, rest: Buffer) {
    this.#socket = socket;
    this.#onMessage = onMessage;
    socket.on("data", (data: Buffer) => this.#read(data));
    socket.on("error", (error) => {
      this.ended ??= error.message;
    });
    socket.on("close", () => {
      this.ended ??= "connection closed";
    });
    this.#read(rest);
  }

  /**
   * @param localAddress where the connection comes from; the system chooses where absent
   * @throws Error where the server does not switch protocols within `timeoutMs`
   */
  static async open(
    url: string,
    subprotocol: string,
    onMessage: OnMessage,
    timeoutMs = 5_000,
    localAddress?: string,
  ): Promise<LeanSocket> {
    const { hostname, port, pathname } = new URL(url);
    const from = localAddress === undefined ? {} : { localAddress };
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, ...from });
    const key = randomBytes(16).toString("base64");
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ${subprotocol}\r\n\r\n`,
    );
    const rest = await readHandshake(socket, timeoutMs);
    return new LeanSocket(socket, onMessage, rest);
  }

  /** Bytes that the operating system has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  /**
   * Sends a whole frame. The buffer belongs to the socket until `waitingBytes` is 0: usually at once.
   */
  sendFrame(frame: Uint8Array): void {
    this.#socket.write(frame);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(data: Buffer): void {
    let buffer = this.#pending.length === 0 ? data : Buffer.concat([this.#pending, data]);
    for (;;) {
      const frame = readServerFrame(buffer);
      if (frame === undefined) break;
      this.#take(frame.opcode, frame.payload);
      buffer = buffer.subarray(frame.bytes);
    }
    this.#pending = buffer.length === 0 ? buffer : Buffer.from(buffer);
  }

  #take(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.binary) this.#onMessage(payload);
    else if (opcode === OPCODE.ping) this.#socket.write(clientFrame(payload, OPCODE.pong));
    else if (opcode === OPCODE.close) {
      this.ended = `closed by server: ${payload.length >= 2 ? payload.readUInt16BE(0) : 1005} ${payload.subarray(2)}`;
      this.#socket.end(clientFrame(payload, OPCODE.close));
    }
  }
}

/** One of the addresses of loopback, so that many connections find ports: 127.0.0.1 and those after it. */
export function loopbackAddress(index: number): string {
  return `127.0.0.${1 + index}`;
}

/** Waits for `101`; returns what arrived behind the head. */
function readHandshake(socket: Socket, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const fail = (why: string): void => {
      socket.destroy();
      reject(new Error(`WebSocket handshake failed: ${why}`));
    };
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
    const onError = (error: Error): void => fail(error.message);
    const onClose = (): void => fail("connection closed");
    const onData = (data: Buffer): void => {
      head = Buffer.concat([head, data]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      clearTimeout(timer);
      socket.off("data", onData).off("error", onError).off("close", onClose);
      const status = head.subarray(0, head.indexOf("\r\n")).toString();
      if (status.includes(" 101 ")) resolve(head.subarray(end + 4));
      else fail(status);
    };
    socket.on("data", onData).on("error", onError).on("close", onClose);
  });
}

interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly bytes: number;
}

/** The first whole frame of a server (never masked, never fragmented by ours); undefined where bytes are missing. */
function readServerFrame(buffer: Buffer): ServerFrame | undefined {
  if (buffer.length < 2) return undefined;
  const opcode = buffer.readUInt8(0) & 0x0f;
  const short = buffer.readUInt8(1) & 0x7f;
  const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (buffer.length < headBytes) return undefined;
  const length =
    short < 126 ? short : short === 126 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2));
  const bytes = headBytes + length;
  if (buffer.length < bytes) return undefined;
  return { opcode, payload: buffer.subarray(headBytes, bytes), bytes };
}
