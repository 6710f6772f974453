/** The colours of the theme, read from its custom properties: canvases cannot use `var()`. */
export function readColours(): MapColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    case: read("--road-case"),
    road: read("--road"),
    major: read("--road-major"),
    label: read("--road-label"),
    ground: read("--map-ground"),
    levels: {
      free: read("--level-free"),
      heavy: read("--level-heavy"),
      slow: read("--level-slow"),
      queuing: read("--level-queuing"),
      stationary: read("--level-stationary"),
      unknown: read("--level-unknown"),
    },
    vehicle: read("--vehicle"),
    stale: read("--vehicle-stale"),
    special: read("--vehicle-special"),
    zone: read("--zone"),
    water: read("--water"),
    blind: read("--blind"),
    measure: read("--measure"),
    severities: [read("--ink-3"), read("--ink-3"), read("--p3"), read("--p3"), read("--p2"), read("--p1")],
  };
}

export interface MapColours {
  readonly case: string;
  readonly road: string;
  readonly major: string;
  readonly label: string;
  readonly ground: string;
  readonly levels: Readonly<Record<LevelName, string>>;
  readonly vehicle: string;
  readonly stale: string;
  readonly special: string;
  readonly zone: string;
  readonly water: string;
  readonly blind: string;
  readonly measure: string;
  /** By severity, 1 to 5. */
  readonly severities: readonly string[];
}

export type LevelName = "free" | "heavy" | "slow" | "queuing" | "stationary" | "unknown";
