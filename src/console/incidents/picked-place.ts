import type { IncidentPlace } from "../../api/contract/incidents.ts";
import type { Params } from "../state/address.ts";
import { draftOf, keepDraft } from "./drafts.ts";

/**
 * What a place on the map is looked for: `new` began on the map, `form` in the form of a new incident, `exercise` in that of
 * an exercise, else the number of an incident.
 */
export type PickFor = string;

/** Where the place of an incident and what stands beside it are kept until they are sent. */
export interface PlaceKeys {
  readonly place: string;
  readonly choices: string;
  readonly find: string;
}

export const NEW_PLACE: PlaceKeys = { place: "new.place", choices: "new.choices", find: "new.find" };

export const EXERCISE_PLACE: PlaceKeys = {
  place: "exercise.place",
  choices: "exercise.choices",
  find: "exercise.find",
};

export const placeKeysOf = (incidentId: string): PlaceKeys => ({
  place: `place.${incidentId}.place`,
  choices: `place.${incidentId}.choices`,
  find: `place.${incidentId}.find`,
});

/** The first choice is taken; a form shows the others beside it. */
export function keepPicked(wanted: PickFor, choices: readonly IncidentPlace[]): void {
  const keys = keysFor(wanted);
  const [first] = choices;
  if (first === undefined) return;
  keepDraft(keys.place, JSON.stringify(first));
  keepDraft(keys.choices, JSON.stringify(choices));
  keepDraft(keys.find, "");
}

function keysFor(wanted: PickFor): PlaceKeys {
  if (wanted === "exercise") return EXERCISE_PLACE;
  return wanted === "new" || wanted === "form" ? NEW_PLACE : placeKeysOf(wanted);
}

export const choicesOf = ({ choices }: PlaceKeys): readonly IncidentPlace[] =>
  draftOf<readonly IncidentPlace[]>(choices) ?? [];

/** Where the form is that waits for the place; somebody who began on the map and thought better of it stays there. */
export function whereFrom(
  wanted: PickFor,
  isCancelled: boolean,
): { readonly path: string; readonly params: Params } {
  if (wanted === "exercise") return { path: "/", params: { exercise: "1" } };
  if (wanted === "new" && isCancelled) return { path: "/", params: {} };
  if (wanted === "new" || wanted === "form") return { path: "/incidents", params: { new: "1" } };
  return { path: "/incidents", params: { incident: wanted, ...(isCancelled ? {} : { act: "place" }) } };
}
