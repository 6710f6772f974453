const en = {
  alerts: "Alerts",
  none: "Nothing is wrong that anybody has told.",
};

export type Dictionary = typeof en;

const de: Dictionary = {
  alerts: "Meldungen",
  none: "Niemand meldet eine Störung.",
};

export const situationWords = { en, de };
