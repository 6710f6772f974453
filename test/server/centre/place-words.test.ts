import { describe, expect, it } from "vitest";
import { placeInWords } from "../../../src/server/centre/place-words.ts";

describe("the place of an incident", () => {
  it.each([
    ["A40 → Dortmund, between AS Homberg and AS Häfen", "A40 → Dortmund, zwischen AS Homberg und AS Häfen"],
    ["A59 → Dinslaken, after AK Duisburg", "A59 → Dinslaken, hinter AK Duisburg"],
    ["A59 → Dinslaken, before AK Duisburg", "A59 → Dinslaken, vor AK Duisburg"],
    ["A40 → Venlo (ramp)", "A40 → Venlo (Rampe)"],
    ["A40 → Venlo, km 12.3", "A40 → Venlo, km 12.3"],
  ])("is told in the language of the centre: %s", (english, german) => {
    expect(placeInWords(english, "de")).toBe(german);
    expect(placeInWords(english, "en")).toBe(english);
  });
});
