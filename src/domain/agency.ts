/** Who works on incidents, and sees them with what concerns them. `centre` sees all. */
export const AGENCIES = [
  "centre",
  "police",
  "fire-brigade",
  "rescue",
  "road-operator",
  "port",
  "neighbouring-city",
] as const;
export type Agency = (typeof AGENCIES)[number];
