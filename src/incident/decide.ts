import type { Agency, IncidentCommand } from "../api/contract/incidents.ts";
import { canSee, mayCommand } from "./agency-rights.ts";
import { restartClock, stopClocks } from "./clocks.ts";
import {
  type Case,
  type Decision,
  type DecisionWorld,
  type IncidentRequest,
  isRefused,
  type Refused,
  refuse,
} from "./decision.ts";
import { changeOf, type Draft, unique } from "./draft.ts";
import { MAX_LOG_ENTRIES } from "./incident-record.ts";
import { REOPEN_WITHIN_MS, stateAfter } from "./life-cycle.ts";
import { decideMeasure } from "./measure-commands.ts";
import { decideMerge, decideSplit } from "./merge-split.ts";
import { takenBack, withProposals } from "./proposals.ts";
import { severityOf } from "./severity.ts";

type Command<Name extends IncidentCommand["command"]> = Extract<IncidentCommand, { command: Name }>;

/** Last lines of a log that only ends and merges may take, so that an incident with a full log can still be ended. */
const RESERVED_LINES = 20;
const ENDINGS: readonly IncidentCommand["command"][] = ["resolve", "close", "merge"];

/** Carries a command out, or says why not. Pure: the same question has the same answer. */
export function decide(world: DecisionWorld, request: IncidentRequest): Decision {
  const { incidentId, revision, command, by, atMs } = request;
  const incident = world.get(incidentId);
  if (incident === undefined || !canSee(incident, by.agency))
    return refuse("unknown-incident", `There is no incident ${incidentId}.`);
  if (revision !== incident.revision)
    return refuse("outdated", `Incident ${incidentId} is at revision ${incident.revision}, not ${revision}.`);
  if (!mayCommand(incident, by.agency, command.command))
    return refuse("not-permitted", `The agency ${by.agency} may not ${command.command} this incident.`);
  const next = stateAfter(incident.state, command.command);
  if (next === undefined)
    return refuse("not-allowed", `An incident that is ${incident.state} does not take "${command.command}".`);
  const room = ENDINGS.includes(command.command) ? MAX_LOG_ENTRIES : MAX_LOG_ENTRIES - RESERVED_LINES;
  if (incident.log.length >= room)
    return refuse("too-many", `The log of incident ${incidentId} is full: end it and open another.`);
  return carryOut({ world, incident, next, by, atMs }, command);
}

function carryOut(given: Case, command: IncidentCommand): Decision {
  if (command.command === "merge") return decideMerge(given, command.into);
  if (command.command === "split") return decideSplit(given, command.alertIds, command.title);
  const draft = draftOf(given, command);
  if (isRefused(draft)) return draft;
  const { world, incident, by, atMs } = given;
  const whole = CHANGES_PROPOSALS.includes(command.command)
    ? withProposals(world, incident, draft, by, atMs)
    : draft;
  return { changes: [changeOf(incident, whole, by, atMs)] };
}

const CHANGES_PROPOSALS: readonly IncidentCommand["command"][] = [
  "lanes",
  "describe",
  "place",
  "link",
  "share",
  "reopen",
];

function draftOf(
  given: Case,
  command: Exclude<IncidentCommand, { command: "merge" | "split" }>,
): Draft | Refused {
  switch (command.command) {
    case "acknowledge":
      return acknowledge(given, command);
    case "assign":
      return assign(given, command);
    case "start":
      return start(given);
    case "resolve":
      return resolve(given, command);
    case "close":
      return close(given, command);
    case "reopen":
      return reopen(given, command);
    case "note":
      return note(given, command);
    case "lanes":
      return lanes(command);
    case "describe":
      return describe(given, command);
    case "place":
      return { set: { place: command.place }, notes: [{ what: "place", text: command.place.text }] };
    case "share":
      return share(given, command.agencies);
    case "link":
      return link(given, command.alertId);
    case "hand-over":
      return handOver(command);
    default:
      return decideMeasure(given, command);
  }
}

function acknowledge({ world, incident, next, atMs }: Case, { forMs }: Command<"acknowledge">): Draft {
  const untilMs = atMs + (forMs ?? world.clocks.acknowledgementHoldsMs);
  const runs = next === "acknowledged" ? { acknowledgedUntilMs: untilMs } : {};
  return {
    set: {
      state: next,
      escalated: false,
      clocks: stopClocks(incident.clocks, ["acknowledge"], atMs),
      ...runs,
    },
    notes: [{ what: "acknowledged", text: "" }],
  };
}

function assign({ incident, next, atMs }: Case, { agency, person }: Command<"assign">): Draft {
  const others: readonly Agency[] = agency === "centre" ? [] : [agency];
  return {
    set: {
      state: next,
      escalated: false,
      assignee: { agency, ...(person === undefined ? {} : { person }) },
      agencies: unique([...incident.agencies, ...others]),
      clocks: stopClocks(incident.clocks, ["acknowledge"], atMs),
    },
    unset: ["acknowledgedUntilMs"],
    notes: [
      { what: "assigned", text: person === undefined ? agency : `${agency}: ${person}`, visibleTo: others },
    ],
  };
}

