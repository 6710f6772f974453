import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BlockWriter, type InputRecord, readBlock } from "../../src/store/input-block.ts";

const receivedAtMs = fc.integer({ min: 0, max: 2 ** 51 }).map((eighths) => eighths / 8);
const slot = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const reason = fc.string({ unit: "grapheme", maxLength: 60 });

const record: fc.Arbitrary<InputRecord> = fc.oneof(
  fc.record({
    kind: fc.constant("message" as const),
    receivedAtMs,
    slot,
    bytes: fc.uint8Array({ maxLength: 300 }),
  }),
  fc.record({ kind: fc.constant("session-opened" as const), receivedAtMs, slot }),
  fc.record({ kind: fc.constant("session-closed" as const), receivedAtMs, slot, reason }),
  fc.record({ kind: fc.constant("shed" as const), receivedAtMs, slot, items: fc.nat(), reason }),
  fc.record({ kind: fc.constant("outage" as const), receivedAtMs, untilMs: receivedAtMs }),
);

const plain = (one: InputRecord) => (one.kind === "message" ? { ...one, bytes: [...one.bytes] } : one);

describe("a block of inputs", () => {
  it("gives back every record as it was, and begins anew", () => {
    const writer = new BlockWriter();
    fc.assert(
      fc.property(fc.array(record, { maxLength: 200 }), receivedAtMs, (records, throughMs) => {
        for (const one of records) writer.add(one);
        const block = readBlock(Uint8Array.from(writer.take(throughMs)));
        expect(block.records.map(plain)).toEqual(records.map(plain));
        expect(block).toMatchObject({ throughMs });
        expect(writer.isEmpty).toBe(true);
      }),
    );
  });

  it("copies what it is given: a socket's buffer is another message a moment later", () => {
    const writer = new BlockWriter();
    const bytes = Uint8Array.of(1, 2, 3);
    writer.add({ kind: "message", receivedAtMs: 5, slot: 1, bytes });
    bytes.fill(9);
    expect(readBlock(writer.take(5)).records).toMatchObject([{ bytes: Buffer.from([1, 2, 3]) }]);
  });

  it("that is none is refused and reads nothing beyond its end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 17, maxLength: 200 }), (bytes) => {
        try {
          for (const one of readBlock(bytes).records) {
            if (one.kind === "message") expect(one.bytes.length).toBeLessThanOrEqual(bytes.length);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
