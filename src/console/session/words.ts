const en = {
  title: "Sign in",
  none: "This server wants to know who you are.",
  ended: "Your session has ended. Sign in to go on; what you were typing is still there.",
};

export type Dictionary = typeof en;

const de: Dictionary = {
  title: "Anmelden",
  none: "Dieser Server möchte wissen, wer Sie sind.",
  ended: "Ihre Sitzung ist abgelaufen. Nach der Anmeldung geht es weiter; Ihre Eingaben sind noch da.",
};

export const sessionWords = { en, de };
