import { useSignal } from "@preact/signals";
import { Dialog } from "../parts/dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { now, serverNow } from "../state/clock.ts";
import { session } from "../state/session.ts";
import { words } from "../words/words.ts";
import { LoginView } from "./login.tsx";
import { sessionWords } from "./words.ts";

/** Time to finish a sentence and find the password (own). */
const WARN_MS = 5 * 60_000;

/** Where a recording plays, the server's clock is the recording's, and says nothing of sessions. */
const MOST_SKEW_MS = 12 * 3_600_000;

/** Says that the session ends soon, and lets its owner sign in again on top of what is open. */
export function SessionWatch() {
  const w = words(sessionWords);
  const isOpen = useSignal(false);
  const { state, viewer } = session.value;
  const leftMs = now.value === 0 ? undefined : leftOf(viewer?.expiresAtMs);
  if (state !== "in" || leftMs === undefined || leftMs > WARN_MS) {
    isOpen.value = false;
    return undefined;
  }
  const minutes = Math.max(1, Math.ceil(leftMs / 60_000));
  return (
    <div class="banner banner-session" role="status">
      <Icon name="clock" size={18} />
      <span>{w.endsIn(minutes)}</span>
      <button type="button" class="button" onClick={() => (isOpen.value = true)}>
        {w.again}
      </button>
      {isOpen.value && (
        <Dialog title="Roadpulse" onClose={() => (isOpen.value = false)}>
          <LoginView reason="renew" onDone={() => (isOpen.value = false)} />
        </Dialog>
      )}
    </div>
  );
}

function leftOf(expiresAtMs: number | undefined): number | undefined {
  if (expiresAtMs === undefined) return undefined;
  const server = serverNow();
  const nowMs = Math.abs(server - Date.now()) < MOST_SKEW_MS ? server : Date.now();
  return expiresAtMs - nowMs;
}
