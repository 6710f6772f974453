import { closeFrame, frame, OPCODE } from "./frames.ts";

/**
 * What the server must do:
 * - `echo`: send these messages back, then close in order when asked to.
 * - `pong`: answer with these pongs.
 * - `closed`: close with one of these codes.
 * - `failed`: end the connection, with an error code or without a close frame (RFC 6455 §7.1.7), and echo nothing.
 */
export type Expectation =
  | { readonly echo: readonly Uint8Array[] }
  | { readonly pong: readonly Uint8Array[] }
  | { readonly closed: readonly number[] }
  | "failed";

export interface ConformanceCase {
  /** With the clause of RFC 6455 that decides. */
  readonly name: string;
  readonly send: readonly Uint8Array[];
  /** Sends pieces of this size, bytes; whole where absent. */
  readonly chop?: number;
  readonly expect: Expectation;
  /** The engine does something else; why that is borne. */
  readonly engineLimit?: { readonly uws?: string; readonly ws?: string };
}

/** Largest message of the listener that the cases run against. */
export const MAX_MESSAGE_BYTES = 70_000;

const bytes = (length: number): Buffer => Buffer.alloc(length, 0x2a);
const some = Buffer.from([0, 1, 2, 0xfe, 0xff]);
const { binary, text, ping, pong, close, continuation } = OPCODE;

const lengths: ConformanceCase[] = [0, 1, 125, 126, 127, 128, 65_535, 65_536].flatMap((length) => [
  { name: `5.2: ${length} bytes`, send: [frame(binary, bytes(length))], expect: { echo: [bytes(length)] } },
  {
    name: `5.2: ${length} bytes in pieces`,
    send: [frame(binary, bytes(length))],
    chop: Math.max(1, Math.ceil(length / 50)),
    expect: { echo: [bytes(length)] },
  },
]);

const NOT_MINIMAL = {
  uws: "takes lengths that are not minimal; they reach no further than minimal ones",
  ws: "takes lengths that are not minimal; they reach no further than minimal ones",
};

const oddLengths: ConformanceCase[] = [
  {
    name: "5.2: 5 bytes with a length of 2 bytes",
    send: [frame(binary, some, { lengthBytes: 2 })],
    expect: "failed",
    engineLimit: NOT_MINIMAL,
  },
  {
    name: "5.2: 5 bytes with a length of 8 bytes",
    send: [frame(binary, some, { lengthBytes: 8 })],
    expect: "failed",
    engineLimit: NOT_MINIMAL,
  },
  { name: "5.2: a length of 2^63", send: [frame(binary, some, { announced: 2n ** 63n })], expect: "failed" },
  {
    name: "5.2: a length of 2^64 - 1",
    send: [frame(binary, some, { announced: 2n ** 64n - 1n })],
    expect: "failed",
  },
  {
    name: "7.4.1: one byte above the limit",
    send: [frame(binary, bytes(MAX_MESSAGE_BYTES + 1))],
    expect: "failed",
  },
  {
    name: "7.4.1: announced above the limit, not sent",
    send: [frame(binary, some, { announced: 1_000_000n })],
    expect: "failed",
  },
  {
    name: "7.4.1: fragments above the limit together",
    send: [
      frame(binary, bytes(40_000), { fin: false }),
      frame(continuation, bytes(40_000), { fin: false }),
      frame(continuation),
    ],
    expect: "failed",
  },
];

const pings: ConformanceCase[] = [
  { name: "5.5.2: empty ping", send: [frame(ping)], expect: { pong: [bytes(0)] } },
  { name: "5.5.2: ping with text", send: [frame(ping, "hello")], expect: { pong: [Buffer.from("hello")] } },
  { name: "5.5.2: ping with bytes that are no text", send: [frame(ping, some)], expect: { pong: [some] } },
  { name: "5.5.2: ping of 125 bytes", send: [frame(ping, bytes(125))], expect: { pong: [bytes(125)] } },
  {
    name: "5.5.2: ping byte by byte",
    send: [frame(ping, bytes(20))],
    chop: 1,
    expect: { pong: [bytes(20)] },
  },
  { name: "5.5: ping of 126 bytes", send: [frame(ping, bytes(126))], expect: "failed" },
  {
    name: "5.5: ping with a length of 2 bytes",
    send: [frame(ping, some, { lengthBytes: 2 })],
    expect: "failed",
  },
  { name: "5.5: ping in fragments", send: [frame(ping, some, { fin: false })], expect: "failed" },
  { name: "5.5: pong in fragments", send: [frame(pong, some, { fin: false })], expect: "failed" },
  {
    name: "5.5.2: ten pings",
    send: Array.from({ length: 10 }, (_, at) => frame(ping, `${at}`)),
    expect: { pong: Array.from({ length: 10 }, (_, at) => Buffer.from(`${at}`)) },
  },
  {
    name: "5.5.3: a pong nobody asked for",
    send: [frame(pong, some), frame(binary, some)],
    expect: { echo: [some] },
  },
  { name: "5.5.3: an empty pong", send: [frame(pong), frame(binary, some)], expect: { echo: [some] } },
  { name: "5.5: pong of 126 bytes", send: [frame(pong, bytes(126))], expect: "failed" },
];

