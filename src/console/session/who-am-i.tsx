import { toast } from "../parts/toast.tsx";
import { session, sessionLeft } from "../state/session.ts";
import { shortTime } from "../words/format.ts";
import { words } from "../words/words.ts";
import { logOut } from "./ask.ts";
import { sessionWords } from "./words.ts";

/** Who is signed in, what they may do and until when; and the way out. */
export function WhoAmI() {
  const w = words(sessionWords);
  const { viewer } = session.value;
  if (viewer === undefined || viewer.open) return undefined;
  const leave = async () => {
    const answer = await logOut();
    if (answer === undefined) return toast({ tone: "error", text: w.unreachable });
    if (answer.providerLogoutHref !== undefined) location.assign(answer.providerLogoutHref);
    else sessionLeft();
    return undefined;
  };
  return (
    <div class="who">
      <dl>
        <dt>{w.signedInAs}</dt>
        <dd>
          <b>{viewer.name}</b>
          {viewer.name !== viewer.subject && ` (${viewer.subject})`}
        </dd>
        <dt>{w.agency}</dt>
        <dd>{w.agencies[viewer.agency] ?? viewer.agency}</dd>
        <dt>{w.may}</dt>
        <dd>{viewer.scopes.map((scope) => w.scopes[scope]).join(", ")}</dd>
        {viewer.expiresAtMs !== undefined && (
          <>
            <dt>{w.until}</dt>
            <dd>{shortTime(viewer.expiresAtMs)}</dd>
          </>
        )}
      </dl>
      <button type="button" class="button" onClick={() => void leave()}>
        {w.signOut}
      </button>
    </div>
  );
}
