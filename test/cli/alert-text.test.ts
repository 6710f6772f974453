import { expect, test } from "vitest";
import { alertText } from "../../src/cli/alert-text.ts";
import { painter } from "../../src/cli/style.ts";
import type { Alert } from "../../src/domain/alert.ts";

const plain = (_style: unknown, text: string): string => text;

const alert: Alert = {
  alertId: "0123456789abc",
  revision: 2,
  state: "updated",
  kind: "stationary-vehicle",
  tier: "confirmed",
  causeCode: 94,
  subCauseCode: 0,
  severity: 4,
  confidencePct: 90,
  beganAtMs: 1_760_000_000_000,
  detectedAtMs: 1_760_000_000_123,
  referencedAtMs: 1_760_000_000_000,
  validUntilMs: 1_760_000_060_000,
  position: { latitudeDeg: 51.4321, longitudeDeg: 6.7654321 },
  headingDeg: 92,
  outline: { form: "point", points: [] },
  road: undefined,
  evidence: { stations: 1, observations: 9, receivers: 1, sources: ["rsu-7"], marks: [] },
  why: { rule: "stopped", text: "stands for 30 s", measures: [] },
};

test("one line tells time, state, severity, kind, tier, place, reason and latency", () => {
  const line = alertText({ alert, latency: { decodedUs: 100, detectedUs: 200, deliveredUs: 3_210 } }, plain);
  expect(line).toMatch(/^\d\d:\d\d:\d\d\.123 UPDATED +S4 stationary-vehicle +confirmed /);
  expect(line).toContain("51.43210,6.76543 eastbound stands for 30 s 0123456789abc r2 3.2 ms");
  expect(line).not.toContain("\n");
});

test("the road's own words stand instead of coordinates", () => {
  const road = { ref: "A40", direction: "Venlo", fromKm: 12, toKm: 12.3, text: "A40 → Venlo km 12.3" };
  const line = alertText({ alert: { ...alert, road }, latency: undefined }, plain);
  expect(line).toContain("A40 → Venlo km 12.3");
  expect(line).not.toContain("51.43210");
});

test("control characters from the network do not reach the terminal", () => {
  const why = { ...alert.why, text: "\u001b]0;owned\u0007 \u009b2J\r\n" };
  expect(alertText({ alert: { ...alert, why }, latency: undefined }, plain)).not.toMatch(/\p{Cc}/u);
});

test.each([
  ["a terminal", { isTTY: true }, {}, true],
  ["a pipe", {}, {}, false],
  ["NO_COLOR", { isTTY: true }, { NO_COLOR: "1" }, false],
  ["a dumb terminal", { isTTY: true }, { TERM: "dumb" }, false],
])("colours follow %s", (_name, sink, env, coloured) => {
  const paint = painter({ write: () => true, ...sink }, env);
  expect(alertText({ alert, latency: undefined }, paint).includes("\u001b[")).toBe(coloured);
});
