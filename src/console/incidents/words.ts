const en = { title: "Incidents", none: "No incident is open." };

export type Dictionary = typeof en;

const de: Dictionary = { title: "Vorfälle", none: "Kein Vorfall ist offen." };

export const incidentWords = { en, de };
