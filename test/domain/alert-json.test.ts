import { expect, test } from "vitest";
import type { Alert } from "../../src/domain/alert.ts";
import { alertRecord } from "../../src/domain/alert-json.ts";
import { fromWireAlert, toWireAlert } from "../../src/wire/alert-message.ts";

function alertOf(causeCode: number, subCauseCode: number): Alert {
  const position = { latitudeDeg: 51.4, longitudeDeg: 6.7 };
  return {
    alertId: "a1",
    revision: 1,
    state: "new",
    kind: "notice",
    tier: "confirmed",
    causeCode,
    subCauseCode,
    severity: 3,
    confidencePct: 80,
    beganAtMs: 1,
    detectedAtMs: 1,
    referencedAtMs: 1,
    validUntilMs: 2,
    position,
    headingDeg: undefined,
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: { stations: 1, observations: 1, receivers: 1, sources: ["test"], marks: [] },
    why: { rule: "test/rule", text: "A test.", measures: [] },
  };
}

test("an exported alert names its category of (EU) 886/2013, or none", () => {
  const ice = alertOf(6, 5);
  expect(alertRecord(ice)["srti"]).toBe("temporary-slippery-road");
  expect(toWireAlert(ice).srti).toBe("temporary-slippery-road");
  const queue = alertOf(27, 0);
  expect(alertRecord(queue)).not.toHaveProperty("srti");
  expect(toWireAlert(queue).srti).toBe("");
});

test("an alert that belongs to another names it, on the wire and in the alert file", () => {
  const blockage: Alert = { ...alertOf(5, 0), relatedAlertId: "b2" };
  expect(alertRecord(blockage)["relatedAlertId"]).toBe("b2");
  expect(fromWireAlert(toWireAlert(blockage), "alert")).toEqual(blockage);
  expect(alertRecord(alertOf(5, 0))).not.toHaveProperty("relatedAlertId");
});
