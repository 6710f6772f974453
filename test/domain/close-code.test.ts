import { describe, expect, it } from "vitest";
import { type CloseName, closeCode, closeGuide } from "../../src/domain/close-code.ts";

/** RFC 6455 §7.4.1: reserved codes that must not appear in a close frame. */
const NEVER_SENT = [1004, 1005, 1006, 1015];

describe("close codes", () => {
  const names = Object.keys(closeCode) as CloseName[];

  it("are distinct and may be sent", () => {
    const codes: number[] = names.map((name) => closeCode[name]);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      expect(NEVER_SENT).not.toContain(code);
      expect((code >= 1000 && code <= 1014) || (code >= 4000 && code <= 4999)).toBe(true);
    }
  });

  it.each(names)("%s says what it means and what to do", (name) => {
    const { meaning, advice } = closeGuide[name];
    expect(meaning).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  });
});
