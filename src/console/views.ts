import type { ComponentType } from "preact";
import type { Dictionary } from "./frame/words.ts";
import type { IconName } from "./parts/icon.tsx";
import { lazyPart } from "./parts/lazy-part.tsx";
import { SituationView } from "./situation/situation-view.tsx";
import { fetchWhy } from "./words/why.ts";

/** One page of the console. Its name stands in the words of the frame, its whole state in the URL. */
export interface View {
  readonly id: "situation" | "incidents" | "network" | "kpis" | "system";
  readonly path: string;
  readonly name: View["id"] & keyof Dictionary;
  readonly icon: IconName;
  /** Second key after `g`. */
  readonly key: string;
  readonly component: ComponentType;
}

const SITUATION: View = {
  id: "situation",
  path: "/",
  name: "situation",
  icon: "situation",
  key: "s",
  component: SituationView,
};

const incidents = lazyPart(async () => (await import("./incidents/incidents-view.tsx")).IncidentsView);
const network = lazyPart(async () => (await import("./network/network-view.tsx")).NetworkView);
const kpis = lazyPart(async () => (await import("./kpis/kpis-view.tsx")).KpisView);
const system = lazyPart(async () => (await import("./system/system-view.tsx")).SystemView);

export const VIEWS: readonly View[] = [
  SITUATION,
  {
    id: "incidents",
    path: "/incidents",
    name: "incidents",
    icon: "incidents",
    key: "i",
    component: incidents.Part,
  },
  { id: "network", path: "/network", name: "network", icon: "network", key: "n", component: network.Part },
  { id: "kpis", path: "/kpis", name: "kpis", icon: "kpis", key: "k", component: kpis.Part },
  { id: "system", path: "/system", name: "system", icon: "system", key: "y", component: system.Part },
];

/** After the first picture: so long nothing else is to be done that a slow machine would wait for (own). */
const FETCH_AFTER_MS = 3_000;

/** Fetches the views and sentences that nobody has asked for yet: they are to be there when the server is not. */
export function fetchViewsSoon(): void {
  setTimeout(() => {
    for (const { fetch } of [incidents, network, kpis, system]) void fetch();
    void fetchWhy();
  }, FETCH_AFTER_MS);
}

/** An address that nobody knows shows the situation: an operator who mistypes still sees the road. */
export const viewAt = (path: string): View => VIEWS.find((view) => view.path === path) ?? SITUATION;
