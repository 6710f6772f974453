import type { SystemView } from "../../api/contract/system.ts";
import { Icon } from "../parts/icon.tsx";
import { dateTime, duration, number } from "../words/format.ts";
import { words } from "../words/words.ts";
import { systemWords } from "./words.ts";

/** Whether the server can do its work, check by check, and what is going on in it. */
export function Health({ system }: { readonly system: SystemView }) {
  const w = words(systemWords);
  const isReady = system.checks.every(({ ok }) => ok);
  return (
    <section class="panel health" aria-label={w.health}>
      <h2>{w.health}</h2>
      <p class={isReady ? "judgement judgement-ok" : "judgement judgement-bad"}>
        <Icon name={isReady ? "check" : "close"} />
        {isReady ? w.ready : w.notReady}
      </p>
      <ul class="checks">
        {system.checks.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ul>
      <dl class="facts">
        <Fact name={w.version} value={system.version} />
        <Started system={system} />
        <Fact name={w.clock} value={w.clocks[system.clock]} />
        <Fact name={w.sessions} value={sessionsText(w, system)} />
        <Fact name={w.stations} value={number(system.stations)} />
        <Fact name={w.alerts} value={number(system.alerts)} />
      </dl>
    </section>
  );
}

/** In a playback the server's time is that of the recording: no span of it tells for how long the server runs. */
function Started({ system: { clock, startedAtMs, serverTimeMs } }: { readonly system: SystemView }) {
  const w = words(systemWords);
  if (clock === "playback") return <Fact name={w.startedAt} value={dateTime(startedAtMs)} />;
  return <Fact name={w.upSince} value={duration(serverTimeMs - startedAtMs)} />;
}

function sessionsText(w: typeof systemWords.en, { sessions }: SystemView): string {
  return w.sessionsText(sessions.producers, sessions.subscribers, sessions.consoles);
}

function Check({ check: { name, ok, reason, warning } }: { readonly check: SystemView["checks"][number] }) {
  const w = words(systemWords);
  const state = !ok ? "bad" : warning === undefined ? "ok" : "warning";
  const text = { ok: w.checkOk, warning: w.checkWarning, bad: w.checkBad }[state];
  const note = reason ?? warning;
  const chip = { ok: "chip-ok", warning: "chip-doubtful", bad: "chip-failed" }[state];
  return (
    <li>
      <b title={name}>{w.checks[name] ?? name}</b>
      <span class={`chip ${chip}`}>{text}</span>
      <span class="quiet">{note !== undefined && (w.notes[note] ?? note)}</span>
    </li>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
