import { useEffect, useRef } from "preact/hooks";
import { incidents } from "../live/picture.ts";
import { announce } from "../parts/announcer.tsx";
import { toast } from "../parts/toast.tsx";
import { isWall, navigate } from "../state/address.ts";
import { words } from "../words/words.ts";
import { incidentWords } from "./words.ts";

/** Calls the operator, whatever view is open, when an incident escalates. Mounted once; draws nothing. */
export function IncidentWatch() {
  const w = words(incidentWords);
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  const escalated = [...incidents.value.values()].filter((one) => one.escalated && one.state !== "closed");
  const names = escalated.map(({ incidentId }) => incidentId).join();
  useEffect(() => {
    const before = known.current;
    known.current = new Set(escalated.map(({ incidentId }) => incidentId));
    // What had escalated before this page was opened stands at the top of the list.
    if (before === undefined || isWall.value) return;
    for (const { incidentId, title } of escalated) {
      if (before.has(incidentId)) continue;
      announce(`${w.escalated}: ${title}`, "polite");
      const run = () => navigate("/incidents", { incident: incidentId });
      toast({ tone: "error", text: `${w.escalated}: ${title}`, action: { text: incidentId, run } });
    }
  }, [names]);
  return undefined;
}
