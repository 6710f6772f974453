import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import {
  connection,
  feedSilentMs,
  heardAtMs,
  heartbeat,
  liveProblem,
  nextAttemptAtMs,
  pictureAgeMs,
} from "../live/picture.ts";
import { Icon } from "../parts/icon.tsx";
import { toast } from "../parts/toast.tsx";
import { hrefOf, navigate } from "../state/address.ts";
import { now } from "../state/clock.ts";
import { clockTime, duration } from "../words/format.ts";
import { words } from "../words/words.ts";
import { frameWords } from "./words.ts";

/** A link that is opened within so long is no reason to alarm anybody (own). */
const GRACE_MS = 1_500;
const startedAtMs = Date.now();

const waitsLong = computed(
  () => connection.value === "connecting" && now.value > 0 && Date.now() - startedAtMs > GRACE_MS,
);

/** Says across the whole width that what is shown is not what is. Nothing is here while all is well. */
export function PictureBanner() {
  useProblems();
  const state = connection.value;
  if (state === "lost" || state === "silent") return <OldPicture silent={state === "silent"} />;
  if (waitsLong.value) return <Waiting />;
  if (state === "open" && feedSilentMs.value !== undefined)
    return <SilentFeed silentMs={feedSilentMs.value} />;
  return <Troubles />;
}

/** What the server refuses on the live stream is said: nobody waits for what does not come. */
function useProblems(): void {
  const w = words(frameWords);
  const problem = liveProblem.value;
  useEffect(() => {
    if (problem !== undefined) toast({ text: w.problem(problem.message), tone: "error" });
  }, [problem]);
}

function OldPicture({ silent }: { readonly silent: boolean }) {
  const w = words(frameWords);
  const heard = heardAtMs.value;
  const age = pictureAgeMs.value;
  return (
    <div class="banner banner-old" role="alert">
      <Icon name="offline" />
      <b>{silent ? w.silentTitle : w.lostTitle}</b>
      {heard !== undefined && age !== undefined && <span>{w.stand(clockTime(heard), duration(age))}</span>}
      <span aria-live="off">{w.retryIn(secondsToRetry())}</span>
      <span>{w.keepsTyping}</span>
    </div>
  );
}

/** Read anew each second with the clock. */
function secondsToRetry(): number {
  const at = nextAttemptAtMs.value;
  return at === undefined || now.value === 0 ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1_000));
}

function Waiting() {
  const w = words(frameWords);
  return (
    <div class="banner banner-old" role="alert">
      <Icon name="offline" />
      <b>{w.connectingTitle}</b>
      <span>{w.retryIn(secondsToRetry())}</span>
    </div>
  );
}

function SilentFeed({ silentMs }: { readonly silentMs: number }) {
  const w = words(frameWords);
  return (
    <div class="banner banner-old" role="status">
      <Icon name="offline" />
      <b>{Number.isFinite(silentMs) ? w.feedSilent(duration(silentMs)) : w.feedNever}</b>
    </div>
  );
}

/** Only what keeps the server from its work: warnings stand under System, which is marked. */
function Troubles() {
  const w = words(frameWords);
  const troubles = heartbeat.value?.troubles.filter(({ grave }) => grave) ?? [];
  const [first] = troubles;
  if (first === undefined) return undefined;
  return (
    <div class="banner banner-trouble" role="status">
      <Icon name="incidents" size={18} />
      <span>{w.trouble(first.name, first.text)}</span>
      <a
        href={hrefOf("/system")}
        onClick={(event) => {
          event.preventDefault();
          navigate("/system");
        }}
      >
        {troubles.length > 1 ? w.troublesMore(troubles.length - 1) : w.system}
      </a>
    </div>
  );
}