const reservedBits: ConformanceCase[] = [
  ...[1, 2, 3, 4, 5, 6, 7].map(
    (reserved): ConformanceCase => ({
      name: `5.2: reserved bits ${reserved} in a message`,
      send: [frame(binary, some, { reserved })],
      expect: "failed",
    }),
  ),
  { name: "5.2: reserved bits in a ping", send: [frame(ping, some, { reserved: 4 })], expect: "failed" },
  { name: "5.2: reserved bits in a close", send: [closeFrame(1000, "", { reserved: 2 })], expect: "failed" },
  {
    name: "5.2: reserved bits behind a good message",
    send: [frame(binary, some), frame(binary, some, { reserved: 1 })],
    expect: "failed",
  },
  {
    name: "7692: a compressed message although none was agreed on",
    send: [frame(binary, Buffer.from([0x4a, 0x04, 0x00]), { reserved: 4 })],
    expect: "failed",
  },
];

const opcodes: ConformanceCase[] = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].flatMap((opcode) => [
  { name: `5.2: opcode ${opcode}`, send: [frame(opcode, some)], expect: "failed" },
]);

const fragments: ConformanceCase[] = [
  {
    name: "5.4: two fragments",
    send: [frame(binary, some, { fin: false }), frame(continuation, some)],
    expect: { echo: [Buffer.concat([some, some])] },
  },
  {
    name: "5.4: two fragments byte by byte",
    send: [frame(binary, some, { fin: false }), frame(continuation, some)],
    chop: 1,
    expect: { echo: [Buffer.concat([some, some])] },
  },
  {
    name: "5.4: a hundred fragments of one byte",
    send: [
      frame(binary, "*", { fin: false }),
      ...Array.from({ length: 98 }, () => frame(continuation, "*", { fin: false })),
      frame(continuation, "*"),
    ],
    expect: { echo: [bytes(100)] },
  },
  {
    name: "5.4: empty fragments",
    send: [frame(binary, "", { fin: false }), frame(continuation, "", { fin: false }), frame(continuation)],
    expect: { echo: [bytes(0)] },
  },
  {
    name: "5.4: an empty first fragment",
    send: [frame(binary, "", { fin: false }), frame(continuation, some)],
    expect: { echo: [some] },
  },
  {
    name: "5.4: a ping between fragments",
    send: [frame(binary, some, { fin: false }), frame(ping, "x"), frame(continuation, some)],
    expect: { pong: [Buffer.from("x")] },
  },
  { name: "5.4: a continuation of nothing", send: [frame(continuation, some)], expect: "failed" },
  {
    name: "5.4: an open continuation of nothing",
    send: [frame(continuation, some, { fin: false })],
    expect: "failed",
  },
  {
    name: "5.4: a new message within another",
    send: [frame(binary, some, { fin: false }), frame(binary, some)],
    expect: "failed",
    engineLimit: {
      uws: "hands the inner message on as one of its own; what the client garbles so is its own message",
    },
  },
  {
    name: "5.4: a text within another message",
    send: [frame(binary, some, { fin: false }), frame(text, "x")],
    expect: "failed",
  },
  {
    name: "5.4: a continuation behind the last fragment",
    send: [frame(binary, some, { fin: false }), frame(continuation, some), frame(continuation, some)],
    expect: "failed",
  },
  {
    name: "5.4: close between fragments",
    send: [frame(binary, some, { fin: false }), closeFrame(1000)],
    expect: { closed: [1000] },
  },
];

const NO_MASK_CHECK = {
  uws: "reads unmasked frames as masked ones: the message is garbage, which no decoder takes; a client harms itself only",
};

const masks: ConformanceCase[] = [
  {
    name: "5.1: an unmasked message",
    send: [frame(binary, bytes(20), { masked: false })],
    expect: "failed",
    engineLimit: NO_MASK_CHECK,
  },
  {
    name: "5.1: an unmasked ping",
    send: [frame(ping, bytes(20), { masked: false })],
    expect: "failed",
    engineLimit: NO_MASK_CHECK,
  },
  {
    name: "5.1: an unmasked close",
    send: [frame(close, bytes(20), { masked: false })],
    expect: "failed",
    engineLimit: NO_MASK_CHECK,
  },
];

