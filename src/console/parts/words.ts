const en = {
  close: "Close",
  dismiss: "Dismiss",
  notifications: "Messages",
  showAll: (n: number) => `Show all ${n}`,
  nextRow: "Next row",
  previousRow: "Previous row",
};

export type Dictionary = typeof en;

const de: Dictionary = {
  close: "Schließen",
  dismiss: "Ausblenden",
  notifications: "Meldungen",
  showAll: (n) => `Alle ${n} zeigen`,
  nextRow: "Nächste Zeile",
  previousRow: "Vorige Zeile",
};

export const partWords = { en, de };
