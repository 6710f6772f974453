import type { ComponentType } from "preact";
import type { Dictionary } from "./frame/words.ts";
import { IncidentsView } from "./incidents/incidents-view.tsx";
import { KpisView } from "./kpis/kpis-view.tsx";
import { NetworkView } from "./network/network-view.tsx";
import type { IconName } from "./parts/icon.tsx";
import { SituationView } from "./situation/situation-view.tsx";
import { SystemView } from "./system/system-view.tsx";

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

export const VIEWS: readonly View[] = [
  SITUATION,
  {
    id: "incidents",
    path: "/incidents",
    name: "incidents",
    icon: "incidents",
    key: "i",
    component: IncidentsView,
  },
  { id: "network", path: "/network", name: "network", icon: "network", key: "n", component: NetworkView },
  { id: "kpis", path: "/kpis", name: "kpis", icon: "kpis", key: "k", component: KpisView },
  { id: "system", path: "/system", name: "system", icon: "system", key: "y", component: SystemView },
];

/** An address that nobody knows shows the situation: an operator who mistypes still sees the road. */
export const viewAt = (path: string): View => VIEWS.find((view) => view.path === path) ?? SITUATION;
