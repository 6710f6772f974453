import type { AlertContent } from "../domain/alert.ts";
import { type GeoPoint, type Outline, roundPoint } from "../domain/place.ts";

/** Digits of measures: their units are chosen so that thousandths say nothing more. */
const MEASURE_SCALE = 1_000;

/** Rounds every number that leaves, so that alerts are the same bytes whatever path a value has taken. */
export function roundContent(content: AlertContent): AlertContent {
  return {
    ...content,
    referencedAtMs: wholeMs(content.referencedAtMs),
    validUntilMs: wholeMs(content.validUntilMs),
    confidencePct: Math.min(100, Math.max(0, Math.round(content.confidencePct))),
    position: roundPoint(content.position),
    headingDeg: content.headingDeg === undefined ? undefined : roundHeading(content.headingDeg),
    outline: roundOutline(content.outline),
    why: {
      ...content.why,
      measures: content.why.measures.map((measure) => ({
        ...measure,
        observed: roundMeasure(measure.observed),
        ...(measure.threshold === undefined ? {} : { threshold: roundMeasure(measure.threshold) }),
      })),
    },
  };
}

/** Times leave in whole milliseconds, as the wire carries them; receive times are finer. */
export function wholeMs(timeMs: number): number {
  return Math.floor(timeMs);
}

/** 0.1 degree (ETSI TS 102 894-2, HeadingValue), 0 ≤ x < 360. */
function roundHeading(headingDeg: number): number {
  const tenths = Math.round(headingDeg * 10) % 3_600;
  return (tenths < 0 ? tenths + 3_600 : tenths) / 10;
}

function roundMeasure(value: number): number {
  return Math.round(value * MEASURE_SCALE) / MEASURE_SCALE;
}

function roundOutline(outline: Outline): Outline {
  const points = (list: readonly GeoPoint[]): readonly GeoPoint[] => list.map(roundPoint);
  return outline.form === "multi-polygon"
    ? { form: outline.form, parts: outline.parts.map(points) }
    : { form: outline.form, points: points(outline.points) };
}
