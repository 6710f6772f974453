import type { IncidentCommand, MeasureView } from "../api/contract/incidents.ts";
import { type Case, type Refused, refuse } from "./decision.ts";
import { type Draft, unique } from "./draft.ts";
import type { IncidentMeasure } from "./incident-record.ts";
import { sent, sentNote, staysInForce, toldBy } from "./proposals.ts";

type MeasureCommand = Extract<IncidentCommand, { readonly measureId: string }>;

/** States in which each command finds a measure. What was refused or taken back may be sent after all. */
const EXPECTS: Readonly<Record<MeasureCommand["command"], readonly MeasureView["state"][]>> = {
  "send-measure": ["proposed", "failed", "refused", "withdrawn"],
  "refuse-measure": ["proposed"],
  "withdraw-measure": ["sent"],
};

/** An operator sends, refuses or takes back a measure. */
export function decideMeasure(given: Case, command: MeasureCommand): Draft | Refused {
  const { measureId } = command;
  const measure = given.incident.measures.find((candidate) => candidate.measureId === measureId);
  if (measure === undefined) return refuse("unknown-measure", `There is no measure ${measureId} here.`);
  if (!EXPECTS[command.command].includes(measure.state))
    return refuse("not-allowed", `The measure is ${measure.state} already.`);
  if (command.command === "send-measure") return send(given, measure);
  const { reason } = command;
  const decided = { by: given.by.name, atMs: given.atMs, reason };
  if (command.command === "refuse-measure") {
    const refused: IncidentMeasure = { ...measure, state: "refused", decided };
    return { set: exchanged(given, refused), notes: [note("measure-refused", measure, reason)] };
  }
  if (!staysInForce(measure.action))
    return refuse("not-allowed", "What an agency was told cannot be taken back; share a note with it.");
  const withdrawn: IncidentMeasure = { ...measure, state: "withdrawn", decided };
  return { set: exchanged(given, withdrawn), notes: [note("measure-withdrawn", measure, reason)] };
}

function send(given: Case, measure: IncidentMeasure): Draft {
  const { world, incident, by, atMs } = given;
  const noticeNumber = measure.kind === "vehicle-message" ? world.nextNoticeNumber : undefined;
  const now = sent(measure, by, atMs, noticeNumber);
  const agencies = unique([...incident.agencies, ...toldBy(measure.action)]);
  return { set: { ...exchanged(given, now), agencies }, notes: [sentNote(measure)] };
}

function exchanged(
  { incident }: Case,
  by: IncidentMeasure,
): { readonly measures: readonly IncidentMeasure[] } {
  return { measures: incident.measures.map((was) => (was.measureId === by.measureId ? by : was)) };
}

const note = (what: string, measure: IncidentMeasure, reason: string) => ({
  what,
  text: `${measure.title}: ${reason}`,
});
