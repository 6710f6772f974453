import { describe, expect, it } from "vitest";
import { viewFor } from "../../src/incident/agency-view.ts";
import { isRefused } from "../../src/incident/decision.ts";
import { severityOf } from "../../src/incident/severity.ts";
import { ANNA, alertFacts, CRASH, IncidentWorld, lane, MINUTE_MS, PLACE, STREIFE } from "./incident-world.ts";

describe("severity", () => {
  it.each([
    ["nothing", [lane("clear"), lane("clear")], "minor"],
    ["a lane affected", [lane("affected"), lane("clear")], "minor"],
    ["a shoulder blocked", [lane("clear"), lane("blocked", "hard-shoulder")], "normal"],
    ["one of two lanes blocked", [lane("blocked"), lane("clear")], "normal"],
    ["two of three lanes blocked", [lane("blocked"), lane("blocked"), lane("clear")], "major"],
    ["a ramp blocked", [lane("clear"), lane("blocked", "ramp")], "normal"],
    ["half a ramp blocked", [lane("clear"), lane("blocked", "ramp"), lane("clear", "ramp")], "minor"],
    ["no lanes known", [], "minor"],
  ] as const)("of %s", (_, lanes, severity) => {
    expect(severityOf(lanes)).toBe(severity);
  });
});

describe("time", () => {
  it("runs an acknowledgement out that nobody follows up: new again, escalated, said in the log", () => {
    const world = new IncidentWorld();
    const { incidentId } = world.open();
    world.act(incidentId, { command: "acknowledge", forMs: 10 * MINUTE_MS });
    world.pass(10 * MINUTE_MS);
    expect(world.get(incidentId).state).toBe("acknowledged");
    world.pass(1);
    const expired = world.get(incidentId);
    expect(expired).toMatchObject({ state: "new", escalated: true });
    expect(expired.log.at(-1)).toMatchObject({ what: "acknowledgement-expired", by: "Roadpulse" });
    expect(world.act(incidentId, { command: "acknowledge" }).escalated).toBe(false);
  });

  it("breaches each clock once, and tells when", () => {
    const world = new IncidentWorld();
    const { incidentId } = world.open();
    world.pass(4 * MINUTE_MS);
    world.pass(4 * MINUTE_MS);
    const breaches = world.get(incidentId).log.filter(({ what }) => what === "clock-breached");
    expect(breaches.map(({ text }) => text)).toEqual(["acknowledge"]);
    world.act(incidentId, { command: "start" });
    expect(world.get(incidentId).clocks.map(({ breached }) => breached)).toEqual([true, false, false]);
  });

  it("lets a closed incident be opened again for five minutes", () => {
    const world = new IncidentWorld();
    const { incidentId } = world.open();
    world.act(incidentId, { command: "resolve", text: "free" });
    world.act(incidentId, { command: "close" });
    world.pass(5 * MINUTE_MS);
    expect(world.act(incidentId, { command: "reopen", text: "back again" }).state).toBe("in-progress");
    world.act(incidentId, { command: "resolve", text: "free" });
    world.act(incidentId, { command: "close" });
    world.pass(5 * MINUTE_MS + 1);
    expect(isRefused(world.ask(incidentId, { command: "reopen", text: "late" }))).toBe(true);
  });
});

describe("alerts", () => {
  it("belong to one incident; when all are over the log says so, and the incident stays open", () => {
    const world = new IncidentWorld();
    for (const id of ["a1", "a2"]) world.alerts.set(id, alertFacts(id));
    const { incidentId } = world.open({ alertIds: ["a1", "a2"] });
    expect(() => world.open({ alertIds: ["a2"] })).toThrow(incidentId);
    world.endAlert("a1");
    world.endAlert("a2");
    world.endAlert("a2");
    const incident = world.get(incidentId);
    expect(incident.state).toBe("new");
    expect(incident.log.map(({ what }) => what)).toEqual([
      "opened",
      "alert-ended",
      "alert-ended",
      "all-alerts-ended",
    ]);
  });

  it("go along in a merger and in a split", () => {
    const world = new IncidentWorld();
    for (const id of ["a1", "a2", "a3"]) world.alerts.set(id, alertFacts(id));
    const one = world.open({ alertIds: ["a1"] });
    const two = world.open({ alertIds: ["a2", "a3"] });
    world.act(one.incidentId, { command: "merge", into: two.incidentId });
    expect(world.get(one.incidentId)).toMatchObject({ state: "closed", mergedInto: two.incidentId });
    expect(world.get(two.incidentId).alertIds).toEqual(["a2", "a3", "a1"]);
    world.act(two.incidentId, { command: "split", alertIds: ["a3"], title: "another" });
    const third = world.book.holderOf("a3");
    expect(third).toMatchObject({ title: "another", splitFrom: two.incidentId, alertIds: ["a3"] });
    expect(world.get(two.incidentId).alertIds).toEqual(["a2", "a1"]);
  });

  it("keep exercises and real incidents apart", () => {
    const world = new IncidentWorld();
    const real = world.open();
    const exercise = world.open({ ...CRASH, exercise: true });
    expect(exercise.incidentId).toMatch(/^X-20261123-/);
    const merged = world.ask(exercise.incidentId, { command: "merge", into: real.incidentId });
    expect(merged).toMatchObject({ refused: "not-allowed" });
  });

  it("never let an exercise hold what is real, nor real work what is an exercise", () => {
    const world = new IncidentWorld();
    world.alerts.set("real", alertFacts("real"));
    world.alerts.set("drill", { ...alertFacts("drill"), exercise: true });
    const exercise = world.open({ ...CRASH, exercise: true });
    const real = world.open();
    const link = (incidentId: string, alertId: string) => world.ask(incidentId, { command: "link", alertId });
    expect(link(exercise.incidentId, "real")).toMatchObject({ refused: "not-allowed" });
    expect(link(real.incidentId, "drill")).toMatchObject({ refused: "not-allowed" });
    expect(() => world.open({ alertIds: ["real"], exercise: true })).toThrow(/exercise/);
    expect(world.book.holderOf("real")).toBeUndefined();
    world.act(exercise.incidentId, { command: "link", alertId: "drill" });
    expect(world.book.holderOf("drill")?.incidentId).toBe(exercise.incidentId);
  });
});

