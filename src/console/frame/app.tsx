import { useEffect } from "preact/hooks";
import { AlarmWatch } from "../alarms/alarm-watch.tsx";
import { IncidentWatch } from "../incidents/incident-watch.tsx";
import { live } from "../live/connection.ts";
import { Announcer } from "../parts/announcer.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { Toasts } from "../parts/toast.tsx";
import { PlaybackBar } from "../playback/playback-bar.tsx";
import { askSession } from "../rest/session.ts";
import { LoginView } from "../session/login.tsx";
import { SessionWatch } from "../session/session-watch.tsx";
import { isWall, navigate, path } from "../state/address.ts";
import { session } from "../state/session.ts";
import { VIEWS, type View, viewAt } from "../views.ts";
import { words } from "../words/words.ts";
import { PictureBanner } from "./banner.tsx";
import { Header } from "./header.tsx";
import { frameWords } from "./words.ts";

/** The frame around every view. */
export function App() {
  const w = words(frameWords);
  const { state, viewer } = session.value;
  useEffect(() => {
    if (state === "in") live.start();
    else if (state === "out") live.stop();
    // No session is asked for where the server is away: the stream keeps trying, and asks after each attempt.
    else void askSession().finally(() => session.peek().state === "out" || live.start());
  }, [state]);

  const view = viewAt(path.value);
  useEffect(() => {
    document.title = `${w[view.name]} · Roadpulse`;
  }, [w, view]);

  if (session.value.state === "out" && viewer === undefined)
    return <LoginView reason={session.value.reason} />;
  const Shown = view.component;
  return (
    <div class={isWall.value ? "app app-wall" : "app"}>
      <a class="skip" href="#content">
        {w.skip}
      </a>
      <Header view={view} />
      <div class="banners">
        <PictureBanner />
        <SessionWatch />
        <PlaybackBar />
      </div>
      <main id="content" class={`view view-${view.id}`} tabIndex={-1} aria-label={w[view.name]}>
        <Shown />
      </main>
      {VIEWS.map((one) => (
        <GoTo key={one.id} view={one} />
      ))}
      <Announcer />
      <AlarmWatch />
      <IncidentWatch />
      <Toasts />
      {session.value.state === "out" && (
        <Dialog title="Roadpulse">
          <LoginView reason={session.value.reason} />
        </Dialog>
      )}
    </div>
  );
}

function GoTo({ view }: { readonly view: View }) {
  const w = words(frameWords);
  useShortcut(`g ${view.key}`, w.goTo(w[view.name]), () => navigate(view.path));
  return undefined;
}