function start({ incident, next, atMs }: Case): Draft {
  return {
    set: {
      state: next,
      escalated: false,
      clocks: stopClocks(incident.clocks, ["acknowledge", "first-response"], atMs),
    },
    unset: ["acknowledgedUntilMs"],
    notes: [{ what: "started", text: "" }],
  };
}

/** The road is free again: what was sent to signs and vehicles is taken back. */
function resolve({ incident, next, by, atMs }: Case, { text }: Command<"resolve">): Draft {
  return {
    set: {
      state: next,
      escalated: false,
      clocks: stopClocks(incident.clocks, ["acknowledge", "first-response", "resolve"], atMs),
      measures: takenBack(incident.measures, "the incident is resolved", by, atMs),
    },
    unset: ["acknowledgedUntilMs"],
    notes: [{ what: "resolved", text, visibleTo: incident.agencies }],
  };
}

function close({ next, atMs }: Case, { text = "" }: Command<"close">): Draft {
  return { set: { state: next, closedAtMs: atMs }, notes: [{ what: "closed", text }] };
}

function reopen({ world, incident, next, atMs }: Case, { text }: Command<"reopen">): Draft | Refused {
  const { closedAtMs, mergedInto, alertIds, incidentId, clocks } = incident;
  if (mergedInto !== undefined) return refuse("not-allowed", `It was merged into ${mergedInto}.`, mergedInto);
  if (closedAtMs !== undefined && atMs - closedAtMs > REOPEN_WITHIN_MS)
    return refuse("not-allowed", "It was closed more than 5 minutes ago: open a new incident.");
  for (const alertId of alertIds) {
    const holder = world.holderOf(alertId);
    if (holder === undefined || holder.incidentId === incidentId) continue;
    const other = holder.incidentId;
    return refuse("already-linked", `Incident ${other} has the alert ${alertId} by now.`, other);
  }
  return {
    set: { state: next, clocks: restartClock(clocks, "resolve") },
    unset: ["closedAtMs"],
    notes: [{ what: "reopened", text }],
  };
}

/** An agency sees its own notes. */
function note({ incident, by }: Case, { text, visibleTo = [] }: Command<"note">): Draft {
  const own: readonly Agency[] = by.agency === "centre" ? [] : [by.agency];
  const readers = unique([...own, ...visibleTo]).filter((agency) => incident.agencies.includes(agency));
  return { notes: [{ what: "note", text, visibleTo: readers }] };
}

function lanes({ lanes: now }: Command<"lanes">): Draft {
  const text = now.map(({ kind, impact }) => `${kind} ${impact}`).join(", ");
  return { set: { lanes: now, severity: severityOf(now) }, notes: [{ what: "lanes", text }] };
}

function describe({ incident }: Case, { title, type, description }: Command<"describe">): Draft {
  const set = {
    ...(title === undefined ? {} : { title }),
    ...(type === undefined ? {} : { type }),
    ...(description === undefined ? {} : { description }),
  };
  const was = incident.title === (title ?? incident.title) ? "" : ` (was: ${incident.title})`;
  const text = [title === undefined ? "" : `${title}${was}`, type ?? "", description ?? ""];
  return { set, notes: [{ what: "described", text: text.filter((part) => part !== "").join("; ") }] };
}

/** The agencies that the incident is shared with from now on; whoever it is assigned to stays. */
function share({ incident }: Case, agencies: readonly Agency[]): Draft {
  const assigned = incident.assignee === undefined ? [] : [incident.assignee.agency];
  const now = unique([...agencies, ...assigned]).filter((agency) => agency !== "centre");
  return {
    set: { agencies: now },
    notes: [{ what: "shared", text: now.length === 0 ? "with nobody" : `with ${now.join(", ")}` }],
  };
}

function link({ world, incident }: Case, alertId: string): Draft | Refused {
  const alert = world.alert(alertId);
  if (alert === undefined) return refuse("unknown-alert", `There is no alert ${alertId}.`);
  const holder = world.holderOf(alertId);
  if (holder !== undefined) {
    const { incidentId } = holder;
    return refuse("already-linked", `Incident ${incidentId} has the alert ${alertId} already.`, incidentId);
  }
  if ((alert.exercise === true) !== incident.exercise)
    return refuse("not-allowed", "Alerts of an exercise and real ones do not go into one incident.");
  const { alertIds, alertKinds, endedAlertIds } = incident;
  return {
    set: {
      alertIds: [...alertIds, alertId],
      alertKinds: [...alertKinds, alert.kind],
      endedAlertIds: alert.hasEnded ? [...endedAlertIds, alertId] : endedAlertIds,
    },
    notes: [{ what: "linked", text: alertId }],
  };
}

function handOver({ text, to }: Command<"hand-over">): Draft {
  return { notes: [{ what: "handed-over", text: to === undefined ? text : `to ${to}: ${text}` }] };
}
