import type { SignedOutReason } from "../state/session.ts";
import { words } from "../words/words.ts";
import { sessionWords } from "./words.ts";

/** Says why nothing is shown to somebody whom the server does not know. */
export function LoginView({ reason }: { readonly reason: SignedOutReason }) {
  const w = words(sessionWords);
  return (
    <section class="login">
      <h1>{w.title}</h1>
      <p>{w[reason]}</p>
    </section>
  );
}
