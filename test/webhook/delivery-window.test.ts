import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeliveryWindow } from "../../src/webhook/delivery-window.ts";
import type { MessageReader, NumberedMessage } from "../../src/webhook/messages.ts";

/** Messages 1..count with the keys in turn; those of the key `-` are not wanted. */
function readerOf(keys: readonly string[]): MessageReader {
  let reached = 0;
  return {
    read(most, budget) {
      const messages: NumberedMessage[] = [];
      const end = Math.min(keys.length, reached + budget);
      while (reached < end && messages.length < most) {
        const key = keys[reached++] ?? "";
        if (key !== "-") messages.push({ sequence: reached, key, body: () => ({}) });
      }
      return { messages, reached, isBroken: false };
    },
  };
}

describe("a window of messages", () => {
  it("sends each once, never two of a key side by side, and its cursor passes nothing that is owed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "b", "c", "-"), { maxLength: 40 }),
        fc.boolean(),
        fc.array(fc.record({ batch: fc.integer({ min: 1, max: 4 }), end: fc.nat(), fails: fc.boolean() }), {
          minLength: 200,
          maxLength: 200,
        }),
        (keys, strict, steps) => {
          const window = new DeliveryWindow(readerOf(keys), 0, strict);
          const underWay: NumberedMessage[][] = [];
          const acknowledged: NumberedMessage[] = [];
          for (const { batch, end, fails } of steps) {
            window.fill(3);
            const taken = window.take(batch);
            const busy = underWay.flat();
            for (const { key } of taken) expect(busy.some((each) => strict || each.key === key)).toBe(false);
            if (taken.length > 0) underWay.push(taken);
            const [ended] = underWay.splice(end % Math.max(1, underWay.length), 1);
            if (ended === undefined) continue;
            if (fails) window.giveBack(ended);
            else {
              window.acknowledge(ended);
              acknowledged.push(...ended);
            }
            const owed = keys.findIndex(
              (key, i) => key !== "-" && !acknowledged.some(({ sequence }) => sequence === i + 1),
            );
            if (owed >= 0) expect(window.cursor).toBeLessThanOrEqual(owed);
          }
          for (;;) {
            window.fill(100);
            const taken = [...underWay.splice(0).flat(), ...window.take(100)];
            if (taken.length === 0) break;
            window.acknowledge(taken);
            acknowledged.push(...taken);
          }
          expect(window.cursor).toBe(keys.length);
          expect(acknowledged.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
            keys.flatMap((key, i) => (key === "-" ? [] : [i + 1])),
          );
          for (const key of ["a", "b", "c"]) {
            const own = acknowledged.filter((each) => each.key === key).map(({ sequence }) => sequence);
            expect(own).toEqual([...own].sort((a, b) => a - b));
          }
        },
      ),
    );
  });
});
