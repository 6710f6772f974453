import type { AlertKind, AlertState, AlertTier, Severity } from "../../domain/alert.ts";

const kindsEn: Readonly<Record<AlertKind, string>> = {
  "emergency-brake": "Emergency braking",
  "hard-brake-chain": "Braking chain",
  "stationary-vehicle": "Stationary vehicle",
  "slow-vehicle": "Slow vehicle",
  "wrong-way": "Wrong-way driver",
  "queue-end": "End of queue",
  congestion: "Congestion",
  "collision-risk": "Collision risk",
  "vru-risk": "Person at risk",
  "emergency-vehicle": "Emergency vehicle",
  "slippery-road": "Slippery road",
  "reduced-visibility": "Reduced visibility",
  "heavy-precipitation": "Heavy precipitation",
  "extreme-weather": "Extreme weather",
  obstacle: "Obstacle",
  "animal-on-road": "Animal on the road",
  "person-on-road": "Person on the road",
  accident: "Accident",
  roadworks: "Roadworks",
  "signal-violation": "Signal violation",
  blockage: "Blocked lane",
  "minimal-risk-manoeuvre": "Automated vehicle stops",
  "automation-cluster": "Automated vehicles hand over",
  "rail-crossing": "Rail crossing",
  "dangerous-situation": "Dangerous situation",
  "blind-area": "Blind here",
  notice: "Notice",
};

const statesEn: Readonly<Record<AlertState, string>> = {
  new: "new",
  updated: "goes on",
  ended: "over",
  cancelled: "taken back",
  expired: "expired",
};

const tiersEn: Readonly<Record<AlertTier, string>> = { suspected: "suspected", confirmed: "confirmed" };

const severitiesEn: Readonly<Record<Severity, string>> = {
  1: "information",
  2: "minor",
  3: "disturbance",
  4: "danger",
  5: "danger to life",
};

const en = {
  kinds: kindsEn,
  states: statesEn,
  tiers: tiersEn,
  severities: severitiesEn,
  after: "after",
  before: "before",
  noRoad: "off the map",
};

export type Dictionary = typeof en;

const de: Dictionary = {
  kinds: {
    "emergency-brake": "Notbremsung",
    "hard-brake-chain": "Bremskette",
    "stationary-vehicle": "Stehendes Fahrzeug",
    "slow-vehicle": "Langsames Fahrzeug",
    "wrong-way": "Falschfahrer",
    "queue-end": "Stauende",
    congestion: "Stau",
    "collision-risk": "Kollisionsgefahr",
    "vru-risk": "Gefährdeter Mensch",
    "emergency-vehicle": "Einsatzfahrzeug",
    "slippery-road": "Glätte",
    "reduced-visibility": "Schlechte Sicht",
    "heavy-precipitation": "Starker Niederschlag",
    "extreme-weather": "Unwetter",
    obstacle: "Hindernis",
    "animal-on-road": "Tier auf der Fahrbahn",
    "person-on-road": "Mensch auf der Fahrbahn",
    accident: "Unfall",
    roadworks: "Baustelle",
    "signal-violation": "Rotlichtverstoß",
    blockage: "Spur blockiert",
    "minimal-risk-manoeuvre": "Automat hält an",
    "automation-cluster": "Automaten übergeben",
    "rail-crossing": "Bahnübergang",
    "dangerous-situation": "Gefährliche Lage",
    "blind-area": "Hier blind",
    notice: "Hinweis",
  },
  states: {
    new: "neu",
    updated: "dauert an",
    ended: "beendet",
    cancelled: "zurückgenommen",
    expired: "abgelaufen",
  },
  tiers: { suspected: "Verdacht", confirmed: "bestätigt" },
  severities: { 1: "Information", 2: "gering", 3: "Störung", 4: "Gefahr", 5: "Lebensgefahr" },
  after: "hinter",
  before: "vor",
  noRoad: "abseits der Karte",
};

export const alertWords = { en, de };
