import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { connection, heartbeat, isOld, welcome } from "../live/picture.ts";
import { Icon } from "../parts/icon.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { hrefOf, isWall, navigate } from "../state/address.ts";
import { now } from "../state/clock.ts";
import { operatorName } from "../state/preferences.ts";
import { session } from "../state/session.ts";
import { VIEWS, type View } from "../views.ts";
import { clockTime, count, millis, utc } from "../words/format.ts";
import { words } from "../words/words.ts";
import { HelpDialog } from "./help.tsx";
import { SettingsDialog } from "./settings.tsx";
import { frameWords } from "./words.ts";

export function Header({ view }: { readonly view: View }) {
  const w = words(frameWords);
  const open = useSignal<"settings" | "help" | undefined>(undefined);
  useShortcut("?", w.keysTitle, () => {
    open.value = "help";
  });
  const close = () => {
    open.value = undefined;
  };
  return (
    <header class="header">
      <span class="brand">
        <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
          <path d="M2 17h6l3.5-9 5.5 17 4.5-12 2.5 4h6" />
        </svg>
        Roadpulse
      </span>
      {!isWall.value && (
        <nav class="views" aria-label={w.views}>
          {VIEWS.map((one) => (
            <ViewLink key={one.id} view={one} isCurrent={one === view} />
          ))}
        </nav>
      )}
      <Figures />
      <PictureState />
      {!isWall.value && (
        <div class="header-tools">
          <button
            type="button"
            class="button-icon"
            aria-label={w.help}
            title={`${w.help} (?)`}
            onClick={() => (open.value = "help")}
          >
            <Icon name="help" />
          </button>
          <button
            type="button"
            class="button-user"
            title={w.settings}
            onClick={() => (open.value = "settings")}
          >
            <Icon name="settings" />
            <span>{nameShown(w.anyone)}</span>
          </button>
        </div>
      )}
      {open.value === "settings" && <SettingsDialog onClose={close} />}
      {open.value === "help" && <HelpDialog onClose={close} />}
    </header>
  );
}

function nameShown(anyone: string): string {
  const { viewer } = session.value;
  if (viewer === undefined || viewer.open) return operatorName.value === "" ? anyone : operatorName.value;
  return viewer.name;
}

function ViewLink({ view, isCurrent }: { readonly view: View; readonly isCurrent: boolean }) {
  const w = words(frameWords);
  const href = hrefOf(view.path);
  return (
    <a
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      title={`${w[view.name]} (g ${view.key})`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        navigate(view.path);
      }}
    >
      <Icon name={view.icon} />
      <span>{w[view.name]}</span>
      {view.id === "system" && <TroubleMark />}
    </a>
  );
}

/** There is something to look at under System, which no picture is wrong by. */
function TroubleMark() {
  const w = words(frameWords);
  const { length } = heartbeat.value?.troubles ?? [];
  if (length === 0) return undefined;
  return (
    <i class="trouble-mark" title={w.toLookAt(length)}>
      {length}
    </i>
  );
}

/** How much is going on, small and grey while all is well. */
function Figures() {
  const w = words(frameWords);
  const beat = heartbeat.value;
  if (beat === undefined) return <div class="figures" />;
  const bad = beat.sources.doubtful + beat.sources.failed;
  return (
    <div class={isOld.value ? "figures is-old" : "figures"}>
      <Figure value={count(beat.stations)} unit={w.stations} />
      <Figure value={count(beat.itemsPerS)} unit={w.perSecond} />
      {beat.latencyP99Ms !== undefined && <Figure value={millis(beat.latencyP99Ms)} unit={w.latency} />}
      {bad > 0 && (
        <span class={beat.sources.failed > 0 ? "figure-bad" : "figure-doubtful"}>
          <Icon name="offline" size={16} />
          {w.sourcesBad(bad)}
        </span>
      )}
    </div>
  );
}

function Figure({ value, unit }: { readonly value: string; readonly unit: ComponentChildren }) {
  return (
    <span>
      <b>{value}</b> {unit}
    </span>
  );
}

function PictureState() {
  const w = words(frameWords);
  const state = connection.value;
  const clock = welcome.value?.clock;
  const kind = state === "open" ? (clock ?? "live") : state === "connecting" ? "connecting" : "old";
  return (
    <div class={`picture-state picture-${kind}`}>
      <span class="picture-mark" aria-hidden="true" />
      <span>{w[kind]}</span>
      <time dateTime={utc(now.value)} title={utc(now.value)}>
        {clockTime(now.value)}
      </time>
    </div>
  );
}
