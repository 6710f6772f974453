/** What detectors measure, by the name that rules have for it: English, German. The unit stands in the name's end. */
export const FIGURES: Readonly<Record<string, readonly [en: string, de: string]>> = {
  againstForS: ["wrong way for", "falsch seit"],
  aheadM: ["reach ahead", "Reichweite voraus"],
  approachKmph: ["speed of approach", "Tempo der Ankommenden"],
  awarenessDistanceM: ["relevant within", "relevant bis"],
  beyondLineM: ["beyond the stop line", "hinter der Haltlinie"],
  brakedIntoIt: ["vehicles that braked into it", "Fahrzeuge, die hineinbremsten"],
  clearanceM: ["distance from the right carriageway", "Abstand zur richtigen Fahrbahn"],
  closingKmph: ["closing speed", "Annäherung"],
  courseDeg: ["direction of travel", "Fahrtrichtung"],
  decelerationMps2: ["deceleration", "Verzögerung"],
  delayS: ["delay", "Zeitverlust"],
  differenceKmph: ["difference of speeds", "Unterschied der Tempi"],
  distanceM: ["distance", "Abstand"],
  drivenM: ["driven", "gefahren"],
  eventSpeedKmph: ["speed of the hazard", "Tempo der Gefahr"],
  expectedArrivals: ["vehicles expected", "erwartete Fahrzeuge"],
  expectedVehicles: ["vehicles by chance", "Fahrzeuge durch Zufall"],
  flowingVehicles: ["vehicles that flow", "fließende Fahrzeuge"],
  friction: ["friction", "Griffigkeit"],
  growthKmph: ["growth", "Wachstum"],
  headSpeedKmph: ["head moves", "Spitze wandert"],
  informationQuality: ["information quality, 0 to 7", "Güte der Angabe, 0 bis 7"],
  lanes: ["lanes", "Fahrstreifen"],
  lengthM: ["length", "Länge"],
  litReports: ["reports with lights on", "Meldungen mit Licht"],
  litS: ["lights on for", "Licht an seit"],
  longestGapS: ["longest gap otherwise", "längste Lücke sonst"],
  looks: ["times seen", "Beobachtungen"],
  meanDecelerationMps2: ["mean deceleration", "mittlere Verzögerung"],
  meanSpeedKmph: ["mean speed", "mittleres Tempo"],
  mmPerH: ["precipitation", "Niederschlag"],
  neededDecelerationMps2: ["deceleration needed", "nötige Verzögerung"],
  observers: ["observers", "Beobachter"],
  oddsOneIn: ["odds, one in", "Zufall, eins zu"],
  onsetSpeedKmph: ["speed when braking began", "Tempo bei Bremsbeginn"],
  passages: ["passages", "Durchfahrten"],
  passagesInLane: ["passages in its lane", "Durchfahrten im Fahrstreifen"],
  queueKmph: ["speed in the queue", "Tempo im Stau"],
  ratio: ["times as many as by chance", "Vielfaches des Zufalls"],
  redForS: ["red for", "Rot seit"],
  reports: ["reports", "Meldungen"],
  requiredMps2: ["deceleration required", "nötige Verzögerung"],
  roadUsers: ["witnesses", "Zeugen"],
  saeLevel: ["level of automation (SAE)", "Stufe der Automation (SAE)"],
  seenS: ["seen for", "gesehen seit"],
  sharePct: ["share of witnesses", "Anteil der Zeugen"],
  silentS: ["silent for", "still seit"],
  slowForS: ["slow for", "langsam seit"],
  slowVehicles: ["slow vehicles", "langsame Fahrzeuge"],
  speedDropKmph: ["mean drop of speed", "mittlerer Tempoverlust"],
  speedKmph: ["speed", "Tempo"],
  standingS: ["standing for", "steht seit"],
  sustainedMs: ["braking for", "bremst seit"],
  sweepsPerMin: ["wiper strokes", "Wischerschläge"],
  tailMovesKmph: ["tail moves", "Stauende wandert"],
  tailSigmaM: ["tail known to ±", "Stauende genau auf ±"],
  tailSpeedKmph: ["tail moves", "Stauende wandert"],
  timeToCollisionS: ["time to collision", "Zeit bis zum Aufprall"],
  toLineM: ["to the stop line", "bis zur Haltlinie"],
  topSpeedBeforeKmph: ["top speed before", "höchstes Tempo davor"],
  trust: ["trust, 0 to 1", "Vertrauen, 0 bis 1"],
  trustSum: ["sum of trust", "Summe des Vertrauens"],
  usualPerMin: ["usual arrivals", "übliche Ankünfte"],
  vehicles: ["vehicles", "Fahrzeuge"],
  visibilityM: ["visibility", "Sichtweite"],
  waveKmph: ["moves upstream", "wandert stromaufwärts"],
  windMps: ["wind", "Wind"],
  workingS: ["working for", "arbeitet seit"],
};

/** By the end of the name. */
const UNITS: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Kmph$/, "km/h"],
  [/Mps2$/, "m/s²"],
  [/Mps$/, "m/s"],
  [/PerMin$/, "/min"],
  [/^mmPerH$/, "mm/h"],
  [/Pct$/, "%"],
  [/Deg$/, "°"],
  [/[a-z]Ms$/, "ms"],
  [/[a-z]S$/, "s"],
  [/[a-z]M$/, "m"],
];

/** A figure's name in a language; as the rule has it where a detector measures something that is not known here. */
export function figureName(name: string, language: "de" | "en"): string {
  return FIGURES[name]?.[language === "de" ? 1 : 0] ?? name;
}

/** The unit of a figure; empty where it is a number of things, and where the name, which ends in it, is shown as it is. */
export function figureUnit(name: string): string {
  return name in FIGURES ? (UNITS.find(([ending]) => ending.test(name))?.[1] ?? "") : "";
}

/** What is doubtful about the evidence of an alert, by its mark: English, German. */
export const MARKS: Readonly<Record<string, readonly [en: string, de: string]>> = {
  late: ["came late", "kam spät"],
  "clock-replaced": ["clock was wrong, time of receipt instead", "Uhr ging falsch, Empfangszeit statt ihrer"],
  "doubt-event-speed": ["speed does not fit the event", "Tempo passt nicht zum Ereignis"],
  "doubt-surroundings": ["others nearby contradict it", "andere am Ort widersprechen"],
  "doubt-direction": ["direction does not fit", "Richtung passt nicht"],
  "doubt-relevance": ["relevant area does not fit", "Wirkungsbereich passt nicht"],
  "doubt-distance": ["sender is too far away", "Absender ist zu weit weg"],
  "doubt-sender": ["sender is not trusted", "Absender gilt als unzuverlässig"],
};

/** A mark in the operator's language, as it is where it is new. */
export function markName(mark: string, language: "de" | "en"): string {
  return MARKS[mark]?.[language === "de" ? 1 : 0] ?? mark;
}
