import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AGENCIES, type IncidentCommand } from "../../src/api/contract/incidents.ts";
import { viewFor } from "../../src/incident/agency-view.ts";
import { isRefused } from "../../src/incident/decision.ts";
import type { Actor, IncidentMeasure, IncidentRecord } from "../../src/incident/incident-record.ts";
import { LIFE_CYCLE } from "../../src/incident/life-cycle.ts";
import { severityOf } from "../../src/incident/severity.ts";
import { ANNA, alertFacts, CRASH, IncidentWorld, MINUTE_MS, PLACE } from "./incident-world.ts";

const ALERTS = ["a1", "a2", "a3", "a4"];
const text = fc.constantFrom("one", "two", "drei");
const agency = fc.constantFrom(...AGENCIES);
const someAlerts = fc.uniqueArray(fc.constantFrom(...ALERTS), { minLength: 1, maxLength: 3 });
const lanes = fc.array(
  fc.record({
    kind: fc.constantFrom("lane", "hard-shoulder", "left-shoulder", "ramp"),
    impact: fc.constantFrom("clear", "affected", "blocked"),
  }),
  { maxLength: 6 },
);

/** Which incident, counted in the order of opening, and what is done with it. */
const command = fc.oneof(
  fc.record({ command: fc.constant("acknowledge") }),
  fc.record({ command: fc.constant("assign"), agency, person: text }),
  fc.record({ command: fc.constant("start") }),
  fc.record({ command: fc.constantFrom("resolve", "reopen"), text }),
  fc.record({ command: fc.constant("close") }),
  fc.record({ command: fc.constant("note"), text, visibleTo: fc.uniqueArray(agency) }),
  fc.record({ command: fc.constant("lanes"), lanes }),
  fc.record({ command: fc.constant("describe"), title: text }),
  fc.record({ command: fc.constant("share"), agencies: fc.uniqueArray(agency) }),
  fc.record({ command: fc.constant("link"), alertId: fc.constantFrom(...ALERTS) }),
  fc.record({ command: fc.constant("merge"), into: fc.nat(3) }),
  fc.record({ command: fc.constant("split"), alertIds: someAlerts, title: text }),
  fc.record({ command: fc.constant("send-measure"), measureId: fc.constantFrom("sign", "vehicles") }),
  fc.record({
    command: fc.constant("withdraw-measure"),
    measureId: fc.constantFrom("sign", "vehicles"),
    reason: text,
  }),
) as fc.Arbitrary<IncidentCommand | { command: "merge"; into: number }>;

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant("open" as const), alertIds: fc.option(someAlerts) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("act" as const), which: fc.nat(3), command, agency }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.nat(40 * MINUTE_MS) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("end" as const), alertId: fc.constantFrom(...ALERTS) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const measure = (measureId: string, kind: "sign-text" | "vehicle-message"): IncidentMeasure => ({
  measureId,
  rule: measureId,
  kind,
  action:
    kind === "sign-text"
      ? { kind, lines: ["STAU"] }
      : { kind, causeCode: 94, subCauseCode: 0, upstreamM: 1_000, validityS: 600 },
  title: measureId,
  text: "",
  reason: "",
  effect: "",
  target: "",
  state: "proposed",
  automatic: false,
});

/** Proposals that depend on the lanes, so that they come and go. */
function propose({ lanes: now }: IncidentRecord): IncidentMeasure[] {
  const isBlocked = now.some(({ impact }) => impact === "blocked");
  return isBlocked ? [measure("sign", "sign-text"), measure("vehicles", "vehicle-message")] : [];
}

function take(world: IncidentWorld, taken: Step): void {
  const ids = [...world.book.all()].map(({ incidentId }) => incidentId);
  if (taken.do === "pass") world.pass(taken.ms);
  else if (taken.do === "end") world.endAlert(taken.alertId);
  else if (taken.do === "open") {
    const free = (taken.alertIds ?? []).filter((alertId) => world.book.holderOf(alertId) === undefined);
    world.open({ ...CRASH, alertIds: free, place: PLACE });
  } else {
    const incidentId = ids[taken.which];
    if (incidentId === undefined) return;
    const by: Actor = taken.agency === "centre" ? ANNA : { name: "Bert", agency: taken.agency };
    const { command: asked } = taken;
    const meant = asked.command === "merge" ? { ...asked, into: ids[Number(asked.into)] ?? "none" } : asked;
    world.ask(incidentId, meant as IncidentCommand, by);
  }
}

