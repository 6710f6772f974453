const en = { lastTenMinutes: "Alarms in the last ten minutes", shelved: "Shelved" };

export type Dictionary = typeof en;

const de: Dictionary = { lastTenMinutes: "Alarme in den letzten zehn Minuten", shelved: "Zurückgestellt" };

export const kpiWords = { en, de };
