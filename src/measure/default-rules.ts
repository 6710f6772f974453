import { ENGLISH_RULES } from "./default-rules-en.ts";

/** Languages that the rules which come with Roadpulse are written in. */
export type RuleLanguage = "de" | "en";

/**
 * Rules for the motorways around Duisburg, for a centre to start from and to make its own. Own: distances, limits and texts
 * are proposals to people who know their signs, not standards; limits are the usual ones of gantries (60, 80). Cause codes
 * are those of ETSI TS 102 894-2. Nothing is automatic.
 */
const GERMAN_RULES = `# Maßnahmen für Vorfälle auf den Autobahnen um Duisburg.
# Regeln schlagen vor; gesendet wird erst, wenn jemand im Leitstand klickt, außer bei "automatic: true".
# Platzhalter: {road} {direction} {km} {place} {title} {blocked} {lanes}
version: 1
rules:
  - id: stauende
    when:
      kinds: [queue-end, congestion]
      roads: [A3, A40, A42, A57, A59]
    propose:
      - id: fahrzeuge
        kind: vehicle-message
        title: Fahrzeuge vor dem Stauende warnen
        text: "Stauende voraus (DENM 27), 2 km davor, 30 min"
        causeCode: 27
        upstreamM: 2000
        validityS: 1800
        reason: Das Stauende liegt bei {place}; wer schnell herankommt, sieht es spät.
        effect: Vernetzte Fahrzeuge bremsen früher; am Stauende gibt es weniger Notbremsungen.
        target: Vernetzte Fahrzeuge auf {road} Richtung {direction}, 2 km vor dem Stauende
      - id: tempo
        kind: speed-limit
        title: Geschwindigkeit vor dem Stauende senken
        kmph: 80
        reason: Der Geschwindigkeitsunterschied am Stauende ist die häufigste Ursache von Auffahrunfällen.
        effect: Der Verkehr kommt langsamer und gleichmäßiger am Stauende an.
        target: Anzeigequerschnitte auf {road} Richtung {direction}, 1 bis 2 km vor km {km}
      - id: schild
        kind: sign-text
        title: Stauwarnung anzeigen
        lines: ["STAU", "{road} km {km}"]
        reason: Auch Fahrzeuge ohne Funk müssen das Stauende kennen.
        effect: Alle Fahrzeuge sind gewarnt.
        target: Freitextanzeigen auf {road} Richtung {direction} vor km {km}

  - id: fahrstreifen-gesperrt
    when:
      types: [crash, stall, hazard]
      blockedLanes: 1
    propose:
      - id: zeichen
        kind: lane-signal
        title: Gesperrte Fahrstreifen anzeigen
        signals: from-lanes
        reason: "{blocked} von {lanes} Fahrstreifen sind blockiert ({place})."
        effect: Der Verkehr wechselt den Fahrstreifen vor der Stelle statt an ihr; Helfende sind geschützt.
        target: Dauerlichtzeichen auf {road} Richtung {direction} vor km {km}
      - id: tempo
        kind: speed-limit
        title: Geschwindigkeit vor der Stelle senken
        kmph: 60
        reason: Auf den freien Fahrstreifen wird an Menschen und Fahrzeugen vorbeigefahren.
        effect: Weniger Folgeunfälle.
        target: Anzeigequerschnitte auf {road} Richtung {direction}, 500 m vor km {km}
      - id: fahrzeuge
        kind: vehicle-message
        title: Fahrzeuge vor dem Hindernis warnen
        text: "Hindernis auf der Fahrbahn (DENM 94), 1,5 km davor, 30 min"
        causeCode: 94
        upstreamM: 1500
        validityS: 1800
        reason: Ein stehendes Hindernis auf dem Fahrstreifen ({place}).
        effect: Vernetzte Fahrzeuge wechseln früh den Fahrstreifen.
        target: Vernetzte Fahrzeuge auf {road} Richtung {direction}, 1,5 km vor der Stelle
      - id: betreiber
        kind: inform
        title: Straßenbetreiber unterrichten
        agency: road-operator
        reason: Absicherung und Räumung sind seine Aufgabe.
        effect: Die Absicherung ist unterwegs, bevor jemand anruft.
        target: Autobahnmeisterei

  - id: unfall
    when:
      types: [crash]
    propose:
      - id: polizei
        kind: dispatch
        title: Polizei anfordern
        agency: police
        resource: Streife Autobahnpolizei
        reason: Unfall bei {place}.
        effect: Aufnahme und Absicherung beginnen.
        target: Autobahnpolizei
      - id: rettung
        kind: inform
        title: Rettungsdienst unterrichten
        agency: rescue
        reason: Bei einem Unfall ist mit Verletzten zu rechnen, bis jemand etwas anderes meldet.
        effect: Anfahrt ohne Umweg, mit Ort und Richtung.
        target: Leitstelle Duisburg

  - id: vollsperrung
    when:
      allBlocked: true
    propose:
      - id: umleitung
        kind: detour
        title: Umleitung schalten
        route: "Bedarfsumleitung ab der letzten Anschlussstelle vor km {km}, {road} Richtung {direction}"
        reason: Kein Fahrstreifen ist frei ({place}).
        effect: Weniger Fahrzeuge in der Sperrung; der Rückstau wächst langsamer.
        target: Wechselwegweiser auf {road} Richtung {direction}
      - id: schild
        kind: sign-text
        title: Sperrung anzeigen
        lines: ["{road} GESPERRT", "UMLEITUNG FOLGEN"]
        reason: Wer noch abfahren kann, soll es wissen.
        effect: Fahrzeuge verlassen die Autobahn vor der Sperrung.
        target: Freitextanzeigen auf {road} Richtung {direction} und an den Kreuzen davor
      - id: stadt
        kind: inform
        title: Nachbarstadt unterrichten
        agency: neighbouring-city
        reason: Die Umleitung führt durch ihr Netz.
        effect: Ampelprogramme können angepasst werden.
        target: Verkehrsleitzentrale der Nachbarstadt

  - id: hafen
    when:
      roads: [A40, A59, A42]
      severity: major
    propose:
      - id: hafen
        kind: inform
        title: Hafen unterrichten
        agency: port
        reason: Die Zufahrten zum Hafen sind betroffen ({place}).
        effect: Lastwagen werden im Hafen zurückgehalten statt auf der Autobahn.
        target: Leitstand des Hafens

  - id: falschfahrer
    when:
      kinds: [wrong-way]
    propose:
      - id: fahrzeuge
        kind: vehicle-message
        title: Vor dem Falschfahrer warnen
        text: "Falschfahrer (DENM 14), 5 km davor, 10 min"
        causeCode: 14
        upstreamM: 5000
        validityS: 600
        reason: Ein Fahrzeug kommt entgegen ({place}).
        effect: Fahrzeuge fahren langsam und rechts, bis es vorbei ist.
        target: Vernetzte Fahrzeuge auf {road}, 5 km vor der Stelle
      - id: schild
        kind: sign-text
        title: Vor dem Falschfahrer warnen
        lines: ["FALSCHFAHRER", "RECHTS FAHREN", "NICHT ÜBERHOLEN"]
        reason: Jede Minute zählt.
        effect: Alle Fahrzeuge sind gewarnt.
        target: Alle Anzeigen auf {road}
      - id: polizei
        kind: dispatch
        title: Polizei anfordern
        agency: police
        resource: Alle verfügbaren Streifen
        reason: Lebensgefahr.
        effect: Der Falschfahrer wird angehalten.
        target: Autobahnpolizei

  - id: personen
    when:
      kinds: [person-on-road, animal-on-road, obstacle]
    propose:
      - id: tempo
        kind: speed-limit
        title: Geschwindigkeit senken
        kmph: 60
        reason: Auf der Fahrbahn ist etwas, womit niemand rechnet ({place}).
        effect: Kürzere Anhaltewege.
        target: Anzeigequerschnitte auf {road} Richtung {direction}, 2 km vor km {km}
      - id: polizei
        kind: dispatch
        title: Polizei anfordern
        agency: police
        resource: Streife Autobahnpolizei
        reason: Die Fahrbahn muss geräumt werden.
        effect: Absicherung und Räumung.
        target: Autobahnpolizei

  - id: wetter
    when:
      kinds: [slippery-road, reduced-visibility, heavy-precipitation, extreme-weather]
    propose:
      - id: tempo
        kind: speed-limit
        title: Geschwindigkeit dem Wetter anpassen
        kmph: 80
        reason: Haftung oder Sicht sind schlecht ({place}).
        effect: Weniger Unfälle bei Nässe, Glätte und Nebel.
        target: Anzeigequerschnitte auf {road}
      - id: betreiber
        kind: inform
        title: Straßenbetreiber unterrichten
        agency: road-operator
        reason: Streuen oder absperren ist seine Aufgabe.
        effect: Der Winterdienst fährt gezielt an.
        target: Autobahnmeisterei
`;

/** The rules that come with Roadpulse, by the language of their words; `default-rules-en.ts` has the English ones. */
export const DEFAULT_RULES: Readonly<Record<RuleLanguage, string>> = { de: GERMAN_RULES, en: ENGLISH_RULES };
