import type { ComponentChildren } from "preact";
import type { AlarmView, AlertView } from "../../api/contract/alarms.ts";
import type { AlertDetail as AlertHistory, AlertRevision } from "../../api/contract/alerts.ts";
import { isTerminal } from "../../domain/alert.ts";
import { AlertMeasures } from "../incidents/alert-measures.tsx";
import { alerts, mayOperate } from "../live/picture.ts";
import { CLOSE_ZOOM, flyTo } from "../map/fly.ts";
import { Icon } from "../parts/icon.tsx";
import { useResource } from "../rest/resource.ts";
import { navigate, param, setParams } from "../state/address.ts";
import { now } from "../state/clock.ts";
import { language } from "../state/preferences.ts";
import { alertWords } from "../words/alert-words.ts";
import { figureName, figureUnit, markName } from "../words/figure-words.ts";
import { clockTime, dateTime, distance, duration, millis, number, percent, utc } from "../words/format.ts";
import { kmRange, roadName, stretchText } from "../words/place.ts";
import { whyText } from "../words/why.ts";
import { words } from "../words/words.ts";
import { alarmOfAlert } from "./alarm-state.ts";
import { VerdictForm } from "./verdict-form.tsx";
import { alarmWords } from "./words.ts";

/** `GET /v1/alert-context/{id}`. */
interface AlertContext {
  readonly subscribers: number;
  readonly roadsideUnits: readonly { readonly name: string; readonly distanceM: number }[];
}

/** Asked again while it is open: who follows it changes. */
const ASK_EVERY_MS = 5_000;

/** All that is known of one alert: what, where, since when, how sure, why, how fast, who was told. */
export function AlertDetail({ alertId }: { readonly alertId: string }) {
  const w = words(alarmWords);
  const id = encodeURIComponent(alertId);
  // Of exercises the log of alerts knows nothing; the id tells them before the alert itself has arrived.
  const isExercise = alertId.startsWith("exercise-");
  const history = useResource<AlertHistory>(isExercise ? undefined : `/v1/alerts/${id}`, ASK_EVERY_MS);
  const context = useResource<AlertContext>(`/v1/alert-context/${id}`, ASK_EVERY_MS).value;
  const alert = alerts.value.get(alertId) ?? history.value?.alert;
  const alarm = alarmOfAlert(alertId);
  return (
    <article class="alert-detail" aria-label={w.detail}>
      <button
        type="button"
        class="button-icon detail-close"
        aria-label={w.close}
        onClick={() => setParams({ alert: undefined, alarm: undefined })}
      >
        <Icon name="close" />
      </button>
      {alert === undefined ? (
        <p class="empty">{w.gone}</p>
      ) : (
        <>
          <Head alert={alert} alarm={alarm} />
          <dl>
            <Facts alert={alert} />
            <Why alert={alert} />
            <Latency latency={history.value?.revisions[0]?.latency} />
            <Told alarm={alarm} context={context} />
            <Group alarm={alarm} shown={alertId} />
            <Revisions revisions={history.value?.revisions} />
          </dl>
          {mayOperate.value && param("playback") === undefined && <AlertMeasures alertId={alertId} />}
          {mayOperate.value && <VerdictForm alertId={alertId} />}
        </>
      )}
    </article>
  );
}

function Head({ alert, alarm }: { readonly alert: AlertView; readonly alarm: AlarmView | undefined }) {
  const w = words(alarmWords);
  const { kinds, severities, tiers } = words(alertWords);
  const { latitudeDeg, longitudeDeg } = alert;
  const { incidentId } = alarm ?? {};
  return (
    <header>
      <h2>
        {alarm?.exercise === true && <b class="exercise">{w.exercise}</b>} {kinds[alert.kind]}
      </h2>
      <p>
        {tiers[alert.tier]} · {severities[alert.severity]}
        {isTerminal(alert.state) && <b> · {w.over}</b>}
      </p>
      <p class="detail-actions">
        <button
          type="button"
          class="button"
          onClick={() => (flyTo.value = { latitudeDeg, longitudeDeg, zoom: CLOSE_ZOOM })}
        >
          <Icon name="situation" /> {w.fly}
        </button>
        <button
          type="button"
          class="button"
          onClick={() =>
            navigate(
              "/incidents",
              incidentId === undefined ? { from: alert.alertId } : { incident: incidentId },
            )
          }
        >
          <Icon name="incidents" /> {incidentId === undefined ? w.makeIncident : w.toIncident}
        </button>
      </p>
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ alert }: { readonly alert: AlertView }) {
  const w = words(alarmWords);
  const { road, latitudeDeg, longitudeDeg, beganAtMs, confidence, evidence } = alert;
  return (
    <>
      <Fact name={w.where}>
        {road === undefined ? (
          `${number(latitudeDeg, 5)}, ${number(longitudeDeg, 5)}`
        ) : (
          <>
            <b>{roadName(road)}</b> {kmRange(road)}
            <br />
            {stretchText(road)}
          </>
        )}
      </Fact>
      <Fact name={w.since}>
        <time dateTime={utc(beganAtMs)} title={utc(beganAtMs)}>
          {dateTime(beganAtMs)}
        </time>{" "}
        ({duration(now.value - beganAtMs)})
      </Fact>
      <Fact name={w.sure}>
        {percent(confidence)}, {w.evidence(evidence.stations, evidence.observations)}
        {evidence.marks.length > 0 && (
          <> ({evidence.marks.map((mark) => markName(mark, language.value)).join(", ")})</>
        )}
      </Fact>
    </>
  );
}

