import type { Priority } from "../api/contract/alarms.ts";

/** What became of alerts and alarms, since the beginning. Exercises are not counted but as alerts. */
export class AlarmCounts {
  /** Alerts that were taken, each once. */
  alerts = 0;
  p1 = 0;
  p2 = 0;
  p3 = 0;
  suppressedByFlood = 0;
  suppressedByChatter = 0;
  /** Of all these: called again because more urgent, not because new. */
  raised = 0;
  /** Would have been alarms and were over before they had lasted. */
  heldBack = 0;
  /** Came back from a shelf when its time was up. */
  returned = 0;
  commands = 0;
  /** Over and not acknowledged, but too many to be kept. */
  forgotten = 0;

  called(priority: Priority, suppressed: "flood" | "chatter" | undefined, first: boolean): void {
    if (!first) this.raised++;
    if (suppressed === "flood") this.suppressedByFlood++;
    else if (suppressed === "chatter") this.suppressedByChatter++;
    else if (priority === 1) this.p1++;
    else if (priority === 2) this.p2++;
    else this.p3++;
  }
}
