import "./protobuf.ts";
import protobuf from "protobufjs/minimal.js";
import { subprotocol } from "../domain/subprotocol.ts";
import { roadpulse } from "./gen/roadpulse.js";

const { Authenticate, IngestFrame, SubscriberMessage } = roadpulse.stream.v1;

const FIELD_BY_SUBPROTOCOL: Readonly<Record<string, number>> = {
  [subprotocol.ingest]: 9,
  [subprotocol.alerts]: 4,
};

export interface FirstMessage {
  /** Undefined where the message holds none. */
  readonly token: string | undefined;
  /** The message without its token; `bytes` themselves where there was none, undefined where nothing else was in it. */
  readonly rest: Uint8Array | undefined;
}

/**
 * Takes the token off the first message of a session, byte by byte, so that nothing else of the message changes and no
 * recording holds credentials. Never throws; what is no message is left as it is.
 */
export function takeToken(protocol: string, bytes: Uint8Array): FirstMessage {
  const field = FIELD_BY_SUBPROTOCOL[protocol];
  try {
    return field === undefined ? { token: undefined, rest: bytes } : cutOut(bytes, field);
  } catch {
    return { token: undefined, rest: bytes };
  }
}

/** Wire type (protobuf encoding, `LEN`). */
const LENGTH_DELIMITED = 2;

/** Whether a message begins with a token. One look at one byte: of use on every message. */
export function beginsWithToken(protocol: string, bytes: Uint8Array): boolean {
  const field = FIELD_BY_SUBPROTOCOL[protocol];
  return field !== undefined && bytes[0] === ((field << 3) | LENGTH_DELIMITED);
}

function cutOut(bytes: Uint8Array, field: number): FirstMessage {
  const reader = protobuf.Reader.create(bytes);
  const kept: Uint8Array[] = [];
  let token: string | undefined;
  while (reader.pos < reader.len) {
    const begin = reader.pos;
    const tag = reader.uint32();
    if (tag >>> 3 === field && (tag & 7) === LENGTH_DELIMITED) {
      token = Authenticate.decode(reader.bytes()).token ?? "";
      continue;
    }
    reader.skipType(tag & 7);
    kept.push(bytes.subarray(begin, reader.pos));
  }
  if (token === undefined) return { token, rest: bytes };
  return { token, rest: kept.length === 0 ? undefined : joined(kept) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The first message of a client that authenticates in band. */
export function encodeAuthenticate(protocol: string, token: string): Uint8Array {
  const message = { authenticate: { token } };
  return protocol === subprotocol.ingest
    ? IngestFrame.encode(message).finish()
    : SubscriberMessage.encode(message).finish();
}
