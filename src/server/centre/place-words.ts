import type { RuleLanguage } from "../../measure/default-rules.ts";

/**
 * What the road's description says of a place (`A40 → Dortmund, between AS Homberg and AS Häfen`), in the language of the
 * centre: incidents and what is proposed for them tell it to people.
 */
export function placeInWords(text: string, language: RuleLanguage): string {
  if (language === "en") return text;
  return text
    .replace(" (ramp)", " (Rampe)")
    .replace(/, between (.+) and (.+)$/, ", zwischen $1 und $2")
    .replace(/, after (?=[^,]*$)/, ", hinter ")
    .replace(/, before (?=[^,]*$)/, ", vor ");
}
