import { useSignal } from "@preact/signals";
import type { Verdict } from "../../api/contract/alarms.ts";
import { toast } from "../parts/toast.tsx";
import { useResource } from "../rest/resource.ts";
import { sendJson } from "../rest/rest.ts";
import { words } from "../words/words.ts";
import { tellFailure } from "./act.ts";
import { alarmWords } from "./words.ts";

type Word = Verdict["verdict"];

/** What the operator thinks of the alert now that it is known: kept, and used to score the detectors. */
export function VerdictForm({ alertId }: { readonly alertId: string }) {
  const w = words(alarmWords);
  const reason = useSignal("");
  const said = useSignal<Verdict | undefined>(undefined);
  const known = useResource<{ readonly verdicts: readonly Verdict[] }>(
    `/v1/verdicts?alertId=${encodeURIComponent(alertId)}`,
  ).value;
  const last = said.value?.alertId === alertId ? said.value : known?.verdicts.at(-1);
  const names: Readonly<Record<Word, string>> = {
    confirmed: w.verdictConfirmed,
    false: w.verdictFalse,
    unclear: w.verdictUnclear,
  };
  const say = async (verdict: Word): Promise<void> => {
    try {
      said.value = await sendJson<Verdict>("POST", "/v1/verdicts", {
        alertId,
        verdict,
        reason: reason.value,
      });
      reason.value = "";
      toast({ tone: "ok", text: `${w.verdict}: ${names[verdict]}` });
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <form class="verdict" onSubmit={(event) => event.preventDefault()}>
      <h3>{w.verdict}</h3>
      {last !== undefined && (
        <p>
          {w.verdictSaid(names[last.verdict], last.by)}
          {last.reason !== "" && <>: {last.reason}</>}
        </p>
      )}
      <div class="field">
        <label for="verdict-reason">{w.verdictReason}</label>
        <input
          id="verdict-reason"
          type="text"
          maxLength={500}
          value={reason.value}
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
      </div>
      <div class="verdict-words">
        {(Object.keys(names) as Word[]).map((word) => (
          <button
            key={word}
            type="button"
            class="button"
            aria-pressed={last?.verdict === word}
            disabled={word !== "confirmed" && reason.value.trim() === ""}
            onClick={() => void say(word)}
          >
            {names[word]}
          </button>
        ))}
      </div>
    </form>
  );
}
