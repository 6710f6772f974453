import { expect, it } from "vitest";
import { decodeIngestFrame, encodeIngestFrame, type WireIngestFrame } from "../../src/wire/ingest-frame.ts";

/** Bodies one after the other in one item, as no encoder would write them. */
function itemWith(...fields: readonly Uint8Array[]): Uint8Array {
  const item = Buffer.concat(fields);
  return Buffer.concat([Buffer.from([0x1a, item.length]), item]);
}

const awareness = Buffer.from([0x82, 0x01, 2, 0x18, 5]);
const sensor = Buffer.from([0xb2, 0x01, 0]);

it("keeps the last of several members of a oneof", () => {
  const decode = (bytes: Uint8Array) => (decodeIngestFrame(bytes) as WireIngestFrame).items?.[0];
  expect(decode(itemWith(awareness, sensor))).toMatchObject({ sensor: {} });
  expect(decode(itemWith(awareness, sensor))?.awareness ?? undefined).toBeUndefined();
  expect(decode(itemWith(sensor, awareness))?.sensor ?? undefined).toBeUndefined();
  expect(decode(itemWith(sensor, awareness))).toMatchObject({ awareness: { speed_cmps: 5 } });
});

it("tells optional fields that are zero from absent ones", () => {
  const bytes = encodeIngestFrame({ items: [{ station_id: 1, awareness: { speed_cmps: 0 } }] });
  const item = (decodeIngestFrame(bytes) as WireIngestFrame).items?.[0];
  expect(item?.awareness?.speed_cmps).toBe(0);
  expect(item?.awareness?.heading_ddeg ?? undefined).toBeUndefined();
});
