import { useSignal } from "@preact/signals";
import type { AlertMeasures as Answer, Incident, IncidentCommand } from "../../api/contract/incidents.ts";
import { toast } from "../parts/toast.tsx";
import { useResource } from "../rest/resource.ts";
import { getJson, RestError, sendJson } from "../rest/rest.ts";
import { navigate } from "../state/address.ts";
import { words } from "../words/words.ts";
import { learn } from "./command.ts";
import { dropDraft } from "./drafts.ts";
import { type AskedReason, MeasureItem, ReasonDialog } from "./measures.tsx";
import { incidentWords } from "./words.ts";

/** Others decide on the same measures. */
const ASK_EVERY_MS = 5_000;

/**
 * What the rules propose for an alert, before anybody has made an incident of it. One click makes the incident, or takes
 * the one that has the alert, and sends; a refusal needs its reason.
 */
export function AlertMeasures({ alertId }: { readonly alertId: string }) {
  const w = words(incidentWords);
  const { value, askedAtMs = 0 } = useResource<Answer>(
    `/v1/alert-measures/${encodeURIComponent(alertId)}`,
    ASK_EVERY_MS,
  );
  const mine = useSignal<{ readonly incident: Incident; readonly atMs: number } | undefined>(undefined);
  const asked = useSignal<AskedReason | undefined>(undefined);
  const isBusy = useSignal(false);
  const own = mine.value !== undefined && mine.value.atMs > askedAtMs ? mine.value.incident : undefined;
  const measures = (own ?? value)?.measures ?? [];
  if (measures.length === 0) return undefined;
  const decide = async (command: IncidentCommand, onDone: () => void = () => undefined): Promise<void> => {
    if (isBusy.value) return;
    isBusy.value = true;
    const incident = await decideOn(alertId, own?.incidentId ?? value?.incidentId, command);
    isBusy.value = false;
    if (incident === undefined) return;
    mine.value = { incident, atMs: Date.now() };
    onDone();
  };
  return (
    <section class="alert-measures" aria-label={w.measures} aria-busy={isBusy.value}>
      <h3>{w.measures}</h3>
      <ul class="incident-measures">
        {measures.map((measure) => (
          <MeasureItem
            key={measure.measureId}
            measure={measure}
            mayAct
            onSend={() => void decide({ command: "send-measure", measureId: measure.measureId })}
            onAsk={(name) => (asked.value = { measure, name })}
          />
        ))}
      </ul>
      {asked.value !== undefined && (
        <ReasonDialog
          {...asked.value}
          of={alertId}
          onClose={() => (asked.value = undefined)}
          onSubmit={reasonFor(asked.value, decide)}
        />
      )}
    </section>
  );
}

type Decide = (command: IncidentCommand, onDone: () => void) => Promise<void>;

function reasonFor({ measure: { measureId }, name }: AskedReason, decide: Decide) {
  return (reason: string, key: string): void =>
    void decide({ command: `${name}-measure`, measureId, reason }, () => dropDraft(key));
}

/** The incident as it is afterwards; undefined where nothing was done, and then the operator is told why. */
async function decideOn(
  alertId: string,
  incidentId: string | undefined,
  command: IncidentCommand,
): Promise<Incident | undefined> {
  const w = words(incidentWords);
  try {
    const before = incidentId === undefined ? await openFor(alertId) : await incidentOf(incidentId);
    const path = `/v1/incidents/${encodeURIComponent(before.incidentId)}/commands`;
    const after = await sendJson<Incident>("POST", path, command, { ifMatch: before.revision });
    learn(after);
    toast({
      tone: "ok",
      text: w.sent(w.commands[command.command]),
      action: {
        text: after.incidentId,
        run: () => navigate("/incidents", { incident: after.incidentId }),
      },
    });
    return after;
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    toast({ tone: "error", text: error.status === 0 ? w.unreachable : w.failed(error.message) });
    return undefined;
  }
}

const incidentOf = (incidentId: string): Promise<Incident> =>
  getJson(`/v1/incidents/${encodeURIComponent(incidentId)}`);

/** Somebody else may have made one since the card was drawn: then that one is taken. */
async function openFor(alertId: string): Promise<Incident> {
  try {
    return await sendJson<Incident>("POST", "/v1/incidents", { alertIds: [alertId] });
  } catch (error) {
    const other =
      error instanceof RestError
        ? (error.body as { incidentId?: string } | undefined)?.incidentId
        : undefined;
    if (other === undefined) throw error;
    return incidentOf(other);
  }
}
