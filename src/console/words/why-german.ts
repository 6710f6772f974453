import type { AlertView } from "../../api/contract/alarms.ts";
import { germanCause } from "./causes-german.ts";

type ToldAlert = Pick<AlertView, "why" | "tier" | "causeCode" | "subCauseCode">;

/** Figures and words that a sentence is made of. */
class Told {
  readonly alert: ToldAlert;

  constructor(alert: ToldAlert) {
    this.alert = alert;
  }

  get text(): string {
    return this.alert.why.text;
  }

  get cause(): string {
    return germanCause(this.alert.causeCode, this.alert.subCauseCode);
  }

  figure(name: string): number | undefined {
    return this.alert.why.measures.find((measure) => measure.name === name)?.observed;
  }

  /** The figure as it is written in German; throws `Untold` where the detector gave none. */
  said(name: string, digits = 1): string {
    const value = this.figure(name);
    if (value === undefined) throw new Untold();
    return written(value, digits);
  }

  /** Parts of the English sentence: of what no measure tells. */
  parts(pattern: RegExp): readonly (string | undefined)[] {
    const parts = pattern.exec(this.text);
    if (parts === null) throw new Untold();
    return parts.slice(1);
  }
}

/** The rule told something else than this console knows: its English sentence is shown. */
class Untold extends Error {}

const written = (value: number, digits: number): string =>
  new Intl.NumberFormat("de-DE", { maximumFractionDigits: digits }).format(value);

type Sentence = string | ((told: Told) => string);

const LEVELS: Readonly<Record<string, string>> = {
  stationary: "Der Verkehr steht",
  queuing: "Der Verkehr staut sich",
  slow: "Der Verkehr ist zäh",
  heavy: "Der Verkehr ist dicht",
  free: "Der Verkehr fließt",
};

function traffic(told: Told): string {
  const [level = ""] = told.parts(/^Traffic is (\w+)/);
  const words = LEVELS[level];
  if (words === undefined) throw new Untold();
  return words;
}

function braking(told: Told): string {
  const from = told.figure("onsetSpeedKmph") === undefined ? "" : ` aus ${told.said("onsetSpeedKmph")} km/h`;
  if (told.figure("decelerationMps2") === 0) return `Fahrzeug meldet eine Notbremsung${from}.`;
  return `Fahrzeug bremst mit ${told.said("decelerationMps2")} m/s²${from}.`;
}

const meeting =
  (how: string) =>
  (told: Told): string =>
    `Zwei Verkehrsteilnehmer treffen in ${told.said("timeToCollisionS")} s aufeinander: ${how}.`;

const queueEnd = (told: Told): string =>
  `Verkehr mit ${told.said("approachKmph")} km/h trifft auf einen Stau mit ${told.said("queueKmph")} km/h.`;

function relayed(told: Told): string {
  const who = told.text.startsWith("The traffic centre") ? "Die Leitstelle" : "Eine Station";
  return `${who} meldet: ${told.cause}.`;
}

function witnesses(told: Told): string {
  const lone = told.text.startsWith("A fixed sensor") ? "Ein fester Sensor" : "Ein Fahrzeug";
  const isLone = told.figure("roadUsers") === 1;
  return `${isLone ? lone : `${told.said("roadUsers", 0)} Zeugen`} ${isLone ? "meldet" : "melden"}: ${told.cause}.`;
}

const seenThing = (thing: (told: Told) => string) => (told: Told) => {
  const observers =
    told.figure("observers") === 1 ? "einer Station" : `von ${told.said("observers", 0)} Stationen`;
  return `Sensoren ${observers} sehen ${thing(told)} auf der Fahrbahn.`;
};

function observed(told: Told): string {
  const isOne = told.figure("observers") === 1;
  return `Ein stehendes Fahrzeug wird von ${isOne ? "einem Beobachter" : `${told.said("observers", 0)} Beobachtern`} gesehen.`;
}

function withLights(told: Told): string {
  const who = told.alert.tier === "confirmed" ? "Einsatzfahrzeug" : "Fahrzeug unbekannter Aufgabe";
  return `${who} ${told.text.includes(" stands ") ? "steht" : "nähert sich"} mit ${told.text.includes("siren") ? "Sondersignal" : "Blinklichtbalken"}.`;
}

