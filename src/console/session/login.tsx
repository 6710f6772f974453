import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Viewer } from "../../api/contract/live.ts";
import type { LoginWays } from "../../api/contract/session.ts";
import { param, setParams } from "../state/address.ts";
import { type SignedOutReason, session, sessionBegan } from "../state/session.ts";
import { words } from "../words/words.ts";
import { askWays } from "./ask.ts";
import { PasswordForm } from "./password-form.tsx";
import { ProviderButton } from "./provider-button.tsx";
import { refusalText } from "./refusal-text.ts";
import { sessionWords } from "./words.ts";

export interface LoginProps {
  /** `renew`: somebody who is still signed in does so again. */
  readonly reason: SignedOutReason | "renew";
  readonly onDone?: () => void;
}

/** Asked again while the server does not answer. */
const ASK_AGAIN_MS = 3_000;

/** The ways to sign in that the server offers, and why it asks. */
export function LoginView({ reason, onDone }: LoginProps) {
  const w = words(sessionWords);
  const ways = useSignal<LoginWays | undefined>(undefined);
  const refused = useSignal(param("login"));
  useEffect(() => {
    // It stands in the address because the provider led here, and would come up again with every reload.
    if (refused.peek() !== undefined) setParams({ login: undefined }, { replace: true });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      ways.value = await askWays();
      if (ways.value === undefined) timer = setTimeout(look, ASK_AGAIN_MS);
    };
    void look();
    return () => clearTimeout(timer);
  }, [ways, refused]);
  const begin = (viewer: Viewer) => {
    sessionBegan(viewer);
    onDone?.();
  };
  const known = session.value.viewer;
  const { password, provider } = ways.value ?? { password: false, provider: undefined };
  return (
    <section class="login" aria-labelledby="login-title">
      {known === undefined && <p class="login-brand">Roadpulse</p>}
      <h1 id="login-title">{w.title}</h1>
      <p>{w[reason]}</p>
      {refused.value !== undefined && (
        <p class="login-error" role="alert">
          {refusalText(w, refused.value, undefined, true)}
        </p>
      )}
      {password && <PasswordForm name={known?.subject ?? ""} onDone={begin} />}
      {password && provider !== undefined && <p class="login-or">{w.or}</p>}
      {provider !== undefined && (
        <ProviderButton provider={provider} stays={known !== undefined} onDone={begin} />
      )}
      {ways.value !== undefined && !password && provider === undefined && <p role="status">{w.noWays}</p>}
    </section>
  );
}
