import type { AlarmAlert } from "../../alarm/alarm-input.ts";
import type { AlertView } from "../../api/contract/alarms.ts";
import { ALERT_KINDS, type AlertKind, type Severity } from "../../domain/alert.ts";
import { contentId } from "../../domain/content-id.ts";
import type { RoadNetwork } from "../../domain/road.ts";
import type { AlertFacts } from "../../incident/decision.ts";
import type { RuleLanguage } from "../../measure/default-rules.ts";
import { type HttpExchange, type HttpRoute, sendJson, sendProblem } from "../../ops/http.ts";
import { readJsonBody } from "../../ops/json-body.ts";
import type { JsonSchema, RouteDescription } from "../../ops/route-description.ts";
import { membersOf } from "./alarm-bodies.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import { alertFacts } from "./alert-facts.ts";

const PATH = "/v1/exercises/alerts";
const MAX_BODY_BYTES = 2_048;
const MAX_TEXT_CHARACTERS = 200;

/** An exercise ends by itself with the shift. */
const LONGEST_S = 8 * 3_600;
const USUAL_S = 1_800;
const MS_PER_S = 1_000;

/** At a time; whoever trains with more trains with a recording. */
const MOST_ALERTS = 100;

/** Two carriageways and errors of position. */
const NEAR_M = 50;

/** What an exercise claims, as a detector would. */
interface Drill {
  readonly kind: AlertKind;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly headingDeg?: number;
  readonly tier: "suspected" | "confirmed";
  readonly severity: Severity;
  readonly text: string;
  readonly forS: number;
}

export interface ExerciseParts {
  readonly desk: AlarmDesk;
  readonly roads: RoadNetwork | undefined;
  /** Of the words in which incidents tell a place. */
  readonly language: RuleLanguage;
  readonly nowMs: () => number;
  /** Shows an alert to consoles, and to nobody else. */
  readonly show: (alert: AlertView) => void;
  readonly note: (exchange: HttpExchange, act: string) => void;
  readonly ended: (alertId: string) => void;
}

/**
 * Alerts of exercises. They never reach the pipeline, the alert log or the hub, and so neither subscribers nor webhooks nor
 * vehicles: only consoles and the operators' alarms know them, marked. They end with the server.
 */
export class Exercises {
  readonly #parts: ExerciseParts;
  readonly #live = new Map<string, { readonly view: AlertView; readonly alarm: AlarmAlert }>();
  #count = 0;

  constructor(parts: ExerciseParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#live.size;
  }

  /** What an incident of the exercise takes over; undefined where there is no such alert. */
  facts(alertId: string): AlertFacts | undefined {
    const view = this.#live.get(alertId)?.view;
    if (view === undefined) return undefined;
    const { kind, state, road } = view;
    const facts = alertFacts(
      { alertId, kind, state, road, position: view },
      this.#parts.roads,
      this.#parts.language,
    );
    return { ...facts, exercise: true };
  }