function silent(told: Told): string {
  const [what, name] = told.parts(/^(Source|Roadside unit) (.+) is silent/);
  return `${what === "Source" ? "Quelle" : "Straßenstation"} ${name} schweigt seit ${told.said("silentS", 0)} s: was in ihrem Bereich geschieht, ist unbekannt.`;
}

function closed(told: Told): string {
  const [what, name] = told.parts(/^(Source|Roadside unit) (.+) has closed its session/);
  return `${what === "Source" ? "Quelle" : "Straßenstation"} ${name} hat sich abgemeldet: aus ihrem Bereich ist nichts zu hören.`;
}

const EVENTS: Readonly<Record<string, string>> = {
  "takeover requests": "Übernahmeaufforderungen",
  disengagements: "Abschaltungen",
  "hard interventions": "harte Eingriffe",
  "minimal-risk manoeuvres": "risikominimale Manöver",
  "exits from the design domain": "Verlassen des Einsatzbereichs",
  "calls for remote assistance": "Rufe nach Fernunterstützung",
  events: "Ereignisse",
};

const REASONS: Readonly<Record<string, string>> = {
  weather: "Wetter",
  "road works or a changed layout": "Baustelle oder geänderte Führung",
  "lane markings": "Markierungen",
  "an object or road user": "Gegenstand oder Verkehrsteilnehmer",
  "other traffic": "übriger Verkehr",
  "a fault": "Störung",
  "positioning or map": "Ortung oder Karte",
  "the driver": "Fahrer",
  "an emergency vehicle": "Einsatzfahrzeug",
};

function handedOver(told: Told): string {
  const [what = "", reason] = told.parts(/passages \((.+?)(?:, mostly for (.+))?\);/);
  const [event, cause] = [EVENTS[what], reason === undefined ? "" : REASONS[reason]];
  if (event === undefined || cause === undefined) throw new Untold();
  const expected = told.figure("expectedVehicles") ?? 0;
  const chance = expected < 0.01 ? "weniger als 0,01" : written(expected, 2);
  return (
    `Bei ${told.said("vehicles", 0)} von ${told.said("passages", 0)} automatisierten Fahrten gab die Automatik auf ` +
    `(${event}${cause === "" ? "" : `, meist: ${cause}`}); der Zufall gäbe ${chance}. Die Ursache liegt in der Straße.`
  );
}

const slow = (told: Told): string => {
  const [usual] = told.parts(/where ([\d.]+) km\/h are usual/);
  return `Fahrzeug fährt ${told.said("speedKmph")} km/h, wo ${written(Number(usual), 1)} km/h üblich sind.`;
};

const against = (who: string) => (told: Told) =>
  `${who} fährt mit ${told.said("speedKmph")} km/h gegen die Richtung der Straße.`;