function faultsOf(before: ReadonlyMap<string, IncidentRecord>, world: IncidentWorld): string[] {
  const faults: string[] = [];
  for (const incident of world.book.all()) {
    const { incidentId, revision, log, severity, lanes: now, state, mergedInto } = incident;
    const was = before.get(incidentId);
    const events = world.events
      .flatMap(({ changes }) => changes)
      .filter((one) => one.incidentId === incidentId);
    if (events.map((one) => one.revision).some((one, index) => one !== index + 1))
      faults.push("revisions jump");
    if (revision !== events.length) faults.push("a revision is not a change");
    if (severity !== severityOf(now)) faults.push("severity does not follow the lanes");
    if (mergedInto !== undefined && state !== "closed") faults.push("a merged incident lives on");
    if (log.some(({ sequence }, index) => sequence !== index + 1))
      faults.push("lines of the log are not counted");
    if (was !== undefined && JSON.stringify(log.slice(0, was.log.length)) !== JSON.stringify(was.log))
      faults.push("a line of the log has changed");
    if (was !== undefined && revision > was.revision && log.length === was.log.length)
      faults.push("a change is not in the log");
    if (state === "closed" && incident.measures.some((one) => one.state === "sent"))
      faults.push("a sign stays lit");
  }
  for (const alertId of ALERTS) {
    const holders = [...world.book.all()].filter(
      (one) => one.state !== "closed" && one.alertIds.includes(alertId),
    );
    if (holders.length > 1) faults.push(`${alertId} is in two incidents`);
  }
  return faults;
}

describe("whatever operators do", () => {
  it("logs only grow, revisions count changes, merged ones end, severity follows lanes, and a replay gives the same bytes", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world = new IncidentWorld({ propose });
        for (const alertId of ALERTS) world.alerts.set(alertId, alertFacts(alertId));
        for (const taken of steps) {
          const before = new Map([...world.book.all()].map((one) => [one.incidentId, one]));
          take(world, taken);
          expect(faultsOf(before, world)).toEqual([]);
        }
        const text = (book: IncidentWorld["book"]) => JSON.stringify([...book.all()]);
        expect(text(world.replayed())).toBe(text(world.book));
        expect(world.replayed().dueBy(world.nowMs + 1)).toEqual(world.book.dueBy(world.nowMs + 1));
      }),
      { numRuns: 300 },
    );
  });

  it("nothing is done on a revision that the sender has not seen, nor what the state does not allow", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.integer({ min: -2, max: 2 }), (steps, off) => {
        const world = new IncidentWorld({ propose });
        for (const alertId of ALERTS) world.alerts.set(alertId, alertFacts(alertId));
        for (const taken of steps) take(world, taken);
        for (const incident of world.book.all()) {
          for (const name of ["start", "close", "acknowledge"] as const) {
            const answer = world.ask(incident.incidentId, { command: name }, ANNA, incident.revision + off);
            if (off !== 0) expect(isRefused(answer) && answer.refused).toBe("outdated");
            else if (LIFE_CYCLE[name][incident.state] === undefined)
              expect(isRefused(answer) && answer.refused).toBe("not-allowed");
            if (!isRefused(answer)) break;
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("an agency sees nothing of incidents that are not shared with it, and no names of others", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const world = new IncidentWorld({ propose });
        for (const alertId of ALERTS) world.alerts.set(alertId, alertFacts(alertId));
        for (const taken of steps) take(world, taken);
        for (const incident of world.book.all()) {
          for (const one of AGENCIES.filter((name) => name !== "centre")) {
            const view = viewFor(incident, one);
            expect(view !== undefined).toBe(incident.agencies.includes(one));
            const names = view?.log.filter(({ agency: of, by }) => of !== one && by !== of) ?? [];
            expect(names).toEqual([]);
            if (view?.assignee?.person !== undefined) expect(view.assignee.agency).toBe(one);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
