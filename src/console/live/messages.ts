import {
  JSON_MESSAGE,
  type LiveMessage,
  type LiveRequest,
  VEHICLE_MESSAGE,
} from "../../api/contract/live.ts";

export type Incoming =
  | { readonly kind: "json"; readonly message: LiveMessage }
  | { readonly kind: "vehicles"; readonly frame: ArrayBuffer }
  /** Of a newer server: left alone. */
  | { readonly kind: "unknown" };

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Reads what the server sent; throws where JSON is announced and none follows. */
export function readMessage(bytes: ArrayBuffer): Incoming {
  const first = new Uint8Array(bytes)[0];
  if (first === VEHICLE_MESSAGE) return { kind: "vehicles", frame: bytes };
  if (first !== JSON_MESSAGE) return { kind: "unknown" };
  const text = decoder.decode(new Uint8Array(bytes, 1));
  return { kind: "json", message: JSON.parse(text) as LiveMessage };
}

export function writeRequest(request: LiveRequest): Uint8Array<ArrayBuffer> {
  const text = encoder.encode(JSON.stringify(request));
  const bytes = new Uint8Array(text.length + 1);
  bytes[0] = JSON_MESSAGE;
  bytes.set(text, 1);
  return bytes;
}