const SENTENCES: Readonly<Record<string, Sentence>> = {
  "alert/validity-over": "Nichts mehr davon gehört, bis die Gültigkeit abgelaufen war.",
  "automation-cluster/poisson": handedOver,
  "automation-hazard/minimal-risk-manoeuvre": "Automatisiertes Fahrzeug bringt sich selbst zum Stehen.",
  "blind-area/closed": closed,
  "blind-area/gateway": silent,
  "blind-area/roadside": silent,
  "blind-area/stretch": (told) =>
    `Seit ${told.said("silentS", 0)} s ist hier niemand zu hören, wo ${told.said("expectedArrivals", 0)} Fahrzeuge zu erwarten waren: der Empfang ist weg, oder es kommt kein Verkehr.`,
  "blockage/all-lanes": (told) =>
    `In allen ${told.parts(/all (\d+) lanes/)[0]} Fahrstreifen stehen Fahrzeuge, und dahinter fährt niemand.`,
  "collision-risk/crossing": meeting("ihre Wege kreuzen sich"),
  "collision-risk/longitudinal": meeting("einer fährt in seinem Fahrstreifen auf den anderen auf"),
  "congestion-cells/flows-again": "Der Verkehr fließt wieder.",
  "congestion-cells/merged": "Ist Teil eines älteren Staus geworden.",
  "congestion-cells/slow-traffic": (told) => `${traffic(told)}.`,
  "congestion-road/cycle-failure": (told) => `${traffic(told)}.`,
  "congestion-road/flows-again": "Der Verkehr fließt wieder.",
  "congestion-road/lone": "Ein Fahrzeug steht; kein anderes kam hinzu.",
  "congestion-road/merged": "Ist Teil eines anderen Staus geworden.",
  "congestion-road/moving-jam": (told) => `${traffic(told)}, ein Stau, der stromaufwärts wandert.`,
  "congestion-road/queue": (told) => `${traffic(told)}.`,
  "congestion-road/spill-back": (told) =>
    `${traffic(told)}${told.text.includes("a jam that moves upstream") ? ", ein Stau, der stromaufwärts wandert" : ""}.`,
  "emergency-braking/emergency-brake-control": braking,
  "emergency-braking/hard-braking-flag": braking,
  "emergency-braking/sustained": braking,
  "emergency-vehicle/approaching": withLights,
  "emergency-vehicle/safeguarding": withLights,
  "hard-brake-chain/moving-upstream": (told) =>
    `${told.said("vehicles", 0)} Fahrzeuge haben hintereinander stark gebremst, mit ${told.said("waveKmph")} km/h stromaufwärts.`,
  "hazard-notice/cancellation": "Vom Absender zurückgenommen.",
  "hazard-notice/displaced": "Neueren Hinweisen gewichen.",
  "hazard-notice/negation": "Von einer anderen Station bestritten.",
  "hazard-notice/relayed": relayed,
  "mobile-works/moving": "Arbeitsfahrzeug fährt langsam mit Blinklichtbalken.",
  "mobile-works/stationary": "Arbeitsfahrzeug steht mit Blinklichtbalken.",
  "object-on-road/animal": seenThing(() => "ein Tier"),
  "object-on-road/obstacle": seenThing(() => "ein Hindernis"),
  "object-on-road/person": seenThing(({ text }) =>
    text.includes("cyclist") ? "einen Menschen auf dem Fahrrad" : "einen Menschen",
  ),
  "queue-end/braked-into-slow": queueEnd,
  "queue-end/fast-approach": queueEnd,
  "road-conditions/extreme-weather": witnesses,
  "road-conditions/heavy-precipitation": witnesses,
  "road-conditions/reduced-visibility": witnesses,
  "road-conditions/slippery-road": witnesses,
  "signal-violation/cannot-stop": "Fahrzeug kann vor seinem Rotlicht nicht mehr halten.",
  "signal-violation/passed": "Fahrzeug ist bei Rot über die Haltlinie gefahren.",
  "slow-vehicle/alone": slow,
  "slow-vehicle/others-flow": slow,
  "slow-vehicle/over": "Fährt so schnell wie andere, steht oder ist weg.",
  "stationary-vehicle/airbag-flag": "Fahrzeug steht, Airbag ausgelöst.",
  "stationary-vehicle/denied": "Von der zuständigen Stelle bestritten oder zurückgenommen.",
  "stationary-vehicle/disabled-flag": "Fahrzeug steht und meldet eine Panne.",
  "stationary-vehicle/drives-on": "Fährt weiter.",
  "stationary-vehicle/hazard-lights": "Fahrzeug steht mit Warnblinklicht.",
  "stationary-vehicle/in-queue": "Steht in einem Stau.",
  "stationary-vehicle/notice": "Fahrzeug steht; ein Hinweis sagt es auch.",
  "stationary-vehicle/passed-through": "Andere fahren durch seinen Ort hindurch.",
  "stationary-vehicle/perceived": observed,
  "stationary-vehicle/standing": "Fahrzeug steht.",
  "vru-risk/in-the-way": meeting("ein ungeschützter Mensch ist im Weg"),
  "wrong-way/against-road": against("Fahrzeug"),
  "wrong-way/map-in-doubt":
    "Viele Fahrzeuge scheinen gegen diese Straße zu fahren: ihre Karte ist zweifelhaft.",
  "wrong-way/perceived": against("Gesehenes Fahrzeug"),
  "wrong-way/stands": "Steht jetzt.",
  "wrong-way/turned-or-left": "Hat gewendet oder die Straße verlassen.",
};

/**
 * Why an alert was given, in German, from its rule and its figures. Undefined where the rule is not known, as those of
 * a detector of somebody else, or tells other figures than expected: then the English sentence is shown.
 */
export function germanWhy(alert: ToldAlert): string | undefined {
  const sentence = SENTENCES[alert.why.rule];
  if (sentence === undefined || typeof sentence === "string") return sentence;
  try {
    return sentence(new Told(alert));
  } catch (error) {
    if (error instanceof Untold) return undefined;
    throw error;
  }
}