/** The rule that decided, and its numbers beside the thresholds that they are held against. */
function Why({ alert }: { readonly alert: AlertView }) {
  const w = words(alarmWords);
  const { why } = alert;
  return (
    <Fact name={w.why}>
      <code>{why.rule}</code> {whyText(alert)}
      {why.measures.length > 0 && (
        <table class="measures">
          <thead>
            <tr>
              <th scope="col">{w.measure}</th>
              <th scope="col">{w.observed}</th>
              <th scope="col">{w.threshold}</th>
            </tr>
          </thead>
          <tbody>
            {why.measures.map(({ name, observed, threshold }) => (
              <tr key={name}>
                <th scope="row" title={name}>
                  {figureName(name, language.value)}
                </th>
                <td>{figure(observed, name)}</td>
                <td>{threshold === undefined ? "–" : figure(threshold, name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Fact>
  );
}

/** With its unit behind a space that does not break. */
function figure(value: number, name: string): string {
  return `${number(value, Number.isInteger(value) ? 0 : 2)}\u00a0${figureUnit(name)}`.trimEnd();
}

function Latency({ latency }: { readonly latency: AlertRevision["latency"] }) {
  const w = words(alarmWords);
  if (latency === undefined) return <Fact name={w.latency}>{w.notMeasured}</Fact>;
  const { decodedMs, detectedMs, deliveredMs } = latency;
  const steps = [
    [w.decoded, decodedMs],
    [w.detected, detectedMs - decodedMs],
    [w.delivered, deliveredMs - detectedMs],
  ] as const;
  return (
    <Fact name={w.latency}>
      <b>{millis(deliveredMs)}</b> =
      {steps.map(([name, ms], i) => ` ${i === 0 ? "" : "+ "}${millis(ms)} ${name}`)}
    </Fact>
  );
}

function Told({
  alarm,
  context,
}: {
  readonly alarm: AlarmView | undefined;
  readonly context: AlertContext | undefined;
}) {
  const w = words(alarmWords);
  const by = alarm?.acknowledged;
  return (
    <>
      <Fact name={w.told}>
        {context !== undefined && <>{w.toldText(context.subscribers)}. </>}
        {by === undefined ? w.nobodyAcknowledged : `${w.acknowledged(by.by)}, ${clockTime(by.atMs)}`}
      </Fact>
      {context !== undefined && (
        <Fact name={w.units}>
          {context.roadsideUnits.length === 0 && w.noUnits}
          {context.roadsideUnits.map(({ name, distanceM }) => `${name} (${distance(distanceM)})`).join(", ")}
        </Fact>
      )}
    </>
  );
}

function Group({ alarm, shown }: { readonly alarm: AlarmView | undefined; readonly shown: string }) {
  const w = words(alarmWords);
  const kinds = words(alertWords).kinds;
  const others = (alarm?.children ?? []).filter((id) => id !== shown && alerts.value.has(id));
  if (others.length === 0) return undefined;
  return (
    <Fact name={w.group}>
      {others.map((alertId) => {
        const kind = alerts.value.get(alertId)?.kind;
        return (
          <button key={alertId} type="button" class="button" onClick={() => setParams({ alert: alertId })}>
            {kind === undefined ? alertId : kinds[kind]}
          </button>
        );
      })}
    </Fact>
  );
}

/** The clock of the page turns once a second. */
const SECOND_MS = 1_000;

/** A long life is told by its last changes. */
const SHOWN_REVISIONS = 30;

function Revisions({ revisions }: { readonly revisions: readonly AlertRevision[] | undefined }) {
  const w = words(alarmWords);
  const { states, tiers, severities } = words(alertWords);
  // In the past nobody knows what came later.
  const known = revisions?.filter(({ alert }) => alert.detectedAtMs <= now.value + SECOND_MS) ?? [];
  if (known.length === 0) return undefined;
  return (
    <Fact name={w.revisions}>
      <ol class="revisions" reversed>
        {known
          .slice(0, SHOWN_REVISIONS)
          .map(({ alert: { revision, detectedAtMs, state, tier, severity, confidence } }) => (
            <li key={revision} value={revision}>
              <time dateTime={utc(detectedAtMs)} title={utc(detectedAtMs)}>
                {clockTime(detectedAtMs)}
              </time>{" "}
              {states[state]}, {tiers[tier]}, {severities[severity]}, {percent(confidence)}
            </li>
          ))}
      </ol>
    </Fact>
  );
}