describe("agencies", () => {
  it("see what is shared with them, without internal notes and without the names of others", () => {
    const world = new IncidentWorld();
    const { incidentId } = world.open({ ...CRASH, description: "driver: H. Meyer" });
    expect(viewFor(world.get(incidentId), "port")).toBeUndefined();
    world.act(incidentId, { command: "assign", agency: "police", person: "Streife 12" });
    world.act(incidentId, { command: "share", agencies: ["port"] });
    world.act(incidentId, { command: "note", text: "internal" });
    world.act(incidentId, { command: "note", text: "for the port", visibleTo: ["port"] });
    const port = viewFor(world.get(incidentId), "port");
    expect(port?.description).toBe("");
    expect(port?.assignee).toBeUndefined();
    expect(port?.log.map(({ what, text, by }) => [what, text, by])).toEqual([
      ["opened", "Opened by hand.", "centre"],
      ["note", "for the port", "centre"],
    ]);
    expect(port?.redacted).toEqual(
      [
        "agencies",
        "assignee",
        "assignee.person",
        "clocks",
        "description",
        "escalated",
        "log",
        "measures",
      ].sort(),
    );
    expect(viewFor(world.get(incidentId), "police")?.assignee?.person).toBe("Streife 12");
    expect(JSON.stringify(viewFor(world.get(incidentId), "road-operator") ?? "")).not.toContain("Streife");
  });

  it("may do what their task needs, and no more", () => {
    const world = new IncidentWorld();
    const { incidentId } = world.open();
    expect(world.ask(incidentId, { command: "start" }, STREIFE)).toMatchObject({
      refused: "unknown-incident",
    });
    world.act(incidentId, { command: "share", agencies: ["police"] });
    expect(world.ask(incidentId, { command: "start" }, STREIFE)).toMatchObject({ refused: "not-permitted" });
    world.act(incidentId, { command: "note", text: "seen" }, STREIFE);
    world.act(incidentId, { command: "assign", agency: "police" });
    expect(world.act(incidentId, { command: "start" }, STREIFE).state).toBe("in-progress");
    const alone = world.book.open({ incident: { place: PLACE }, by: STREIFE, atMs: world.nowMs });
    expect(alone).toMatchObject({ refused: "not-permitted" });
    expect(world.ask(incidentId, { command: "close" }, ANNA)).toMatchObject({ refused: "not-allowed" });
  });
});

describe("measures", () => {
  const sign = {
    measureId: "rule.sign",
    rule: "rule",
    kind: "sign-text",
    action: { kind: "sign-text", lines: ["STAU"] },
    title: "sign",
    text: "STAU",
    reason: "",
    effect: "",
    target: "",
    state: "proposed",
    automatic: false,
  } as const;

  it("come and go with what the rules propose, are taken back with the end, and can be sent again", () => {
    const world = new IncidentWorld({
      propose: ({ lanes }) => (lanes.some(({ impact }) => impact === "blocked") ? [sign] : []),
    });
    const { incidentId } = world.open({ ...CRASH, lanes: [lane("clear")] });
    const states = () => world.get(incidentId).measures.map(({ state }) => state);
    expect(states()).toEqual([]);
    world.act(incidentId, { command: "lanes", lanes: [lane("blocked")] });
    expect(states()).toEqual(["proposed"]);
    world.act(incidentId, { command: "lanes", lanes: [lane("clear")] });
    expect(states()).toEqual(["withdrawn"]);
    world.act(incidentId, { command: "lanes", lanes: [lane("blocked")] });
    world.act(incidentId, { command: "send-measure", measureId: sign.measureId });
    world.act(incidentId, { command: "lanes", lanes: [lane("clear")] });
    expect(states()).toEqual(["sent"]);
    world.act(incidentId, { command: "resolve", text: "free" });
    expect(states()).toEqual(["withdrawn"]);
    world.act(incidentId, { command: "reopen", text: "back again" });
    expect(states()).toEqual(["withdrawn"]);
    world.act(incidentId, { command: "send-measure", measureId: sign.measureId });
    expect(states()).toEqual(["sent"]);
  });
});
