import { describe, expect, it } from "vitest";
import type { Lane } from "../../src/api/contract/incidents.ts";
import { DEFAULT_RULES } from "../../src/measure/default-rules.ts";
import { type MeasureSubject, proposeMeasures } from "../../src/measure/propose.ts";
import { MeasureRuleError, readMeasureRules } from "../../src/measure/read-rules.ts";

const lane = (impact: Lane["impact"], kind: Lane["kind"] = "lane"): Lane => ({ kind, impact });

const SUBJECT: MeasureSubject = {
  type: "crash",
  severity: "major",
  title: "Two cars",
  place: {
    latitudeDeg: 51.4,
    longitudeDeg: 6.8,
    text: "A40 → Venlo, km 12.3",
    ref: "A40",
    direction: "Venlo",
    km: 12.34,
  },
  lanes: [lane("clear", "left-shoulder"), lane("blocked"), lane("clear"), lane("blocked", "hard-shoulder")],
  alertKinds: ["queue-end"],
};

const RULE = `version: 1
rules:
  - id: one
    when: { types: [crash] }
    propose:
      - id: limit
        kind: speed-limit
        title: Slow down on {road}
        kmph: 80
        reason: "{blocked} of {lanes} lanes"
        effect: less
        target: "{road} → {direction} before km {km}"
`;

const fault = (source: string) => {
  try {
    readMeasureRules(source, "rules.yaml");
    return "none";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("rules for measures", () => {
  it("propose with reason, effect and target in words of the place", () => {
    const [measure, ...rest] = proposeMeasures(readMeasureRules(RULE, "rules.yaml"), SUBJECT, "de");
    expect(rest).toEqual([]);
    expect(measure).toEqual({
      measureId: "one.limit",
      rule: "one",
      kind: "speed-limit",
      action: { kind: "speed-limit", kmph: 80 },
      title: "Slow down on A40",
      text: "80 km/h",
      reason: "1 of 2 lanes",
      effect: "less",
      target: "A40 → Venlo before km 12,3",
      state: "proposed",
      automatic: false,
    });
  });

  it.each([
    ["types: [stall]", 0],
    ["severity: major", 1],
    ["kinds: [queue-end, wrong-way]", 1],
    ["kinds: [wrong-way]", 0],
    ["roads: [A3]", 0],
    ["roads: [A40], directions: [Venlo]", 1],
    ["blockedLanes: 1", 1],
    ["blockedLanes: 2", 0],
    ["allBlocked: true", 0],
    ["allBlocked: false", 1],
  ])("where %s, propose %i", (when, count) => {
    const rules = readMeasureRules(RULE.replace("types: [crash]", when), "rules.yaml");
    expect(proposeMeasures(rules, SUBJECT, "de")).toHaveLength(count);
  });

  it.each([
    [
      "a wrong value",
      RULE.replace("kmph: 80", "kmph: 85"),
      'rules.yaml, line 9, rule "one": propose.0.kmph: ',
    ],
    ["a slip of the pen", RULE.replace("reason:", "reasons:"), 'do you mean "reason"?'],
    [
      "an unknown placeholder",
      RULE.replace("{road}", "{street}"),
      'rules.yaml, line 8, rule "one": propose.0.title: there is no {street}',
    ],
    [
      "an unknown kind of alert",
      RULE.replace("types: [crash]", "kinds: [crush]"),
      'line 4, rule "one": when.kinds.0',
    ],
    ["broken YAML", RULE.replace("[crash]", "[crash"), "rules.yaml, line "],
    [
      "the same rule twice",
      RULE + RULE.slice(RULE.indexOf("  - id")),
      'line 13: the rule "one" is there already, in line 3',
    ],
    [
      "a rule for everything",
      RULE.replace("{ types: [crash] }", "{}"),
      'line 4, rule "one": when: needs a condition',
    ],
    ["a key twice", RULE.replace("kmph: 80", "kmph: 80\n        kmph: 60"), "line 10"],
    ["no rules at all", "version: 1\n", "rules.yaml, line 1: "],
  ])("say where the fault is: %s", (_, source, message) => {
    expect(fault(source)).toContain(message);
  });

  it("refuse what would grow without bound", () => {
    const bomb = `version: 1\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nrules: [*c,*c,*c,*c]\n`;
    expect(() => readMeasureRules(bomb, "rules.yaml")).toThrow(MeasureRuleError);
  });

  it("name agencies in the language of the centre where a rule has no text of its own", () => {
    const source = `version: 1
rules:
  - id: one
    when: { types: [crash] }
    propose:
      - { id: car, kind: dispatch, agency: police, resource: 2 cars, title: t, reason: r, effect: e, target: "km {km}" }
      - { id: tell, kind: inform, agency: rescue, title: t, reason: r, effect: e, target: x }
`;
    const told = (language: "de" | "en") =>
      proposeMeasures(readMeasureRules(source, "rules.yaml"), SUBJECT, language).map(
        ({ text, target }) => `${text}, ${target}`,
      );
    expect(told("de")).toEqual(["2 cars (Polizei), km 12,3", "Rettungsdienst, x"]);
    expect(told("en")).toEqual(["2 cars (police), km 12.3", "rescue service, x"]);
  });

  it("come with Roadpulse, and tell vehicles of a queue, close lanes and call the police", () => {
    const measures = proposeMeasures(readMeasureRules(DEFAULT_RULES.de, "default"), SUBJECT, "de");
    expect(measures.map(({ measureId }) => measureId)).toEqual(
      expect.arrayContaining([
        "stauende.fahrzeuge",
        "fahrstreifen-gesperrt.zeichen",
        "unfall.polizei",
        "hafen.hafen",
      ]),
    );
    const signal = measures.find(({ kind }) => kind === "lane-signal");
    expect(signal?.action).toEqual({ kind: "lane-signal", signals: ["closed", "open"] });
    expect(measures.every(({ automatic }) => !automatic)).toBe(true);
    expect(JSON.stringify(measures)).not.toMatch(/[{][a-z]+[}]/);
  });

  it("come in English with the same conditions, ids, figures and signs as in German", () => {
    const [german, english] = [DEFAULT_RULES.de, DEFAULT_RULES.en].map((source) =>
      readMeasureRules(source, "default"),
    );
    const words = /"(title|text|reason|effect|target|resource|route)":"[^"]*"/g;
    const bare = (rules: unknown) => JSON.stringify(rules).replace(words, "");
    expect(bare(english)).toBe(bare(german));
    const said = (rules: unknown) => new Set(JSON.stringify(rules).match(words));
    expect([...said(english)].filter((one) => said(german).has(one))).toEqual([]);
  });
});
