import type { Severity } from "../../domain/alert.ts";
import { hiddenLayers, LAYERS, toggleLayer } from "../map/layers.ts";
import { Mark } from "../map/mark.tsx";
import { param } from "../state/address.ts";
import { words } from "../words/words.ts";
import { situationWords } from "./words.ts";

const LEVELS = ["free", "heavy", "slow", "queuing", "stationary", "unknown"] as const;
const SEVERITIES: readonly Severity[] = [5, 4, 3, 2];

/** What signs and colours mean, and which of them are shown. */
export function Legend({ hasBase }: { readonly hasBase: boolean }) {
  const w = words(situationWords);
  if (param("legend") !== "1") return undefined;
  return (
    <section class="legend" aria-label={w.layers}>
      <div class="legend-layers">
        {LAYERS.filter((layer) => hasBase || layer !== "base").map((layer) => (
          <label key={layer} class="check">
            <input
              type="checkbox"
              checked={!hiddenLayers.value.has(layer)}
              onChange={() => toggleLayer(layer)}
            />
            <span>{w.layerNames[layer]}</span>
          </label>
        ))}
      </div>
      <h3>{w.levelsTitle}</h3>
      <ul>
        {LEVELS.map((level) => (
          <li key={level}>
            <LevelSwatch level={level} />
            {w.levels[level]}
          </li>
        ))}
      </ul>
      <h3>{w.alertsTitle}</h3>
      <ul>
        {SEVERITIES.map((severity) => (
          <li key={severity}>
            <Mark alert={{ kind: "notice", severity, tier: "confirmed" }} size={24} />
            {w.severities[severity]}
          </li>
        ))}
        <li>
          <Mark alert={{ kind: "notice", severity: 3, tier: "suspected" }} size={24} />
          {w.suspected}
        </li>
        <li>
          <Mark alert={{ kind: "blind-area", severity: 2, tier: "confirmed" }} size={24} />
          {w.blind}
        </li>
      </ul>
      <h3>{w.vehiclesTitle}</h3>
      <ul>
        <li>
          <svg class="swatch-vehicle" width="24" height="16" aria-hidden="true">
            <path d="M12 2l4.5 12-4.5-3-4.5 3z" />
          </svg>
          {w.vehicle}
        </li>
        <li>
          <svg class="swatch-stale" width="24" height="16" aria-hidden="true">
            <circle cx="12" cy="8" r="4.5" />
          </svg>
          {w.stale}
        </li>
        <li>
          <svg class="swatch-special" width="24" height="16" aria-hidden="true">
            <path d="M12 2l6 6-6 6-6-6z" />
          </svg>
          {w.special}
        </li>
      </ul>
    </section>
  );
}

/** The line as the map draws it. */
export function LevelSwatch({ level }: { readonly level: (typeof LEVELS)[number] }) {
  return (
    <svg class={`swatch swatch-${level}`} width="32" height="16" aria-hidden="true">
      <path class="swatch-road" d="M0 8h32" />
      <path class="swatch-level" d="M0 8h32" />
      {level === "stationary" && <path class="swatch-teeth" d="M0 8h32" />}
    </svg>
  );
}
