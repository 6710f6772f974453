import "./protobuf.ts";
import type { Cursor, Problem, Subscription } from "../domain/subscription.ts";
import { FieldCheck } from "./field-check.ts";
import type * as stream from "./gen/roadpulse.js";
import { roadpulse } from "./gen/roadpulse.js";
import type { WireUnsubscribe } from "./ingest-frame.ts";
import { checkSubscriptionId, toSubscription, toWireSubscribe } from "./subscription.ts";

export { toSubscription, toWireSubscribe } from "./subscription.ts";

const { SubscriberMessage } = roadpulse.stream.v1;

/** Largest request taken: a polygon of 1000 points needs 18 kB, 64 kinds of alert 2 kB. */
export const MAX_SUBSCRIBER_MESSAGE_BYTES = 64 * 1024;

/** What a subscriber asks for. */
export type SubscriberRequest =
  | { readonly kind: "subscribe"; readonly subscription: Subscription }
  | { readonly kind: "unsubscribe"; readonly subscriptionId: string }
  | { readonly kind: "acknowledge"; readonly cursor: Cursor };

export function isProblem(value: object): value is Problem {
  return "code" in value && "message" in value;
}

/** Reads and checks one request. Never throws; nothing of the result refers to `bytes`. */
export function decodeSubscriberMessage(bytes: Uint8Array): SubscriberRequest | Problem {
  if (bytes.length > MAX_SUBSCRIBER_MESSAGE_BYTES) {
    return problem(
      "too-large",
      `The message has ${bytes.length} bytes; at most ${MAX_SUBSCRIBER_MESSAGE_BYTES} are taken.`,
    );
  }
  const message = read(bytes);
  if (message === undefined) {
    return problem(
      "malformed",
      "The message is no SubscriberMessage of roadpulse.stream.v1; see client.proto.",
    );
  }
  if (message.subscribe) {
    const subscription = toSubscription(message.subscribe, "subscribe");
    return isProblem(subscription) ? subscription : { kind: "subscribe", subscription };
  }
  if (message.unsubscribe) return toUnsubscribe(message.unsubscribe, "unsubscribe");
  if (message.acknowledge) return acknowledgement(message.acknowledge.cursor);
  return problem("missing-field", "The message is empty; set one of subscribe, unsubscribe or acknowledge.");
}

/** @param path path of the message, begins the field path in a problem */
export function toUnsubscribe(wire: WireUnsubscribe, path: string): SubscriberRequest | Problem {
  const subscriptionId = wire.subscription_id ?? "";
  const check = new FieldCheck("");
  checkSubscriptionId(subscriptionId, `${path}.subscription_id`, check);
  return check.problem ?? { kind: "unsubscribe", subscriptionId };
}

function read(bytes: Uint8Array): stream.roadpulse.stream.v1.SubscriberMessage.$Properties | undefined {
  try {
    return SubscriberMessage.decode(bytes);
  } catch {
    return undefined;
  }
}

function acknowledgement(
  cursor: stream.roadpulse.stream.v1.Cursor.$Properties | null | undefined,
): SubscriberRequest | Problem {
  if (!cursor) {
    const field = "acknowledge.cursor";
    return { code: "missing-field", field, message: `${field} is missing.`, subscriptionId: "" };
  }
  return {
    kind: "acknowledge",
    cursor: { epoch: cursor.epoch ?? 0, sequence: cursor.sequence ?? 0 },
  };
}

const problem = (code: Problem["code"], message: string): Problem => ({
  code,
  message,
  field: "",
  subscriptionId: "",
});

export const encodeSubscribe = (subscription: Subscription): Uint8Array =>
  SubscriberMessage.encode({ subscribe: toWireSubscribe(subscription) }).finish();

export const encodeUnsubscribe = (subscriptionId: string): Uint8Array =>
  SubscriberMessage.encode({ unsubscribe: { subscription_id: subscriptionId } }).finish();

export const encodeAcknowledge = (cursor: Cursor): Uint8Array =>
  SubscriberMessage.encode({ acknowledge: { cursor: { ...cursor } } }).finish();
