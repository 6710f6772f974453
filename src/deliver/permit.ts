import { type AccessLimits, isInBoxes } from "../domain/access.ts";
import type { Alert } from "../domain/alert.ts";
import type { GeoPoint } from "../domain/place.ts";
import { prepareShape } from "../geo/shapes.ts";

/** What a session may be told at most, whatever it subscribes to. */
export interface Permit {
  /** Equal for permits that let the same alerts pass. */
  readonly key: string;
  allows(alert: Alert): boolean;
  allowsPlace(place: GeoPoint): boolean;
}

/** Undefined where nothing is kept back, so that unlimited sessions pay for no check. */
export function permitOf({ areas, causeCodes }: AccessLimits): Permit | undefined {
  if (areas === undefined && causeCodes === undefined) return undefined;
  const shapes = areas?.map((box) => prepareShape({ type: "box", box }));
  const causes = causeCodes && [...causeCodes].sort((a, b) => a - b);
  return {
    key: JSON.stringify([areas, causes]),
    allows: ({ causeCode, outline }) =>
      (causeCodes === undefined || causeCodes.has(causeCode)) &&
      (shapes === undefined || shapes.some((shape) => shape.intersects(outline))),
    allowsPlace: ({ latitudeDeg, longitudeDeg }) =>
      areas === undefined || isInBoxes(areas, latitudeDeg, longitudeDeg),
  };
}
