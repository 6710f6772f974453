import { language } from "../state/preferences.ts";

/** One room's words in both languages; the English ones give the type, so that a missing German one does not compile. */
export interface Words<Dictionary> {
  readonly en: Dictionary;
  readonly de: Dictionary;
}

/** The words in the operator's language. A component that calls this is drawn again when the language changes. */
export function words<Dictionary>(both: Words<Dictionary>): Dictionary {
  return both[language.value];
}