/** Text is refused as such; broken text may be refused as broken. */
const TEXT_REFUSED = { closed: [1003] } as const;

const texts: ConformanceCase[] = [
  { name: "7.4.1: a text", send: [frame(text, "hello")], expect: TEXT_REFUSED },
  { name: "7.4.1: an empty text", send: [frame(text)], expect: TEXT_REFUSED },
  { name: "7.4.1: a text in four languages", send: [frame(text, "κόσμε ñ 漢字 🚗")], expect: TEXT_REFUSED },
  {
    name: "7.4.1: a text in fragments that split a character",
    send: [
      frame(text, Buffer.from("🚗").subarray(0, 2), { fin: false }),
      frame(continuation, Buffer.from("🚗").subarray(2)),
    ],
    expect: TEXT_REFUSED,
  },
  ...(
    [
      ["a lone continuation byte", [0x80]],
      ["an overlong slash", [0xc0, 0xaf]],
      ["a surrogate", [0xed, 0xa0, 0x80]],
      ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
      ["a cut character", [0xf0, 0x9f, 0x9a]],
      ["0xff", [0xff]],
    ] as const
  ).flatMap(([what, broken]): ConformanceCase[] => [
    { name: `8.1: text with ${what}`, send: [frame(text, Buffer.from(broken))], expect: "failed" },
    {
      name: `8.1: close reason with ${what}`,
      send: [closeFrame(1000, Buffer.from(broken))],
      expect: "failed",
      engineLimit: NO_MASK_CHECK,
    },
  ]),
];

const GOOD_CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];
const BAD_CODES = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535];

const closes: ConformanceCase[] = [
  { name: "5.5.1: close without a code", send: [frame(close)], expect: { closed: [1000, 1005] } },
  { name: "5.5.1: close with one byte", send: [frame(close, "x")], expect: "failed" },
  ...GOOD_CODES.map(
    (code): ConformanceCase => ({
      name: `7.4: close with ${code}`,
      send: [closeFrame(code)],
      // The answer usually holds the same code (§5.5.1); µWS leaves it out for those of libraries.
      expect: { closed: code >= 3000 && code < 4000 ? [code, 1005] : [code] },
    }),
  ),
  ...BAD_CODES.map(
    (code): ConformanceCase => ({
      name: `7.4: close with ${code}`,
      send: [closeFrame(code)],
      expect: "failed",
    }),
  ),
  {
    name: "5.5.1: close with a reason of 123 bytes",
    send: [closeFrame(1000, bytes(123))],
    expect: { closed: [1000] },
  },
  { name: "5.5: close with a reason of 124 bytes", send: [closeFrame(1000, bytes(124))], expect: "failed" },
  { name: "5.5: close in fragments", send: [closeFrame(1000, "", { fin: false })], expect: "failed" },
  { name: "5.5.1: close byte by byte", send: [closeFrame(1000, "bye")], chop: 1, expect: { closed: [1000] } },
  {
    name: "5.5.1: a message behind the close",
    send: [closeFrame(1000), frame(binary, some)],
    expect: { closed: [1000] },
  },
  {
    name: "5.5.1: a ping behind the close",
    send: [closeFrame(1000), frame(ping, "x")],
    expect: { closed: [1000] },
  },
  { name: "5.5.1: two closes", send: [closeFrame(1000), closeFrame(1001)], expect: { closed: [1000] } },
];

const sequences: ConformanceCase[] = [
  {
    name: "5: a hundred messages in one segment",
    send: Array.from({ length: 100 }, () => frame(binary, some)),
    expect: { echo: Array.from({ length: 100 }, () => some) },
  },
  {
    name: "5: a ping behind each message",
    send: [frame(binary, some), frame(ping, "a"), frame(binary, some), frame(ping, "b")],
    expect: { pong: [Buffer.from("a"), Buffer.from("b")] },
  },
  { name: "5: garbage", send: [Buffer.from("GET / HTTP/1.1\r\n\r\n")], expect: "failed" },
  { name: "5: zeros", send: [Buffer.alloc(64)], expect: "failed", engineLimit: NO_MASK_CHECK },
];

export const CONFORMANCE_CASES: readonly ConformanceCase[] = [
  ...lengths,
  ...oddLengths,
  ...pings,
  ...reservedBits,
  ...opcodes,
  ...fragments,
  ...masks,
  ...texts,
  ...closes,
  ...sequences,
];
