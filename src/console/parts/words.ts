const en = {
  close: "Close",
  dismiss: "Dismiss",
  notifications: "Messages",
  showAll: (n: number) => `Show all ${n}`,
  nextRow: "Next row",
  previousRow: "Previous row",
  partMissing: "This part of the page could not be fetched.",
  reload: "Load the page anew",
};

export type Dictionary = typeof en;

const de: Dictionary = {
  close: "Schließen",
  dismiss: "Ausblenden",
  notifications: "Meldungen",
  showAll: (n) => `Alle ${n} zeigen`,
  nextRow: "Nächste Zeile",
  previousRow: "Vorige Zeile",
  partMissing: "Dieser Teil der Seite konnte nicht geladen werden.",
  reload: "Seite neu laden",
};

export const partWords = { en, de };
