import { computed, signal } from "@preact/signals";

/** The whole state of a view is its URL, so that it can be handed over at a change of shift. */
interface Address {
  readonly path: string;
  readonly params: URLSearchParams;
}

const here = (): Address => ({ path: location.pathname, params: new URLSearchParams(location.search) });

const address = signal(here());
addEventListener("popstate", () => {
  address.value = here();
});

export const path = computed(() => address.value.path);

/** Shown on the wall: no controls, larger type. */
export const isWall = computed(() => address.value.params.get("wall") === "1");

/** A member of the URL; undefined where it is absent. Whoever calls it in a component is drawn again when it changes. */
export function param(name: string): string | undefined {
  return address.value.params.get(name) ?? undefined;
}

export type Params = Readonly<Record<string, string | undefined>>;

/**
 * Changes members of the URL and keeps the others; undefined removes one. What somebody chose is a step of the browser's
 * history; `replace` is for what merely follows, like the extent of a map that is dragged.
 */
export function setParams(changes: Params, { replace = false }: { readonly replace?: boolean } = {}): void {
  go(location.pathname, merged(new URLSearchParams(location.search), changes), replace);
}

/** Changes the view. Members that every view keeps stay. */
export function navigate(to: string, params: Params = {}): void {
  go(to, merged(lasting(), params), false);
}

/** Address of a view for a link. */
export function hrefOf(to: string, params: Params = {}): string {
  const query = merged(lasting(), params).toString();
  return query === "" ? to : `${to}?${query}`;
}

/** Members that outlive a change of view: the wall, and the time that is looked at. */
const EVERYWHERE = ["wall", "playback"];

function lasting(): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of EVERYWHERE) for (const value of address.value.params.getAll(name)) kept.set(name, value);
  return kept;
}

function merged(params: URLSearchParams, changes: Params): URLSearchParams {
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  }
  return params;
}

function go(to: string, params: URLSearchParams, replace: boolean): void {
  const query = params.toString();
  const target = query === "" ? to : `${to}?${query}`;
  if (target === location.pathname + location.search) return;
  if (replace) history.replaceState(undefined, "", target);
  else history.pushState(undefined, "", target);
  address.value = here();
}
