import type { McapTypes } from "@mcap/core";
import { descriptorSetOf } from "./descriptor-subset.ts";
import { FRAME_TOPIC, MAX_SLOT, SESSION_CHANNEL_ID, SESSION_TOPIC, SLOT_KEY } from "./layout.ts";

const FRAME_SCHEMA_ID = 1;
const SESSION_SCHEMA_ID = 2;

/** Schemas of the two topics; each carries the descriptors of all its messages, so a recording stays readable for ever. */
export function recordingSchemas(): McapTypes.Schema[] {
  return [
    protobufSchema(FRAME_SCHEMA_ID, "roadpulse.stream.v1.IngestFrame", "roadpulse/stream/v1/frame.proto"),
    protobufSchema(SESSION_SCHEMA_ID, "roadpulse.stream.v1.SessionEvent", "roadpulse/stream/v1/record.proto"),
  ];
}

function protobufSchema(id: number, name: string, file: string): McapTypes.Schema {
  return { id, name, encoding: "protobuf", data: descriptorSetOf(file) };
}

/**
 * The channel of session events, or that of a slot's frames.
 * @throws RangeError where the id is neither 0 nor a slot.
 */
export function recordingChannel(channelId: number): McapTypes.Channel {
  if (!Number.isInteger(channelId) || channelId < 0 || channelId > MAX_SLOT) {
    throw new RangeError(`${channelId} is no session slot`);
  }
  const isSession = channelId === SESSION_CHANNEL_ID;
  return {
    id: channelId,
    schemaId: isSession ? SESSION_SCHEMA_ID : FRAME_SCHEMA_ID,
    topic: isSession ? SESSION_TOPIC : FRAME_TOPIC,
    messageEncoding: "protobuf",
    metadata: new Map(isSession ? [] : [[SLOT_KEY, String(channelId)]]),
  };
}
