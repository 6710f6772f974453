import type { AlarmCommand, AlarmView } from "../../api/contract/alarms.ts";
import { toast } from "../parts/toast.tsx";
import { RestError, sendJson } from "../rest/rest.ts";
import { words } from "../words/words.ts";
import { alarmWords } from "./words.ts";

/** Sends what an operator decided about what they saw; false where it was not done, and then they are told why. */
export async function act({ alarmId, revision }: AlarmView, command: AlarmCommand): Promise<boolean> {
  try {
    await sendJson("POST", `/v1/alarms/${encodeURIComponent(alarmId)}/commands`, command, {
      ifMatch: revision,
    });
    return true;
  } catch (error) {
    tellFailure(error);
    return false;
  }
}

/** Acknowledges what is visible of priority 3. */
export async function acknowledgePage(visible: readonly AlarmView[]): Promise<void> {
  const w = words(alarmWords);
  const alarms = visible.map(({ alarmId, revision }) => ({ alarmId, revision }));
  try {
    const answer = await sendJson<{ acknowledged: string[]; refused: unknown[] }>(
      "POST",
      "/v1/alarms/acknowledge",
      {
        alarms,
      },
    );
    toast({ tone: "ok", text: w.pageDone(answer.acknowledged.length, answer.refused.length) });
  } catch (error) {
    tellFailure(error);
  }
}

export function tellFailure(error: unknown): void {
  const w = words(alarmWords);
  if (!(error instanceof RestError)) throw error;
  toast({ tone: "error", text: error.status === 412 ? w.changed : w.failed(error.message) });
}