  /** Undefined where as many are live as may be. */
  begin(drill: Drill): AlertView | undefined {
    if (this.#live.size >= MOST_ALERTS) return undefined;
    const atMs = Math.floor(this.#parts.nowMs());
    const alertId = `exercise-${contentId(`${drill.kind} ${atMs} ${++this.#count}`)}`;
    const spot = this.#parts.roads?.near(drill, NEAR_M, drill.headingDeg)[0];
    const routeM = spot === undefined ? 0 : spot.link.fromM + spot.offsetM;
    const road = spot && this.#parts.roads?.describe(spot.link.route, routeM, routeM);
    const view = viewOf(alertId, drill, atMs, road);
    const alarm: AlarmAlert = {
      alertId,
      kind: drill.kind,
      tier: drill.tier,
      severity: drill.severity,
      over: false,
      witnesses: 2,
      beganAtMs: atMs,
      place: {
        latitudeDeg: drill.latitudeDeg,
        longitudeDeg: drill.longitudeDeg,
        ...(road === undefined ? {} : { road }),
        fast: spot === undefined || spot.link.route.divided,
      },
      exercise: true,
    };
    this.#live.set(alertId, { view, alarm });
    this.#parts.desk.takeExercise(alarm);
    this.#parts.show(view);
    return view;
  }

  /** False where there is none of this id. */
  end(alertId: string): boolean {
    const known = this.#live.get(alertId);
    if (known === undefined) return false;
    this.#live.delete(alertId);
    this.#parts.desk.takeExercise({ ...known.alarm, over: true });
    const { view } = known;
    this.#parts.show({ ...view, state: "ended", revision: view.revision + 1 });
    this.#parts.ended(alertId);
    return true;
  }

  onTick(atMs: number): void {
    for (const [alertId, { view }] of this.#live) if (view.validUntilMs <= atMs) this.end(alertId);
  }

  routes(): HttpRoute[] {
    return [
      {
        method: "POST",
        path: PATH,
        maxBodyBytes: MAX_BODY_BYTES,
        describe: POST_EXERCISE,
        handle: (exchange) => this.#post(exchange),
      },
      {
        method: "DELETE",
        path: `${PATH}/*`,
        maxBodyBytes: MAX_BODY_BYTES,
        describe: DELETE_EXERCISE,
        handle: (exchange) => {
          const alertId = exchange.path.slice(PATH.length + 1);
          if (!this.end(alertId))
            return sendProblem(exchange.response, 404, "unknown-alert", `There is no exercise ${alertId}.`);
          this.#parts.note(exchange, `end exercise ${alertId}`);
          sendJson(exchange.response, 200, { alertId });
        },
      },
    ];
  }

  async #post(exchange: HttpExchange): Promise<void> {
    const { response } = exchange;
    const body = await readJsonBody(exchange, MAX_BODY_BYTES);
    if (body === undefined) return;
    const drill = readDrill(body.value);
    if (typeof drill === "string") return sendProblem(response, 400, "bad-request", drill);
    const view = this.begin(drill);
    if (view === undefined)
      return sendProblem(response, 503, "too-many-exercises", `${MOST_ALERTS} alerts of exercises are live.`);
    this.#parts.note(exchange, `begin exercise ${view.alertId}`);
    sendJson(response, 201, view);
  }
}

function viewOf(alertId: string, drill: Drill, atMs: number, road: AlertView["road"]): AlertView {
  const { kind, tier, severity, latitudeDeg, longitudeDeg, headingDeg, text, forS } = drill;
  return {
    alertId,
    revision: 1,
    kind,
    state: "new",
    tier,
    severity,
    causeCode: 0,
    subCauseCode: 0,
    confidence: 1,
    beganAtMs: atMs,
    detectedAtMs: atMs,
    referencedAtMs: atMs,
    validUntilMs: atMs + forS * MS_PER_S,
    latitudeDeg,
    longitudeDeg,
    ...(headingDeg === undefined ? {} : { headingDeg }),
    area: { type: "Point", coordinates: [longitudeDeg, latitudeDeg] },
    ...(road === undefined ? {} : { road }),
    evidence: { stations: 0, observations: 0, receivers: 0, sources: [], marks: ["exercise"] },
    why: { rule: "exercise", text, measures: [] },
    exercise: true,
  };
}

function readDrill(value: unknown): Drill | string {
  const {
    kind,
    latitudeDeg,
    longitudeDeg,
    headingDeg,
    tier = "confirmed",
    severity = 4,
    text = "",
    forS = USUAL_S,
  } = membersOf(value);
  const known = ALERT_KINDS.find((one) => one === kind);
  if (known === undefined) return `kind must be one of ${ALERT_KINDS.join(", ")}.`;
  if (!isWithin(latitudeDeg, -90, 90) || !isWithin(longitudeDeg, -180, 180))
    return "latitudeDeg and longitudeDeg must be a place in degrees.";
  if (headingDeg !== undefined && !isWithin(headingDeg, 0, 360)) return "headingDeg must be 0 to 360.";
  if (tier !== "suspected" && tier !== "confirmed") return "tier must be suspected or confirmed.";
  if (!isWithin(severity, 1, 5) || !Number.isInteger(severity)) return "severity must be 1 to 5.";
  if (typeof text !== "string" || text.length > MAX_TEXT_CHARACTERS)
    return `text must have at most ${MAX_TEXT_CHARACTERS} characters.`;
  if (!isWithin(forS, 1, LONGEST_S)) return `forS must be 1 to ${LONGEST_S} seconds.`;
  const place = { latitudeDeg, longitudeDeg, ...(headingDeg === undefined ? {} : { headingDeg }) };
  return { kind: known, ...place, tier, severity: severity as Severity, text, forS };
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && value >= least && value <= most;
}

const number = (minimum: number, maximum: number): JsonSchema => ({ type: "number", minimum, maximum });

const POST_EXERCISE: RouteDescription = {
  tag: "exercises",
  summary: "Begin an exercise: an alert that consoles alone see, marked",
  details:
    "It is told to no subscriber, webhook or vehicle, stands in no log of alerts, and ends with the server.",
  body: {
    type: "object",
    required: ["kind", "latitudeDeg", "longitudeDeg"],
    properties: {
      kind: { enum: ALERT_KINDS },
      latitudeDeg: number(-90, 90),
      longitudeDeg: number(-180, 180),
      headingDeg: number(0, 360),
      tier: { enum: ["suspected", "confirmed"] },
      severity: { type: "integer", minimum: 1, maximum: 5 },
      text: { type: "string", maxLength: MAX_TEXT_CHARACTERS },
      forS: {
        ...number(1, LONGEST_S),
        description: "It ends by itself after so many seconds; 1800 where absent.",
      },
    },
  },
  answers: {
    201: { description: "The alert as consoles see it.", schema: { type: "object", required: ["alertId"] } },
    503: { description: "As many alerts of exercises are live as may be." },
  },
};

const DELETE_EXERCISE: RouteDescription = {
  path: `${PATH}/{id}`,
  tag: "exercises",
  summary: "End an exercise",
  parameters: [{ name: "id", in: "path", description: "Id of the alert.", schema: { type: "string" } }],
  answers: {
    200: { description: "It has ended.", schema: { type: "object", required: ["alertId"] } },
    404: { description: "There is no such exercise." },
  },
};
