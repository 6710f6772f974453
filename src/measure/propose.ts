import type {
  Agency,
  IncidentPlace,
  IncidentSeverity,
  IncidentType,
  Lane,
  LaneSignal,
  MeasureAction,
  MeasureView,
} from "../api/contract/incidents.ts";
import type { AlertKind } from "../domain/alert.ts";
import type { RuleLanguage } from "./default-rules.ts";
import type { MeasureRule, Placeholder, RuleAction, RuleCondition, RuleProposal } from "./rule.ts";

/** What rules look at. */
export interface MeasureSubject {
  readonly type: IncidentType;
  readonly severity: IncidentSeverity;
  readonly title: string;
  readonly place: IncidentPlace;
  readonly lanes: readonly Lane[];
  readonly alertKinds: readonly AlertKind[];
}

const SEVERITIES: readonly IncidentSeverity[] = ["minor", "normal", "major"];

/**
 * What the rules propose, in the order of the file. The same subject has the same proposals.
 * @param language of the words for what a rule leaves without a text
 */
export function proposeMeasures(
  rules: readonly MeasureRule[],
  subject: MeasureSubject,
  language: RuleLanguage,
): readonly MeasureView[] {
  return rules
    .filter(({ when }) => holds(when, subject))
    .flatMap((rule) => rule.propose.map((proposal) => measureOf(rule, proposal, subject, language)));
}

function holds(when: RuleCondition, { type, severity, place, lanes, alertKinds }: MeasureSubject): boolean {
  const driving = lanes.filter(({ kind }) => kind === "lane");
  const blocked = driving.filter(({ impact }) => impact === "blocked").length;
  const isAllBlocked = driving.length > 0 && blocked === driving.length;
  return (
    (when.kinds?.some((kind) => alertKinds.includes(kind)) ?? true) &&
    (when.types?.includes(type) ?? true) &&
    SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(when.severity ?? "minor") &&
    (when.roads?.includes(place.ref ?? "") ?? true) &&
    (when.directions?.includes(place.direction ?? "") ?? true) &&
    blocked >= (when.blockedLanes ?? 0) &&
    (when.allBlocked ?? isAllBlocked) === isAllBlocked
  );
}

function measureOf(
  { id }: MeasureRule,
  proposal: RuleProposal,
  subject: MeasureSubject,
  language: RuleLanguage,
): MeasureView {
  const fill = filler(subject, language);
  const action = filled(proposal.action, subject, fill);
  return {
    measureId: `${id}.${proposal.id}`,
    rule: id,
    kind: action.kind,
    action,
    title: fill(proposal.title),
    text: fill(proposal.text ?? wordsOf(action, language)),
    reason: fill(proposal.reason),
    effect: fill(proposal.effect),
    target: fill(proposal.target),
    state: "proposed",
    automatic: proposal.automatic,
  };
}

function filler({ place, title, lanes }: MeasureSubject, language: RuleLanguage): (text: string) => string {
  const driving = lanes.filter(({ kind }) => kind === "lane");
  const values: Readonly<Record<Placeholder, string>> = {
    road: place.ref ?? "",
    direction: place.direction ?? "",
    km: place.km === undefined ? "" : kilometre(place.km, language),
    place: place.text,
    title,
    blocked: String(driving.filter(({ impact }) => impact === "blocked").length),
    lanes: String(driving.length),
  };
  const fill = (text: string) => text.replace(/\{([^{}]*)\}/g, (_, name: Placeholder) => values[name] ?? "");
  // What is not known leaves no gap: "A40 , km" reads badly on a sign.
  return (text) =>
    fill(text)
      .replace(/[ \t]+/g, " ")
      .replace(/ ([,.])/g, "$1")
      .trim();
}

function filled(
  action: RuleAction,
  { lanes }: MeasureSubject,
  fill: (text: string) => string,
): MeasureAction {
  switch (action.kind) {
    case "sign-text":
      return { ...action, lines: action.lines.map(fill) };
    case "detour":
      return { ...action, route: fill(action.route) };
    case "dispatch":
      return { ...action, resource: fill(action.resource) };
    case "lane-signal":
      return {
        kind: action.kind,
        signals: action.signals === "from-lanes" ? signalsOf(lanes) : action.signals,
      };
    default:
      return action;
  }
}

/** A lane that is blocked is closed, every other one is open, from the left to the right. */
function signalsOf(lanes: readonly Lane[]): readonly LaneSignal[] {
  return lanes.flatMap(({ kind, impact }): LaneSignal[] => {
    if (kind !== "lane") return [];
    return [impact === "blocked" ? "closed" : "open"];
  });
}

const SIGNS: Readonly<Record<LaneSignal, string>> = {
  open: "↓",
  closed: "✕",
  "merge-left": "↙",
  "merge-right": "↘",
};

const kilometre = (km: number, language: RuleLanguage): string =>
  language === "de" ? km.toFixed(1).replace(".", ",") : km.toFixed(1);

const AGENCY_NAMES: Readonly<Record<Agency, Readonly<Record<RuleLanguage, string>>>> = {
  centre: { de: "Leitstand", en: "centre" },
  police: { de: "Polizei", en: "police" },
  "fire-brigade": { de: "Feuerwehr", en: "fire brigade" },
  rescue: { de: "Rettungsdienst", en: "rescue service" },
  "road-operator": { de: "Straßenbetreiber", en: "road operator" },
  port: { de: "Hafen", en: "port" },
  "neighbouring-city": { de: "Nachbarstadt", en: "neighbouring city" },
};

function wordsOf(action: MeasureAction, language: RuleLanguage): string {
  switch (action.kind) {
    case "sign-text":
      return action.lines.join(" / ");
    case "speed-limit":
      return `${action.kmph} km/h`;
    case "lane-signal":
      return action.signals.map((signal) => SIGNS[signal]).join(" ");
    case "detour":
      return action.route;
    case "dispatch":
      return `${action.resource} (${AGENCY_NAMES[action.agency][language]})`;
    case "inform":
      return AGENCY_NAMES[action.agency][language];
    case "vehicle-message":
      return `DENM ${action.causeCode}/${action.subCauseCode}, ${action.upstreamM} m, ${action.validityS} s`;
  }
}
