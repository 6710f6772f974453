import type { AlertView } from "../../api/contract/alarms.ts";
import { glyphOf } from "./kind-glyphs.ts";

/** Outlines by severity, on a grid of 32: eight corners, three, four, round. Shape says what colour says. */
const OUTLINES: readonly string[] = [
  "M16 4a12 12 0 1 0 0 24a12 12 0 0 0 0-24z",
  "M16 4a12 12 0 1 0 0 24a12 12 0 0 0 0-24z",
  "M16 4a12 12 0 1 0 0 24a12 12 0 0 0 0-24z",
  "M16 2l14 14-14 14L2 16z",
  "M16 2l15 27H1z",
  "M10.5 2.5h11l8 8v11l-8 8h-11l-8-8v-11z",
];

export interface MarkProps {
  readonly alert: Pick<AlertView, "kind" | "severity" | "tier" | "headingDeg">;
  readonly size?: number;
}

/** The sign of an alert, on the map as in lists: filled where confirmed, hollow where suspected. */
export function Mark({ alert: { kind, severity, tier, headingDeg }, size = 32 }: MarkProps) {
  const sinks = severity === 4 ? 4 : 0;
  return (
    <svg
      class={`mark mark-${kind === "blind-area" ? "blind" : severity} mark-${tier}`}
      width={size}
      height={size}
      viewBox="-4 -4 40 40"
      aria-hidden="true"
    >
      {headingDeg !== undefined && (
        <path class="mark-heading" d="M16 -7l6.5 8h-13z" transform={`rotate(${headingDeg} 16 16)`} />
      )}
      <path class="mark-shape" d={OUTLINES[severity]} />
      <path class="mark-glyph" d={glyphOf(kind)} transform={`translate(7 ${7 + sinks}) scale(0.75)`} />
    </svg>
  );
}
