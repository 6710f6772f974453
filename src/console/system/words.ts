const en = { title: "System" };

export type Dictionary = typeof en;

const de: Dictionary = { title: "System" };

export const systemWords = { en, de };
