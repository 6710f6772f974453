import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { handshake } from "../contract/socket-clients.ts";

/** RFC 6455 §5.2. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameOptions {
  readonly fin?: boolean;
  /** The three reserved bits as a number from 0 to 7. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** Writes the length in this many bytes although fewer would do. */
  readonly lengthBytes?: 2 | 8;
  /** Announces this length, whatever follows. */
  readonly announced?: bigint;
}

/** One frame of a client, right or wrong. */
export function frame(opcode: number, payload: Uint8Array | string = "", options: FrameOptions = {}): Buffer {
  const { fin = true, reserved = 0, masked = true } = options;
  const body = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  const length = options.announced ?? BigInt(body.length);
  const head = Buffer.concat([Buffer.from([first]), lengthField(length, masked, options.lengthBytes)]);
  if (!masked) return Buffer.concat([head, body]);
  const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
  const hidden = body.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([head, mask, hidden]);
}

function lengthField(length: bigint, masked: boolean, least?: 2 | 8): Buffer {
  const flag = masked ? 0x80 : 0;
  if (length <= 125n && least === undefined) return Buffer.from([flag | Number(length)]);
  if (length <= 65_535n && least !== 8) {
    const field = Buffer.from([flag | 126, 0, 0]);
    field.writeUInt16BE(Number(length), 1);
    return field;
  }
  const field = Buffer.concat([Buffer.from([flag | 127]), Buffer.alloc(8)]);
  field.writeBigUInt64BE(length, 1);
  return field;
}

export function closeFrame(
  code: number,
  reason: Uint8Array | string = "",
  options: FrameOptions = {},
): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return frame(OPCODE.close, Buffer.concat([payload, Buffer.from(reason)]), options);
}

export interface Heard {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** A client that sends bytes as it is told and takes the server's answers apart. */
export class RawPeer {
  readonly socket: Socket;
  readonly heard: Heard[] = [];
  readonly ended: Promise<void>;
  isOver = false;
  #rest: Buffer = Buffer.alloc(0);
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.ended = new Promise((resolve) => {
      socket.once("close", () => {
        this.isOver = true;
        this.#wake();
        resolve();
      });
    });
    socket.on("end", () => socket.end());
  }

  static async open(at: { readonly host: string; readonly port: number }): Promise<RawPeer> {
    const socket = connect(at.port, at.host);
    socket.on("error", () => undefined);
    await once(socket, "connect");
    const peer = new RawPeer(socket);
    socket.write(handshake(at as Parameters<typeof handshake>[0]));
    const [answer] = (await once(socket, "data")) as [Buffer];
    const end = answer.indexOf("\r\n\r\n");
    if (!answer.toString("latin1").startsWith("HTTP/1.1 101")) throw new Error(answer.toString());
    socket.on("data", (chunk: Buffer) => peer.#take(chunk));
    peer.#take(answer.subarray(end + 4));
    return peer;
  }

  /** Settles once `count` frames have been heard, or the connection is over. */
  async hears(count: number): Promise<void> {
    while (this.heard.length < count && !this.isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Code of the server's close frame; 1005 where it holds none, undefined where there was no frame. */
  get closeCode(): number | undefined {
    const close = this.heard.find(({ opcode }) => opcode === OPCODE.close);
    if (close === undefined) return undefined;
    return close.payload.length < 2 ? 1005 : close.payload.readUInt16BE(0);
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let next = this.#next(); next !== undefined; next = this.#next()) this.heard.push(next);
    this.#wake();
  }

  #next(): Heard | undefined {
    const bytes = this.#rest;
    if (bytes.length < 2) return undefined;
    const short = (bytes[1] ?? 0) & 0x7f;
    const headBytes = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length < headBytes) return undefined;
    const length =
      short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (bytes.length < headBytes + length) return undefined;
    this.#rest = bytes.subarray(headBytes + length);
    return { opcode: (bytes[0] ?? 0) & 0x0f, payload: bytes.subarray(headBytes, headBytes + length) };
  }
}
