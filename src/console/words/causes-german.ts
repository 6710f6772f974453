/**
 * German words for causes and sub-causes of ETSI TS 102 894-2 V2.4.1; the English ones stand in `detect/cause-codes.ts`. The
 * first word is that of the cause, the others are those of its sub-causes.
 */
const CAUSES: Readonly<Record<number, readonly [string, Readonly<Record<number, string>>?]>> = {
  1: [
    "Verkehrslage",
    {
      1: "erhöhtes Verkehrsaufkommen",
      4: "stark wachsender Stau",
      5: "Stau",
      6: "leicht abnehmender Stau",
      7: "abnehmender Stau",
      8: "stark abnehmender Stau",
    },
  ],
  2: [
    "Unfall",
    {
      2: "schwerer Unfall",
      5: "Unfall mit Gefahrgut",
      7: "ungesicherter Unfall",
      8: "Unfall, Hilfe angefordert",
    },
  ],
  3: [
    "Baustelle",
    {
      1: "Straße oder Fahrbahn wegen Bauarbeiten gesperrt",
      3: "Wanderbaustelle",
      4: "Tagesbaustelle",
    },
  ],
  4: ["Baustelle erkannt"],
  5: [
    "Straße unpassierbar",
    {
      1: "Straße überflutet",
      4: "Erdrutsch",
      5: "ausgelaufene Chemikalien",
      7: "Erdfall",
      10: "Steinschlag",
      16: "herabgefallene Stromleitungen",
    },
  ],
  6: [
    "geringe Haftung",
    {
      1: "Reif auf der Fahrbahn",
      2: "Kraftstoff auf der Fahrbahn",
      3: "Schlamm auf der Fahrbahn",
      4: "Schnee auf der Fahrbahn",
      5: "Eis auf der Fahrbahn",
      6: "Glatteis auf der Fahrbahn",
      7: "Öl auf der Fahrbahn",
      8: "Rollsplitt",
      9: "Blitzeis",
      10: "gestreute Fahrbahn",
      11: "Überflutung",
      12: "Wasser auf der Fahrbahn",
    },
  ],
  7: ["Gefahr von Aquaplaning"],
  9: [
    "gefährliche Fahrbahnoberfläche",
    {
      1: "Steinschlag",
      2: "Erdbebenschäden",
      3: "eingebrochener Kanal",
      4: "abgesackte Fahrbahn",
      5: "Schneeverwehungen",
      6: "Sturmschäden",
      7: "Wasserrohrbruch",
    },
  ],
  10: [
    "Hindernis auf der Fahrbahn",
    {
      1: "verlorene Ladung",
      2: "Fahrzeugteile",
      3: "Reifenteile",
      4: "große Gegenstände",
      5: "umgestürzte Bäume",
      6: "Radkappen",
    },
  ],
  11: ["Tier auf der Fahrbahn", { 2: "Tierherde", 3: "kleine Tiere", 4: "große Tiere" }],
  12: [
    "Mensch auf der Fahrbahn",
    { 6: "Straßenarbeiter auf der Fahrbahn", 7: "Einsatzkräfte auf der Fahrbahn" },
  ],
  14: ["Falschfahrer"],
  15: ["Rettungs-, Bergungs- oder Unterhaltungsarbeiten"],
  17: ["Unwetter", { 1: "starker Wind", 3: "Orkan", 4: "Gewitter", 5: "Tornado" }],
  18: ["schlechte Sicht", { 1: "Nebel", 2: "Rauch", 6: "tief stehende Sonne" }],
  19: ["Niederschlag", { 1: "starker Regen", 2: "starker Schneefall" }],
  20: ["Gewalt"],
  26: ["langsames Fahrzeug", { 5: "Kolonne", 6: "Schneepflug" }],
  27: ["gefährliches Stauende"],
  28: ["Fahrzeug des öffentlichen Verkehrs nähert sich"],
  91: ["Fahrzeugpanne", { 10: "brennendes Fahrzeug" }],
  92: ["Lage nach einem Aufprall"],
  93: ["Notlage eines Menschen"],
  94: [
    "stehendes Fahrzeug",
    {
      2: "liegengebliebenes Fahrzeug",
      3: "Fahrzeug nach einem Aufprall",
      4: "öffentlicher Verkehr an der Haltestelle",
      5: "stehendes Fahrzeug mit Gefahrgut",
      6: "brennendes Fahrzeug",
    },
  ],
  95: ["Einsatzfahrzeug nähert sich"],
  96: ["gefährliche Kurve"],
  97: [
    "Kollisionsgefahr",
    {
      4: "Kollisionsgefahr mit einem ungeschützten Menschen",
      5: "Kollisionsgefahr mit einem Menschen zu Fuß",
      6: "Kollisionsgefahr mit einem Fahrrad",
    },
  ],
  98: ["Rotlichtverstoß"],
  99: [
    "gefährliche Lage",
    {
      1: "Notbremsung",
      2: "Aufprallschutz hat ausgelöst",
      3: "Fahrdynamikregelung greift ein",
      4: "Antiblockiersystem greift ein",
      5: "automatische Notbremsung",
      8: "Automat mindert die Gefahr",
    },
  ],
  100: ["Bahnübergang", { 1: "Bahnübergang gestört", 2: "Bahnübergang geschlossen", 5: "Zug nähert sich" }],
};

/** What an ETSI cause means, in German; codes that this edition does not know keep their numbers. */
export function germanCause(causeCode: number, subCauseCode: number): string {
  const [cause, subCauses] = CAUSES[causeCode] ?? [];
  return subCauses?.[subCauseCode] ?? cause ?? `Ursache ${causeCode}, Unterursache ${subCauseCode}`;
}
