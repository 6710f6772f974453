import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Viewer } from "../../api/contract/live.ts";
import type { LoginWays } from "../../api/contract/session.ts";
import { words } from "../words/words.ts";
import { askWho } from "./ask.ts";
import { sessionWords } from "./words.ts";

interface ProviderProps {
  readonly provider: NonNullable<LoginWays["provider"]>;
  /** Work is open on the page: the provider gets a window of its own. */
  readonly stays: boolean;
  readonly onDone: (viewer: Viewer) => void;
}

/** Where that window ends up. */
const DONE = "/v1/login/done";

const LOOK_MS = 1_000;

/** Leads to the identity provider and back. */
export function ProviderButton({ provider, stays, onDone }: ProviderProps) {
  const w = words(sessionWords);
  const popup = useRef<Window | null>(null);
  const waits = useSignal(false);
  useEffect(() => {
    if (!waits.value) return undefined;
    const before = Date.now();
    const timer = setInterval(async () => {
      // The session that is being renewed answers, too, until the window has come to its end.
      if (!hasArrived(popup.current)) return;
      const viewer = await askWho();
      if (popup.current?.closed === true && viewer === undefined && Date.now() - before > LOOK_MS)
        waits.value = false;
      if (viewer === undefined) return;
      clearInterval(timer);
      popup.current?.close();
      onDone(viewer);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [waits, waits.value, onDone]);
  const text = w.signInWith(provider.name);
  const here = encodeURIComponent(location.pathname + location.search);
  if (!stays)
    return (
      <a class="button button-main" href={`${provider.href}?return=${here}`}>
        {text}
      </a>
    );
  return (
    <div class="login-form">
      <button
        type="button"
        class="button button-main"
        onClick={() => {
          popup.current = open(
            `${provider.href}?return=${DONE}`,
            "roadpulse-login",
            "popup,width=520,height=680",
          );
          waits.value = popup.current !== null;
        }}
      >
        {text}
      </button>
      <p class="quiet" role="status">
        {waits.value ? w.waitingForProvider(provider.name) : w.inNewWindow}
      </p>
    </div>
  );
}

/** Whether the window is back on this server, or was closed. At the provider it cannot be looked into. */
function hasArrived(popup: Window | null): boolean {
  try {
    return popup === null || popup.closed || popup.location.pathname === DONE;
  } catch {
    return false;
  }
}
