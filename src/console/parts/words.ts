const en = {
  close: "Close",
  dismiss: "Dismiss",
  cancel: "Cancel",
  notifications: "Messages",
  showAll: (n: number) => `Show all ${n}`,
  nextRow: "Next row",
  previousRow: "Previous row",
  sortedUp: "sorted ascending",
  sortedDown: "sorted descending",
};

export type Dictionary = typeof en;

const de: Dictionary = {
  close: "Schließen",
  dismiss: "Ausblenden",
  cancel: "Abbrechen",
  notifications: "Meldungen",
  showAll: (n) => `Alle ${n} zeigen`,
  nextRow: "Nächste Zeile",
  previousRow: "Vorige Zeile",
  sortedUp: "aufsteigend sortiert",
  sortedDown: "absteigend sortiert",
};

export const partWords = { en, de };
