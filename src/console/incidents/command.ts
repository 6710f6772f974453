import { effect, signal } from "@preact/signals";
import type { Incident, IncidentCommand } from "../../api/contract/incidents.ts";
import { welcome } from "../live/picture.ts";
import { announce } from "../parts/announcer.tsx";
import { toast } from "../parts/toast.tsx";
import { RestError, sendJson } from "../rest/rest.ts";
import { words } from "../words/words.ts";
import { incidentWords } from "./words.ts";

/** A command that met an incident which somebody else had changed. */
export interface Conflict {
  readonly command: IncidentCommand;
  /** As the operator saw it. */
  readonly seen: Incident;
  /** As it is. */
  readonly present: Incident;
  /** To be done once the command was carried out. */
  readonly onDone: () => void;
}

/** The conflict that the operator has to decide; one at a time. */
export const conflict = signal<Conflict | undefined>(undefined);

/** Incidents as last heard, by number. */
export const known = signal<ReadonlyMap<string, Incident>>(new Map());

/** Numbers begin anew with a server that keeps nothing: what was known of them is of others. */
let epoch: number | undefined;
effect(() => {
  const now = welcome.value?.epoch;
  if (now === undefined || now === epoch) return;
  if (epoch !== undefined) known.value = new Map();
  epoch = now;
});

/** As many as somebody looks at in turn. */
const MOST_KNOWN = 20;

export function learn(incident: Incident): void {
  const before = known.peek().get(incident.incidentId);
  if (before !== undefined && before.revision > incident.revision) return;
  const after = new Map(known.peek());
  after.delete(incident.incidentId);
  after.set(incident.incidentId, incident);
  for (const oldest of after.keys()) {
    if (after.size <= MOST_KNOWN) break;
    after.delete(oldest);
  }
  known.value = after;
}

/** Adds to an incident and overwrites nothing: sent again by itself where somebody else was faster. */
const ADDS_ONLY: readonly IncidentCommand["command"][] = ["note", "hand-over"];
const MOST_ATTEMPTS = 3;

/**
 * Carries a command out on the incident that the operator sees. Where somebody else was faster nothing is done, and the
 * operator compares. What was typed stays where it is until `onDone`.
 */
export async function command(
  seen: Incident,
  what: IncidentCommand,
  onDone: () => void = () => undefined,
): Promise<void> {
  const w = words(incidentWords);
  try {
    learn(await send(seen, what));
    announce(w.sent(w.commands[what.command]), "polite");
    onDone();
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    const present = (error.body as { readonly incident?: Incident } | undefined)?.incident;
    if (present !== undefined) learn(present);
    if (error.status === 412 && present !== undefined)
      conflict.value = { command: what, seen, present, onDone };
    else toast({ tone: "error", text: error.status === 0 ? w.unreachable : w.failed(error.message) });
  }
}

async function send(seen: Incident, what: IncidentCommand): Promise<Incident> {
  let { revision } = seen;
  for (let attempt = 1; ; attempt++) {
    try {
      const path = `/v1/incidents/${encodeURIComponent(seen.incidentId)}/commands`;
      return await sendJson<Incident>("POST", path, what, { ifMatch: revision });
    } catch (error) {
      const present = error instanceof RestError && error.status === 412 ? presentIn(error) : undefined;
      if (present === undefined || !ADDS_ONLY.includes(what.command) || attempt === MOST_ATTEMPTS)
        throw error;
      revision = present.revision;
    }
  }
}

const presentIn = ({ body }: RestError): Incident | undefined =>
  (body as { readonly incident?: Incident } | undefined)?.incident;
