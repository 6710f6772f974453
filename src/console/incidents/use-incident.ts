import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Incident } from "../../api/contract/incidents.ts";
import { connection, incidents } from "../live/picture.ts";
import { getJson, RestError } from "../rest/rest.ts";
import { known, learn } from "./command.ts";

/** An incident with everything, asked for anew whenever the stream says that it has changed. */
export function useIncident(incidentId: string): {
  readonly incident: Incident | undefined;
  readonly error: string | undefined;
} {
  const error = useSignal<string | undefined>(undefined);
  const incident = known.value.get(incidentId);
  const told = incidents.value.get(incidentId)?.revision ?? 0;
  const isHeard = connection.value === "open";
  useEffect(() => {
    if (incident !== undefined && told <= incident.revision) return undefined;
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        learn(await getJson<Incident>(`/v1/incidents/${encodeURIComponent(incidentId)}`, abort.signal));
        error.value = undefined;
      } catch (failure) {
        if (failure instanceof RestError) error.value = failure.message;
      }
    };
    void ask();
    return () => abort.abort();
  }, [incidentId, told, isHeard]);
  return { incident, error: error.value };
}
