import { computed } from "@preact/signals";
import { param, setParams } from "../state/address.ts";

/** What the map can show; all of it unless the URL hides some (`hide=vehicles,labels`). */
export const LAYERS = ["traffic", "vehicles", "alerts", "zones", "labels", "base"] as const;
export type Layer = (typeof LAYERS)[number];

export const hiddenLayers = computed<ReadonlySet<string>>(() => new Set(param("hide")?.split(",") ?? []));

export function toggleLayer(layer: Layer): void {
  const hidden = new Set(hiddenLayers.value);
  if (!hidden.delete(layer)) hidden.add(layer);
  setParams({ hide: hidden.size === 0 ? undefined : [...hidden].sort().join(",") }, { replace: true });
}
