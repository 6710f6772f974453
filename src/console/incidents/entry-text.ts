import type { Agency, IncidentLogEntry, LaneImpact, LaneKind } from "../../api/contract/incidents.ts";
import type { Dictionary } from "./words.ts";

/** What the server itself wrote into the log, in the operator's language; what people wrote stays as they wrote it. */
export function entryText({ what, text }: IncidentLogEntry, w: Dictionary): string {
  switch (what) {
    case "opened":
      return openedText(text, w);
    case "assigned":
      return text.replace(/^[a-z-]+/, (agency) => w.agencies[agency as Agency] ?? agency);
    case "shared":
      return agencyList(text, w);
    case "lanes":
      return lanesText(text, w);
    case "clock-breached":
      return w.clocks[text] ?? text;
    case "acknowledgement-expired":
      return w.expiredText;
    case "all-alerts-ended":
      return w.allEndedText;
    case "merged":
      return text.replace(/^into /, "→ ");
    default:
      return text;
  }
}

function openedText(text: string, w: Dictionary): string {
  if (text.startsWith("Opened by hand")) return w.openedByHand;
  const [, alerts] = text.match(/^Opened from (.+)\.$/) ?? [];
  return alerts === undefined ? text : w.openedFrom(alerts);
}

function agencyList(text: string, w: Dictionary): string {
  const [, list] = text.match(/^with (.+)$/) ?? [];
  if (list === undefined || list === "nobody") return list === "nobody" ? "–" : text;
  return list
    .split(", ")
    .map((agency) => w.agencies[agency as Agency] ?? agency)
    .join(", ");
}

function lanesText(text: string, w: Dictionary): string {
  return text
    .split(", ")
    .map((lane) => {
      const [kind = "", impact = ""] = lane.split(" ");
      return `${w.laneKinds[kind as LaneKind] ?? kind} ${w.impacts[impact as LaneImpact] ?? impact}`;
    })
    .join(", ");
}
