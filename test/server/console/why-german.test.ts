import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AlertView } from "../../../src/api/contract/alarms.ts";
import { germanCause } from "../../../src/console/words/causes-german.ts";
import { FIGURES, figureName, figureUnit, MARKS } from "../../../src/console/words/figure-words.ts";
import { germanWhy } from "../../../src/console/words/why-german.ts";
import { causeMeaning } from "../../../src/detect/cause-codes.ts";

const GOLDEN = new URL("../../../fixtures/golden/", import.meta.url);

function toldAlerts(): readonly AlertView[] {
  return readdirSync(GOLDEN)
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) => readFileSync(new URL(name, GOLDEN), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as AlertView)
    .filter(({ why }) => why !== undefined);
}

const figures = (text: string): readonly string[] => text.match(/\d+([.,]\d+)?/g) ?? [];

/** As a detector tells it: the rule, the English sentence and the measures by name. */
function german(rule: string, text: string, measures: Readonly<Record<string, number>> = {}, causeCode = 0) {
  const told = Object.entries(measures).map(([name, observed]) => ({ name, observed }));
  return germanWhy({
    why: { rule, text, measures: told },
    tier: "confirmed",
    causeCode,
    subCauseCode: 0,
  });
}

const SOURCES = new URL("../../../src/detect/", import.meta.url);

/** Names of what detectors measure, as their sources write them. */
function measuredNames(): readonly string[] {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  const names = sources.flatMap((path) => {
    const text = readFileSync(new URL(path, SOURCES), "utf8");
    return [...text.matchAll(/name: "(\w+)",\s*observed/g)].map(([, name = ""]) => name);
  });
  const told = toldAlerts().flatMap(({ why }) => why.measures.map(({ name }) => name));
  return [...new Set([...names, ...told])].sort();
}

describe("names of what was measured", () => {
  it("are there in both languages for all that detectors measure", () => {
    const names = measuredNames();
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !(name in FIGURES))).toEqual([]);
  });

  it("come with the unit, and as the detector has them where they are not known", () => {
    expect([figureName("standingS", "de"), figureUnit("standingS")]).toEqual(["steht seit", "s"]);
    expect([figureName("topSpeedBeforeKmph", "de"), figureUnit("topSpeedBeforeKmph")]).toEqual([
      "höchstes Tempo davor",
      "km/h",
    ]);
    expect([figureUnit("sustainedMs"), figureUnit("requiredMps2"), figureUnit("mmPerH")]).toEqual([
      "ms",
      "m/s²",
      "mm/h",
    ]);
    expect([figureUnit("lanes"), figureUnit("roadUsers"), figureUnit("trustSum")]).toEqual(["", "", ""]);
    expect([figureName("heightM", "de"), figureUnit("heightM")]).toEqual(["heightM", ""]);
  });
});

it("says every mark of doubtful evidence in both languages", () => {
  const doubts = readFileSync(new URL("trust/notice-doubts.ts", SOURCES), "utf8");
  const marks = [...doubts.matchAll(/"(doubt-[a-z-]+)"/g)].map(([, mark = ""]) => mark);
  const kept = [...readFileSync(new URL("witnesses.ts", SOURCES), "utf8").matchAll(/\.marks, "([a-z-]+)"/g)];
  const all = new Set([...marks, ...kept.map(([, mark = ""]) => mark)]);
  expect(all.size).toBeGreaterThanOrEqual(8);
  expect([...all].filter((mark) => !(mark in MARKS))).toEqual([]);
});

describe("German words for why an alert was given", () => {
  it("are there for every rule that our recordings tell, with the figures of the English sentence", () => {
    const alerts = toldAlerts();
    expect(alerts.length).toBeGreaterThan(100);
    for (const alert of alerts) {
      const { rule, text } = alert.why;
      const told = germanWhy(alert);
      expect(told, rule).toMatch(/^[A-ZÄÖÜ0-9].*\.$/);
      expect(told, rule).not.toBe(text);
      expect(figures(told?.replaceAll(",", ".") ?? "").length, text).toBe(figures(text).length);
      // The sentence rounds a measure that is rounded already: half a last digit more at most.
      for (const [i, figure] of figures(text).entries())
        expect(Number(figures(told ?? "")[i]?.replace(",", "."))).toBeCloseTo(Number(figure), 0);
    }
  });

  it.each([
    [
      german("blind-area/gateway", "Source ruhr-1 is silent for 42 s: what happens…", { silentS: 42 }),
      "Quelle ruhr-1 schweigt seit 42 s: was in ihrem Bereich geschieht, ist unbekannt.",
    ],
    [
      german("slow-vehicle/alone", "Vehicle drives 31.5 km/h where 98.5 km/h are usual.", {
        speedKmph: 31.5,
      }),
      "Fahrzeug fährt 31,5 km/h, wo 98,5 km/h üblich sind.",
    ],
    [
      german("blockage/all-lanes", "Vehicles stand in all 3 lanes and nobody drives beyond them."),
      "In allen 3 Fahrstreifen stehen Fahrzeuge, und dahinter fährt niemand.",
    ],
    [
      german("emergency-vehicle/approaching", "Emergency vehicle approaches with its siren on."),
      "Einsatzfahrzeug nähert sich mit Sondersignal.",
    ],
    [
      german("road-conditions/reduced-visibility", "4 witnesses tell of …", { roadUsers: 4 }, 18),
      "4 Zeugen melden: schlechte Sicht.",
    ],
    [
      german(
        "automation-cluster/poisson",
        "Automation gave up in 4 of 20 automated passages (disengagements, mostly for lane markings); chance would give 0.31. The cause is in the road.",
        { vehicles: 4, passages: 20, expectedVehicles: 0.31 },
      ),
      "Bei 4 von 20 automatisierten Fahrten gab die Automatik auf (Abschaltungen, meist: Markierungen); der Zufall gäbe 0,31. Die Ursache liegt in der Straße.",
    ],
    [
      german("object-on-road/person", "Sensors of one station see a cyclist on the road.", { observers: 1 }),
      "Sensoren einer Station sehen einen Menschen auf dem Fahrrad auf der Fahrbahn.",
    ],
  ])("say %s", (told, expected) => {
    expect(told).toBe(expected);
  });

  it("are left out where the rule, or what it tells, is not known", () => {
    expect(german("own-detector/rule", "Something happened.")).toBeUndefined();
    expect(german("slow-vehicle/alone", "Something else.", { speedKmph: 30 })).toBeUndefined();
    expect(german("queue-end/fast-approach", "Without figures.")).toBeUndefined();
  });

  it("name every cause that the English ones name, and no other", () => {
    const differing: string[] = [];
    for (let cause = 0; cause <= 110; cause++) {
      const german = new Map<string, string>();
      for (let sub = 0; sub <= 30; sub++) {
        const english = causeMeaning(cause, sub).text;
        const told = germanCause(cause, sub);
        const isSame = (german.get(english) ?? told) === told;
        if (!isSame || told.startsWith("Ursache") !== english.startsWith("cause ")) differing.push(english);
        german.set(english, told);
      }
      if (new Set(german.values()).size < german.size) differing.push(`cause ${cause}`);
    }
    expect(differing).toEqual([]);
  });
});
