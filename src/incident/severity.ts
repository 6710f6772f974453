import type { IncidentSeverity, Lane } from "../api/contract/incidents.ts";

const SEVERITIES = ["minor", "normal", "major"] as const;

/**
 * Severity follows from the lanes, as in IRIS (MnDOT, docs/incident_dms.md, "Severity"):
 *
 * | | carriageway | ramp |
 * |---|---|---|
 * | more than half of the lanes blocked | major | normal |
 * | half of the lanes or fewer blocked | normal | minor |
 * | a shoulder blocked | normal | minor |
 * | a lane or shoulder affected | minor | minor |
 * | nothing | minor | minor |
 *
 * IRIS has no severity where it has no message; here everything else is `minor`. A ramp counts as a carriageway of its
 * own; the worse of the two holds.
 */
export function severityOf(lanes: readonly Lane[]): IncidentSeverity {
  const carriageway = rankOf(
    lanes.filter(({ kind }) => kind === "lane"),
    lanes.filter(({ kind }) => kind === "hard-shoulder" || kind === "left-shoulder"),
  );
  const ramp = rankOf(
    lanes.filter(({ kind }) => kind === "ramp"),
    [],
  );
  return SEVERITIES[Math.max(carriageway, ramp - 1, 0)] ?? "minor";
}

/** 0 minor, 1 normal, 2 major, of a carriageway. */
function rankOf(lanes: readonly Lane[], shoulders: readonly Lane[]): number {
  const blocked = lanes.filter(({ impact }) => impact === "blocked").length;
  if (blocked * 2 > lanes.length) return 2;
  return blocked > 0 || shoulders.some(({ impact }) => impact === "blocked") ? 1 : 0;
}
