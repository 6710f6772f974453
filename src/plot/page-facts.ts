/** Where a picture comes from; stands below each. */
export interface PageFacts {
  /** File or scenario that it shows. */
  readonly what: string;
  readonly seed: number;
  readonly penetration: number | undefined;
  readonly channel: string;
  readonly version: string;
}

export function captionOf({ what, seed, penetration, channel, version }: PageFacts): string {
  const share =
    penetration === undefined
      ? "all recorded vehicles"
      : `${percentText(penetration)} equipped, seed ${seed}`;
  return `${what} · ${share} · channel ${channel} · roadpulse ${version}`;
}

/** The same of pictures that show many draws. */
export function sourceOf({ what, channel, version }: PageFacts): string {
  return `${what} · channel ${channel} · roadpulse ${version}`;
}

/** `1 event`, `2 events`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function percentText(portion: number): string {
  return `${Number((portion * 100).toPrecision(3))} %`;
}
